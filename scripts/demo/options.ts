/** The command line of the demo, read strictly. */
import { parseArgs } from 'node:util'

/** What is told: the emulated story, or one with the real Jules in it. */
export type DemoOptions = { kind: 'help' } | { kind: 'emulated' } | LiveOptions

export type LiveOptions = {
  kind: 'live'
  key: string
  repository: string
  branch: string
  task: string
  julesUrl: string
}

/** A mistake in the command line, in words for the person who typed it. */
export class Mistake extends Error {}

/** Where the real Jules answers. */
export const REAL_JULES = 'https://jules.googleapis.com/v1alpha'
const TASK = 'Say in the README how to run the tests'

const OPTIONS = {
  live: { type: 'boolean', default: false },
  repository: { type: 'string' },
  branch: { type: 'string' },
  task: { type: 'string' },
  'jules-url': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

const LIVE_ONLY = ['repository', 'branch', 'task', 'jules-url'] as const

export const HELP = `One story, from a label to a pull request, told in the terminal.

  npm run demo

GitHub and Jules are emulated on this machine: no key and no network are needed.
The action is the real one, started by the workflow in examples/jules.yml.

  JULES_API_KEY=… npm run demo -- --live --repository owner/name

takes the real Jules instead. It makes a real session in that repository, which
your account must have connected, and maybe a real pull request. GitHub's side
stays emulated: nothing is posted there by this demo.

  --live               the real Jules; the key is read from JULES_API_KEY
  --repository <name>  repository that Jules works in, such as acme/widgets
  --branch <name>      branch that Jules starts from (main)
  --task <text>        title of the issue that Jules gets
                       (${TASK})
  --jules-url <url>    with --live, another emulated Jules on this machine, such
                       as http://127.0.0.1:8788/v1alpha from npm run emulator
  --help               this text
`

/** Reads the command line, or throws a `Mistake`. */
export function readOptions(argv: string[], environment: NodeJS.ProcessEnv): DemoOptions {
  const given = parse(argv)
  if (given.help) return { kind: 'help' }
  if (given.live) return readLive(given, environment.JULES_API_KEY?.trim() ?? '')
  const stray = LIVE_ONLY.find((name) => given[name] !== undefined)
  if (stray !== undefined) throw new Mistake(`--${stray} goes with --live only. Add --live, or leave it out.`)
  return { kind: 'emulated' }
}

function readLive(given: ReturnType<typeof parse>, key: string): LiveOptions {
  const { repository = '', branch = 'main', task = TASK, 'jules-url': julesUrl = REAL_JULES } = given
  if (key === '') {
    throw new Mistake('--live needs your key. Put it into the environment variable JULES_API_KEY.')
  }
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new Mistake('--live needs --repository owner/name: a repository that your Jules account has connected.')
  }
  if (branch.trim() === '' || task.trim() === '') throw new Mistake('--branch and --task must not be empty.')
  if (julesUrl !== REAL_JULES && !isLoopback(julesUrl)) {
    throw new Mistake('--jules-url has to be on this machine, such as http://127.0.0.1:8788/v1alpha.')
  }
  return { kind: 'live', key, repository, branch, task, julesUrl }
}

function isLoopback(text: string): boolean {
  const url = URL.parse(text)
  return url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
}

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, options: OPTIONS }).values
  } catch (error) {
    throw new Mistake(error instanceof Error ? `${error.message.split('. ')[0]}.` : String(error))
  }
}
