/** A thread that runs the action again and again, each time as if the runner had just started it. */
import '../../../emulator/clock-hook.mjs'
import { subscribe } from 'node:diagnostics_channel'
import { parentPort } from 'node:worker_threads'
import { summary } from '@actions/core'
import { context } from '@actions/github'
import { main } from '../../../src/main.ts'

let cancel = new AbortController()

parentPort.on('message', ({ run, isCancelled }) => {
  if (isCancelled === true) cancel.abort()
  if (run !== undefined) perform(run.env).catch((error) => parentPort.postMessage({ code: 1, error: String(error) }))
})
// So that the emulated services can tell whose request it is.
subscribe('undici:request:create', ({ request }) => {
  request.addHeader('x-run', `${process.env.GITHUB_RUN_ID}.${process.env.GITHUB_RUN_ATTEMPT}`)
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
  Math.random = chance(Number(env.GITHUB_RUN_ID) * 100 + Number(env.GITHUB_RUN_ATTEMPT))
  cancel = new AbortController()
  const code = await main(cancel.signal)
  parentPort.postMessage({ code })
}

/** The same run waits as long between its repeats whenever it is played again (mulberry32). */
function chance(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
