import { type Digest, EMPTY_DIGEST } from '../../../src/core/decision/activities/digest.ts'
import { moveFor } from '../../../src/core/decision/converse.ts'
import type { Observed, Tracking } from '../../../src/core/decision/observed.ts'
import {
  MOVES,
  type Move,
  ON_COMMAND,
  ON_EVENT,
  PHASE_OF_STATE,
  THREAD_PHASES,
  type ThreadPhase,
  threadPhase,
} from '../../../src/core/decision/table.ts'
import { type Command, VERBS } from '../../../src/core/intent/command.ts'
import { STATES } from '../../../src/core/session.ts'
import { PULL, request, say, session, tracking } from '../builders.ts'

/** Live: the state of the newest session is not settled. */
const LIVE: readonly ThreadPhase[] = ['working', 'plan', 'question', 'paused']
/** Can be talked to: until it failed, was stopped or is gone. */
const TALKABLE: readonly ThreadPhase[] = [...LIVE, 'expired', 'unanswered', 'completed']
/** A plan is there that nobody has approved; after some minutes Jules calls such a session completed. */
const UNAPPROVED: readonly ThreadPhase[] = ['plan', 'expired']

test('every command and every event has a move for every phase', () => {
  const rows = { ...ON_COMMAND, ...ON_EVENT }
  expect(Object.keys(ON_COMMAND)).toEqual(
    expect.arrayContaining([...VERBS, 'say', 'bare on issue', 'bare on pull request']),
  )
  for (const row of Object.values(rows)) {
    expect(Object.keys(row)).toEqual([...THREAD_PHASES])
    for (const move of Object.values(row)) expect(MOVES).toContain(move)
  }
})

test('every move of the list is in use', () => {
  const used = [...Object.values(ON_COMMAND), ...Object.values(ON_EVENT)].flatMap((row) => Object.values(row))
  expect(new Set<string>(used)).toEqual(new Set<string>(MOVES))
})

/** One move for the phases of a list, another for all others. */
const where =
  (phases: readonly ThreadPhase[], move: Move, otherwise: Move) =>
  (phase: ThreadPhase): Move =>
    phases.includes(phase) ? move : otherwise

/** The rules of the contract in words, beside the table. */
const RULES: { rule: string; command: keyof typeof ON_COMMAND; move: (phase: ThreadPhase) => Move }[] = [
  {
    rule: 'free words talk to a session that can be talked to, else start',
    command: 'say',
    move: where(TALKABLE, 'send', 'start'),
  },
  { rule: 'new is refused while one is live', command: 'new', move: where(LIVE, 'busy', 'start') },
  { rule: 'plan starts as new does', command: 'plan', move: where(LIVE, 'busy', 'start') },
  {
    rule: 'approve needs a plan, which may have expired',
    command: 'approve',
    move: where(UNAPPROVED, 'approve', 'nothing'),
  },
  {
    rule: 'reject needs a plan, which may have expired',
    command: 'reject',
    move: where(UNAPPROVED, 'send', 'nothing'),
  },
  { rule: 'reply needs a session that can be talked to', command: 'reply', move: where(TALKABLE, 'send', 'nothing') },
  { rule: 'status looks at whatever there is', command: 'status', move: where(['none'], 'nothing', 'look') },
  {
    rule: 'retry starts again, but not beside a live one',
    command: 'retry',
    move: (phase) => (phase === 'none' ? 'nothing' : where(LIVE, 'busy', 'restart')(phase)),
  },
  {
    rule: 'stop needs a live session, or something that waits for room or for a person',
    command: 'stop',
    move: where([...LIVE, 'queued', 'expired', 'unanswered'], 'stop', 'nothing'),
  },
  { rule: 'help always helps', command: 'help', move: where(THREAD_PHASES, 'help', 'help') },
  {
    rule: 'bare on an issue starts, or shows how things stand',
    command: 'bare on issue',
    move: where([...TALKABLE, 'queued'], 'look', 'start'),
  },
  { rule: 'bare on a pull request helps', command: 'bare on pull request', move: where(THREAD_PHASES, 'help', 'help') },
]

describe('the rules behind the table', () => {
  test.each(RULES)('$rule', ({ command, move }) => {
    expect(ON_COMMAND[command]).toEqual(Object.fromEntries(THREAD_PHASES.map((phase) => [phase, move(phase)])))
  })

  test('there is a rule for every command', () => {
    expect(RULES.map(({ command }) => command).sort()).toEqual(Object.keys(ON_COMMAND).sort())
  })

  test.each(['label', 'prompt'] as const)('a %s starts, unless a session is live', (event) => {
    const move = where(LIVE, 'busy', 'start')
    expect(ON_EVENT[event]).toEqual(Object.fromEntries(THREAD_PHASES.map((phase) => [phase, move(phase)])))
  })
})

