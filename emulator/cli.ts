/** Starts the emulated Jules from the command line, for tests of programs in any language. */
import { parseArgs } from 'node:util'
import { startClock } from './clock.ts'
import { type Jules, startJules } from './jules/index.ts'
import { SCENARIOS } from './jules/scenarios/table.ts'

const OPTIONS = {
  port: { type: 'string', default: '8788' },
  source: { type: 'string', multiple: true },
  scenario: { type: 'string', default: 'automatic-pull-request' },
  speed: { type: 'string', default: '1' },
  key: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

const HELP = `A faithful Jules API (v1alpha) on this machine. Nothing leaves it.

  --port <number>        port on 127.0.0.1, 0 for any free one    (8788)
  --source <owner/repo>  a connected repository; may be repeated  (acme/widgets)
  --scenario <name>      what sessions do                         (automatic-pull-request)
  --speed <factor>       emulated seconds in one real second      (1)
  --key <key>            the only key that is accepted            (any is)
  --help                 this text

While it runs: POST /emulator/scenario {"name": "question"} chooses for sessions from then on,
POST /emulator/clock {"seconds": 60} moves the time forward, and POST /emulator/faults
{"route": "sessions.create", "phase": "after", "act": {"kind": "cut"}} loses the next answer of that method.

A session takes another scenario by a marker in its prompt, such as [scenario: question]. There are:

${Object.entries(SCENARIOS)
  .map(([name, { about }]) => `  ${name.padEnd(23)} ${about}`)
  .join('\n')}
`

type Settings = { port: number; sources: { owner: string; repo: string }[]; scenario: string; speed: number }

/** A mistake in the command line, in words for the person who typed it. */
class Mistake extends Error {}

function readOptions() {
  try {
    return parseArgs({ options: OPTIONS }).values
  } catch (error) {
    throw new Mistake(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error))
  }
}

function check(given: ReturnType<typeof readOptions>): Settings {
  const port = Number(given.port)
  if (!/^\d{1,5}$/.test(given.port) || port > 65_535) {
    throw new Mistake(`--port is "${given.port}"; it has to be a number from 0 to 65535.`)
  }
  const speed = Number(given.speed)
  if (!(speed > 0 && speed <= 100_000)) {
    throw new Mistake(`--speed is "${given.speed}"; it has to be a number above 0, at most 100000.`)
  }
  if (!Object.hasOwn(SCENARIOS, given.scenario)) {
    throw new Mistake(`There is no scenario "${given.scenario}". There are: ${Object.keys(SCENARIOS).join(', ')}.`)
  }
  return { port, speed, scenario: given.scenario, sources: (given.source ?? ['acme/widgets']).map(readSource) }
}

function readSource(text: string): { owner: string; repo: string } {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(text) ?? []
  if (owner === undefined || repo === undefined) {
    throw new Mistake(`--source is "${text}"; it has to be a repository's full name, such as acme/widgets.`)
  }
  return { owner, repo }
}

function logCalls(jules: Jules): void {
  jules.server.onCall(({ at, method, path, status, route }) => {
    const time = new Date(at).toISOString().slice(11, 19)
    process.stdout.write(`${time} ${method} ${path} ${status === 0 ? 'cut' : status} ${route ?? '(no such method)'}\n`)
  })
}

async function main(): Promise<void> {
  const given = readOptions()
  if (given.help) {
    process.stdout.write(HELP)
    return
  }
  const { speed, ...settings } = check(given)
  const key = given.key === undefined ? {} : { key: given.key }
  const jules = await startJules({ clock: startClock({ speed }), ...settings, ...key })
  logCalls(jules)
  process.stdout.write(`Jules emulator listening on ${jules.url}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void jules.stop())
}

main().catch((error: unknown) => {
  const isMistake = error instanceof Mistake
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  const message = error instanceof Error ? error.message : String(error)
  const text = inUse ? 'That port is taken already. Choose another one with --port, or 0 for any.' : message
  process.stderr.write(`${text}${isMistake ? '\nTry --help.' : ''}\n`)
  process.exitCode = isMistake ? 2 : 1
})
