/** The command line of what is tried many times: read strictly, and answered with a sentence where it is wrong. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'

/** The options, `--runs` among them; ends the program where they cannot be. */
export function readOptions<const O extends ParseArgsOptionsConfig>(options: O, usage: string) {
  if (process.argv.includes('--help')) {
    console.log(usage)
    process.exit()
  }
  try {
    const { values } = parseArgs({ options })
    const runs = Reflect.get(values, 'runs')
    if (/^[1-9]\d{0,8}$/.test(String(runs))) return values
    throw new Error(`--runs is "${runs}"; it has to be a whole number from 1 on.`)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
    process.exit(2)
  }
}