describe('how a thread stands', () => {
  test.each(STATES.map((state) => ({ state })))('by the state $state of its session', ({ state }) => {
    expect(threadPhase(tracking(), { session: session({ state }), digest: EMPTY_DIGEST })).toBe(PHASE_OF_STATE[state])
  })

  const plan = { id: 'p1', steps: [] }
  const completed = session({ state: 'COMPLETED' })
  const rows: {
    name: string
    tracking?: Tracking
    session: Observed['session']
    digest?: Partial<Digest>
    phase: string
  }[] = [
    { name: 'no tracking comment', session: session(), phase: 'none' },
    { name: 'F-18 an unknown state', tracking: tracking(), session: session({ state: 'UNKNOWN' }), phase: 'working' },
    { name: 'a session that was not read', tracking: tracking(), session: undefined, phase: 'working' },
    { name: 'stopped', tracking: tracking({ phase: 'stopped' }), session: session(), phase: 'over' },
    { name: 'F-22 gone', tracking: tracking(), session: 'gone', phase: 'over' },
    { name: 'T-55 foreign', tracking: tracking(), session: 'foreign', phase: 'over' },
    {
      name: 'failed before it had a session',
      tracking: tracking({ phase: 'failed', session: '' }),
      session: undefined,
      phase: 'failed',
    },
    {
      name: 'a claim whose run died',
      tracking: tracking({ phase: 'claimed', session: '' }),
      session: undefined,
      phase: 'queued',
    },
    {
      name: 'it waits for room at Jules',
      tracking: tracking({ phase: 'queued', session: '' }),
      session: undefined,
      phase: 'queued',
    },
    {
      name: 'a session that waits in its record goes by its state',
      tracking: tracking({ phase: 'queued' }),
      session: session(),
      phase: 'working',
    },
    {
      name: 'it waited, and the thread was closed',
      tracking: tracking({ phase: 'closed', session: '' }),
      session: undefined,
      phase: 'over',
    },
    {
      name: 'F-24 a session that came back to life',
      tracking: tracking({ phase: 'settled' }),
      session: session(),
      phase: 'working',
    },
    {
      name: 'completed on a plan that nobody approved',
      tracking: tracking(),
      session: completed,
      digest: { endsOn: 'plan', plan },
      phase: 'expired',
    },
    {
      name: 'completed on an approved plan',
      tracking: tracking(),
      session: completed,
      digest: { endsOn: 'plan', plan, approved: ['p1'] },
      phase: 'completed',
    },
    {
      name: 'completed with a question and nothing else',
      tracking: tracking(),
      session: completed,
      digest: { endsOn: 'question' },
      phase: 'unanswered',
    },
    {
      name: 'completed with a question, and a pull request',
      tracking: tracking(),
      session: session({ state: 'COMPLETED', pullRequest: PULL }),
      digest: { endsOn: 'question' },
      phase: 'completed',
    },
    {
      name: 'completed with a question, and changes in its outputs',
      tracking: tracking(),
      session: session({ state: 'COMPLETED', patch: 'diff' }),
      digest: { endsOn: 'question' },
      phase: 'completed',
    },
    {
      name: 'completed with a question, and changes in its activities',
      tracking: tracking(),
      session: completed,
      digest: { endsOn: 'question', patch: 'diff' },
      phase: 'completed',
    },
    {
      name: 'completed with a plan that was worked on',
      tracking: tracking(),
      session: completed,
      digest: { endsOn: 'work', plan },
      phase: 'completed',
    },
  ]
  test.each(rows)('$name: $phase', ({ tracking: one, session: seen, digest, phase }) => {
    expect(threadPhase(one, { session: seen, digest: { ...EMPTY_DIGEST, ...digest } })).toBe(phase)
  })
})

describe('what a command means', () => {
  const flagged: Command = { verb: 'say', text: 'x', flags: { branch: 'dev' }, cut: false }
  const rows: { name: string; command: Command; phase: ThreadPhase; pull?: boolean; move: string }[] = [
    { name: 'words with a flag start', command: flagged, phase: 'none', move: 'start' },
    { name: 'words with a flag cannot be sent', command: flagged, phase: 'working', move: 'unclear' },
    { name: 'words without flags are sent', command: say('x'), phase: 'working', move: 'send' },
    {
      name: 'new with a flag beside a live session',
      command: { ...flagged, verb: 'new' },
      phase: 'working',
      move: 'busy',
    },
    { name: 'an empty reply', command: { verb: 'reply', text: '', cut: false }, phase: 'working', move: 'help' },
    { name: 'an empty rejection', command: { verb: 'reject', text: '', cut: false }, phase: 'plan', move: 'help' },
    { name: 'bare on an issue', command: { verb: 'bare' }, phase: 'none', move: 'start' },
    { name: 'bare on a pull request', command: { verb: 'bare' }, phase: 'none', pull: true, move: 'help' },
    {
      name: 'what was not understood',
      command: { verb: 'unclear', why: 'ambiguous', words: '', verbMeant: 'stop' },
      phase: 'working',
      move: 'unclear',
    },
  ]
  test.each(rows)('$name', ({ command, phase, pull, move }) => {
    expect(moveFor(request(command), phase, pull === true)).toBe(move)
  })
})
