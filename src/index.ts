/** Started by the runner. A first signal saves the state and ends the run; a second one ends it at once. */
import { main } from './main.ts'

const cancel = new AbortController()
process.once('SIGINT', () => cancel.abort())
process.once('SIGTERM', () => cancel.abort())

main(cancel.signal).then(
  (code) => {
    process.exitCode = code
  },
  () => {
    process.stdout.write('The action itself failed. Please report it, with the log of this run.\n')
    process.exitCode = 1
  },
)
