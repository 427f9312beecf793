/** The table of commands (docs/design.md), through the action: every command on every way in which a thread can stand. */
import { ON_COMMAND, type ThreadPhase } from '../../src/core/decision/table.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { ended, JULES_KEY, julesCalls, type Told, tell, verdict } from '../support/story.ts'

const stage = useStage()

const MINUTE = 60_000

async function later(world: Told, minutes: number): Promise<void> {
  await world.runner.idle()
  world.clock.move(minutes * MINUTE)
  await world.jules.settled()
  await world.runner.idle()
}

async function say(world: Told, body: string): Promise<string> {
  world.github.comment(world.ann, world.issue, body)
  return verdict(await ended(world, 'issue_comment'))
}

/** `untold`: the session came to this when nobody followed it any more, so many minutes after its start. */
type Stand = {
  phase: Exclude<ThreadPhase, 'none' | 'queued'>
  scenario: string
  first?: string
  untold?: number
  since?(world: Told): Promise<unknown>
}

const PLAN = '/jules plan fix it'
const STANDS: Record<string, Stand> = {
  working: { phase: 'working', scenario: 'one-hour', untold: 6 },
  'with a plan': { phase: 'plan', scenario: 'plan-gate', first: PLAN },
  'with a plan, untold': { phase: 'plan', scenario: 'plan-gate', first: PLAN, untold: 6 },
  'with a question': { phase: 'question', scenario: 'question' },
  'with a question, untold': { phase: 'question', scenario: 'question', untold: 6 },
  paused: { phase: 'paused', scenario: 'pause' },
  'with a plan that has expired': {
    phase: 'expired',
    scenario: 'plan-expired',
    first: PLAN,
    since: (world) => later(world, 30),
  },
  'with an open question': { phase: 'unanswered', scenario: 'open-question' },
  'with an open question, untold': { phase: 'unanswered', scenario: 'open-question', untold: 20 },
  done: { phase: 'completed', scenario: 'automatic-pull-request' },
  'done, untold': { phase: 'completed', scenario: 'nothing-done', untold: 20 },
  failed: { phase: 'failed', scenario: 'failure' },
  'failed, untold': { phase: 'failed', scenario: 'failure', untold: 20 },
  stopped: { phase: 'over', scenario: 'one-hour', untold: 6, since: (world) => say(world, '/jules stop') },
  'gone, untold': { phase: 'over', scenario: 'one-hour', untold: 6, since: deleteSession },
  merged: { phase: 'over', scenario: 'automatic-pull-request', since: merge },
}

async function deleteSession({ jules }: Told): Promise<void> {
  const address = `${jules.url}/sessions/${jules.sessions()[0]?.id}`
  await fetch(address, { method: 'DELETE', headers: { 'x-goog-api-key': JULES_KEY } })
}

async function merge(world: Told): Promise<void> {
  world.github.closePullRequest(world.ann, 2, { merged: true })
  await world.runner.idle()
}

const SAID = {
  say: '/jules and more',
  new: '/jules new and more',
  plan: '/jules plan and more',
  approve: '/jules approve',
  reject: '/jules reject not so',
  reply: '/jules reply yes',
  status: '/jules status',
  retry: '/jules retry',
  stop: '/jules stop',
  help: '/jules help',
  'bare on issue': '/jules',
} as const

/** What each move does at Jules, and what it comes to. */
const MOVES = {
  start: { did: /^create$/, comesTo: /^(?!failed\/(?!session-failed))/ },
  restart: { did: /^create$/, comesTo: /^(?!failed\/(?!session-failed))/ },
  send: { did: /^send$/, comesTo: /^(?!failed)/ },
  // Where Jules does not hear it any more, it is said in words.
  approve: { did: /^approve( send)?$/, comesTo: /^pull-request\/completed$/ },
  look: { did: /^$/, comesTo: /^answered\/status$/ },
  stop: { did: /^(send )?archive$/, comesTo: /^stopped\/by-command$/ },
  help: { did: /^$/, comesTo: /^answered\/help$/ },
  busy: { did: /^$/, comesTo: /^ignored\/already-running$/ },
  nothing: { did: /^$/, comesTo: /^answered\/nothing-to-do$/ },
  // Nobody has been shown the plan so far.
  show: { did: /^$/, comesTo: /^waiting-for-approval\/plan-changed$/ },
}

const WRITES: Record<string, string> = {
  'sessions.create': 'create',
  'sessions.sendMessage': 'send',
  'sessions.approvePlan': 'approve',
  'sessions.archive': 'archive',
}
const written = (world: Told) => julesCalls(world).flatMap(({ route = '' }) => WRITES[route] ?? [])

const VERBS = ['say', 'new', 'plan', 'approve', 'reject', 'reply', 'status', 'retry', 'stop', 'help', 'bare on issue']
const isVerb = (word: string): word is keyof typeof SAID => Object.hasOwn(SAID, word)
const rows = Object.entries(STANDS).flatMap(([name, stand]) =>
  VERBS.filter(isVerb).map((verb) => {
    const move = ON_COMMAND[verb][stand.phase]
    return { name, verb, move: move === 'approve' && name.endsWith('untold') ? ('show' as const) : move }
  }),
)

/** Some of the commands, each on another way to stand; the full run has all. */
const SOME = process.env.FULL === undefined ? rows.filter((_, at) => at % 24 === 5) : rows

test.each(SOME)('$verb on a thread whose session is $name: $move', async ({ name, verb, move }) => {
  const { scenario, first, untold, since } = STANDS[name] ?? { scenario: '' }
  const inputs = { 'wait-minutes': untold === undefined ? '15' : '0' }
  const world = await tell({ start: stage.start, scenario, inputs })
  if (first === undefined) world.github.label(world.ann, world.issue, 'ask-jules')
  else world.github.comment(world.ann, world.issue, first)
  await later(world, untold ?? 0)
  await since?.(world)
  const before = written(world).length
  const end = await say(world, SAID[verb])

  expect(written(world).slice(before).join(' ')).toMatch(MOVES[move].did)
  expect(end).toMatch(MOVES[move].comesTo)
})
