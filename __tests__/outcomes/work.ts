/** What becomes of a session: a story for every outcome that tells of its work. */
import { type Reach, type Reached, reached } from '../support/reached.ts'
import { last, tell, tellDirectly } from '../support/story.ts'
import { AT_ONCE, byHand, comment, commented, dispatch, handedOver, labeled, when, written } from './acts.ts'
import type { Table } from './table.ts'

export const WORK: Table<
  'pull-request' | 'changes' | 'no-changes' | 'waiting-for-approval' | 'waiting-for-reply' | 'running'
> = {
  'pull-request': {
    completed: { story: () => labeled(), says: '✅ Jules opened [pull request #2]', sessions: 1 },
    'still-working': {
      story: goesOn,
      says: 'and works on',
      sessions: 1,
    },
    merged: { story: () => afterwards({ merged: true }), says: '🎉 Merged: [pull request #2]', sessions: 1 },
    'closed-unmerged': {
      story: () => afterwards({ merged: false }),
      says: '🚪 Closed without merging: [pull request #2]',
      sessions: 1,
    },
  },
  changes: {
    'not-published': {
      story: () => labeled({ scenario: 'patch-only' }),
      says: 'but opened no pull request',
      sessions: 1,
    },
  },
  'no-changes': {
    'nothing-produced': { story: () => labeled({ scenario: 'nothing-done' }), says: 'changed nothing', sessions: 1 },
  },
  'waiting-for-approval': {
    'plan-ready': {
      story: () => commented('/jules plan fix it'),
      says: 'Jules has a plan and waits for your approval',
      notes: ['@ann'],
      labels: ['jules: waiting'],
      sessions: 1,
    },
    'plan-expired': {
      story: lookedAtTooLate,
      says: 'nobody has approved it so far',
      notes: ['/jules approve'],
      labels: ['jules: waiting'],
      sessions: 1,
    },
    'plan-changed': {
      story: approvedAnotherPlan,
      says: 'Nothing was approved',
      notes: ['waits for your approval', 'Nothing was approved'],
      labels: ['jules: waiting'],
      sessions: 1,
    },
  },
  'waiting-for-reply': {
    question: waits('question', 'Jules has a question'),
    'open-question': waits('open-question', 'Jules stopped with a question'),
    paused: waits('pause', 'The session is paused'),
  },
  running: {
    'handed-over': {
      story: () => labeled(AT_ONCE),
      says: 'No job follows it any more',
      labels: ['jules: running'],
      sessions: 1,
    },
    cancelled: { story: cancelled, says: 'the session goes on', labels: ['jules: running'], sessions: 1 },
    'taken-over': {
      story: takenOver,
      says: 'This comment is kept up to date',
      labels: ['jules: running'],
      sessions: 1,
    },
    'nobody-follows': {
      story: async () => dispatch(await byHand(AT_ONCE), { prompt: 'Update the dependencies.' }),
      sessions: 1,
      logs: 'follow it in another job with the input',
    },
    stalled: {
      story: silent,
      says: 'no activity for more than 15 minutes',
      labels: ['jules: running'],
      sessions: 1,
    },
  },
}

function waits(scenario: string, says: string): Reach {
  const notes = ['/jules reply <text>']
  return { story: () => labeled({ scenario }), says, notes, labels: ['jules: waiting'], sessions: 1 }
}

/** The pull request comes when nobody follows, and Jules is not done with it. */
async function goesOn(): Promise<Reached> {
  const { world } = await labeled({ ...AT_ONCE, scenario: 'still-working' })
  world.clock.move(5 * 60_000)
  await world.jules.settled()
  return reached(world, 'pull_request')
}

/** The pull request is there; then somebody closes it. */
async function afterwards(how: { merged: boolean }): Promise<Reached> {
  const { world } = await labeled()
  world.github.closePullRequest(world.ann, 2, how)
  return reached(world, 'pull_request')
}

/** The job had handed over before the plan came, and the next one came when Jules had stopped waiting. */
async function lookedAtTooLate(): Promise<Reached> {
  const { world, session } = await handedOver({ scenario: 'plan-gate' })
  world.clock.move(20 * 60_000)
  return dispatch(world, { session, issue: String(world.issue) })
}

/** Jules makes another plan while the requester writes that the first one is fine. */
async function approvedAnotherPlan(): Promise<Reached> {
  const { world, result } = await commented('/jules plan fix it')
  const plan = { id: 'f00d', steps: [{ id: 'b00c', title: 'Delete the test' }] }
  world.jules.alter(result.outputs['session-id'] ?? '', { activity: { planGenerated: { plan } } })
  return comment(world, '/jules approve')
}

async function cancelled(): Promise<Reached> {
  const world = await tell({ speed: 10 })
  world.jules.server.faults.add(when('activities.list', () => world.runner.runs.at(-1)?.cancel()))
  world.github.label(world.ann, world.issue, 'ask-jules')
  return reached(world, 'issues')
}

/** A runner freezes between two looks, and its run is taken for dead. The published workflow would let the other one wait. */
async function takenOver(): Promise<Reached> {
  // Beside a process that is stopped the time cannot leap.
  const world = await tellDirectly({ scenario: 'stall', speed: 10 })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const event = last(world, 'issues', 'labeled')
  const lines: string[] = []
  const inputs = { 'poll-seconds': '150', 'wait-minutes': '60' }
  const run = world.run(event, { runId: '77', inputs, onLine: (line) => lines.push(line) })
  await until(() => lines.some((line) => line.startsWith('Session ')))
  run.kill('SIGSTOP')
  world.clock.move(3 * 60_000)
  const before = written(world).length
  world.run(event, { runId: '78', inputs })
  await until(() => written(world).length > before)
  run.kill('SIGCONT')
  return { world, result: await run.done }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10))
}

/** A later job looks at a session that has fallen silent since. */
async function silent(): Promise<Reached> {
  const { world, session } = await handedOver({ scenario: 'stall' })
  world.clock.move(20 * 60_000)
  return dispatch(world, { session, issue: String(world.issue) })
}
