/** A thread that runs the action again and again, each time as if the runner had just started it. */
import '../../../emulator/clock-hook.mjs'
import { parentPort } from 'node:worker_threads'
import { summary } from '@actions/core'
import { context } from '@actions/github'
import { main } from '../../../src/main.ts'

let cancel = new AbortController()

parentPort.on('message', ({ run, isCancelled }) => {
  if (isCancelled === true) cancel.abort()
  if (run !== undefined) perform(run.env).catch((error) => parentPort.postMessage({ code: 1, error: String(error) }))
})
// The world's clock alone would not keep it waiting for the next run.
parentPort.ref()
parentPort.postMessage({ isReady: true })

async function perform(env) {
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  // The toolkit reads the event once, when it is loaded, and keeps the file of its first summary.
  Object.assign(context, new context.constructor())
  Object.assign(summary, new summary.constructor(), { _filePath: undefined })
  cancel = new AbortController()
  const code = await main(cancel.signal)
  parentPort.postMessage({ code })
}
