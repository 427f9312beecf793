/** The demo as people start it: a process of its own, whose words and exit code count. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startClock } from '../../emulator/clock.ts'
import { startJules } from '../../emulator/jules/index.ts'

const DEMO = new URL('../../scripts/demo.ts', import.meta.url).pathname
const KEY = 'canary-key-of-the-demo-0123456789'
const LONGEST_MS = 60_000

type Heard = { code: number | null; out: string; err: string; tookMs: number }

/** Alone in its process group, so that whatever it leaves behind can be found. */
function start(options: string[], environment: Record<string, string> = {}) {
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH, HOME, ...environment }
  return spawn(process.execPath, [DEMO, ...options], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
}

async function heard(child: ReturnType<typeof start>): Promise<Heard> {
  const began = performance.now()
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  await once(child, 'close')
  return { code: child.exitCode, out, err, tookMs: performance.now() - began }
}

const run = (options: string[], environment?: Record<string, string>) => heard(start(options, environment))

function leavesNothing({ pid = 0 }: ChildProcess): boolean {
  try {
    process.kill(-pid, 0)
    return false
  } catch {
    return true
  }
}

/** The columns that a terminal needs: an emoji takes two. */
function widest(text: string): number {
  const widths = text.split('\n').map((line) => line.replace(/\p{Emoji_Presentation}/gu, '..').length)
  return Math.max(...widths)
}

type Live = Heard & { prompts: string[] }

async function liveWith(scenario: string): Promise<Live> {
  const sources = [{ owner: 'acme', repo: 'gadgets' }]
  const jules = await startJules({ clock: startClock({ speed: 60 }), key: KEY, sources, scenario })
  const options = ['--live', '--repository', 'acme/gadgets', '--task', 'Explain the gadget', '--jules-url', jules.url]
  const told = await run(options, { JULES_API_KEY: KEY })
  const prompts = jules.sessions().map(({ prompt }) => prompt)
  await jules.stop()
  return { ...told, prompts }
}

// They take their time, most of it waiting: so all at once.
let stories: { emulated: Heard; good: Live; bad: Live }

beforeAll(async () => {
  const [emulated, good, bad] = await Promise.all([run([]), liveWith('automatic-pull-request'), liveWith('failure')])
  stories = { emulated, good, bad }
})

test('it tells the whole story, piped, within a minute', () => {
  const { code, out, err, tookMs } = stories.emulated

  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(tookMs).toBeLessThan(LONGEST_MS)
  expect(widest(out)).toBeLessThanOrEqual(80)
  expect(out).not.toContain('\u001b')
  expect(out.split('\n')[0]).toBe('Jules Relay. All of this happens on this machine: no key, no network.')
  const inThisOrder = [
    'ann      opens issue #1',
    'issues.opened → nothing: the workflow does not listen to it',
    'ann      puts the label ask-jules on #1',
    'issues.labeled → job jules starts',
    'action   comments on #1: ⏳',
    'action   creates a session at Jules',
    'look     IN_PROGRESS',
    'Jules    opens pull request #2',
    'look     COMPLETED',
    'edits its comment: ✅ Jules opened pull request #2',
    'ends: pull-request (completed)',
    'Pull request: https://github.com/acme/widgets/pull/2',
    '│ ✅ Jules opened pull request #2',
    '│ (One hidden line more',
    '  outcome              pull-request',
    '  session-state        COMPLETED',
    'ann      writes on #2: /jules add a test for the last day of a month',
    'issue_comment.created → job jules starts',
    'sends the message to the same session',
    'ends: pull-request (completed)',
    'The same session, the same comment on issue #1.',
    'in 2 turns.',
    'README.md',
    'npm run emulator',
  ]
  let from = 0
  for (const words of inThisOrder) {
    const at = out.indexOf(words, from)
    if (at === -1) throw new Error(`"${words}" is missing, or not where it belongs, in:\n${out}`)
    from = at + words.length
  }
  expect(out).not.toContain('<!--')
})

test('live, it follows another Jules to the pull request', () => {
  const { code, out, err, prompts } = stories.good
  expect(out).toContain('Pull request: https://github.com/acme/gadgets/pull/1')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(prompts).toEqual([expect.stringContaining('Explain the gadget')])
})

test('live, it says how another ending differs from the story', () => {
  const { code, out, err } = stories.bad
  expect(out).toContain('This is not how the story goes:\nissues.labeled → failed (session-failed).')
  expect(out.slice(out.indexOf('This is not'))).toContain('The session failed.')
  expect({ code, err }).toEqual({ code: 1, err: '' })
})

test('the key is shown nowhere, and no line is too long', () => {
  for (const { out } of Object.values(stories)) {
    expect(out).not.toContain(KEY)
    expect(widest(out)).toBeLessThanOrEqual(80)
  }
})

test('interrupted, it ends everything and leaves nothing behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'demo-'))
  const child = start([], { TMPDIR: folder })
  const ended = heard(child)
  child.stdout.on('data', (text: string) => {
    if (text.includes('job jules starts')) child.kill('SIGINT')
  })
  const { code, out } = await ended

  expect(code).toBe(130)
  expect(out.trimEnd().split('\n').at(-1)).toBe('Stopped. Nothing is left running here.')
  expect(leavesNothing(child)).toBe(true)
  expect(readdirSync(folder)).toEqual([])
  rmSync(folder, { recursive: true })
})

test('--help says what can be chosen', async () => {
  const { code, out } = await run(['--help'])
  expect(code).toBe(0)
  expect(out).toContain('--repository <name>')
  expect(widest(out)).toBeLessThanOrEqual(80)
})

const keyed = { JULES_API_KEY: KEY }

test.each([
  { options: ['--wat'], says: "Unknown option '--wat'." },
  { options: ['label'], says: "Unexpected argument 'label'." },
  { options: ['--task', 'Tidy up'], says: '--task goes with --live only.' },
  { options: ['--live', '--repository', 'acme/widgets'], says: 'JULES_API_KEY' },
  { options: ['--live'], environment: keyed, says: '--live needs --repository owner/name' },
  { options: ['--live', '--repository', 'widgets'], environment: keyed, says: '--live needs --repository owner/name' },
  {
    options: ['--live', '--repository', 'acme/widgets', '--jules-url', 'http://jules.example/v1alpha'],
    environment: keyed,
    says: '--jules-url has to be on this machine',
  },
])('$options is refused with a sentence', async ({ options, environment, says }) => {
  const { code, out, err } = await run(options, environment)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(says)
  expect(err).toContain('--help')
  expect(err).not.toContain(KEY)
})
