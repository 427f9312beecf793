/** What the action can be in the middle of when it dies: all its writes stand in one of these stories. */
import type { Delivery } from '../../../emulator/github/index.ts'
import type { WorldOptions } from '../../../emulator/world.ts'
import { last, type Told } from '../story.ts'

/** The run that will die. */
export type Doomed = {
  event: Delivery | { name: string; payload: object }
  inputs?: Record<string, string>
}

export type CrashStory = {
  name: string
  options?: WorldOptions
  /** Brings the world to where the run starts. */
  prepare(world: Told): Promise<Doomed>
  /** What the request must have come to in the end, beside what the oracle asks: lines for what is amiss. */
  amiss?(world: Told): string[]
  /** Requests of the thread, and so sessions and status comments. Default 1. */
  requests?: number
  /** Sessions that are left, where they are fewer. */
  sessions?: number
  /** No comment of the thread tells of the request, so that only the same run can carry it on. */
  isPrivate?: boolean
}

const HANDED_OVER = { 'wait-minutes': '0' }

async function labeled(world: Told): Promise<Doomed> {
  world.github.label(world.ann, world.issue, 'ask-jules')
  return { event: last(world, 'issues', 'labeled') }
}

function commented(body: string): (world: Told) => Promise<Doomed> {
  return async (world) => {
    world.github.comment(world.ann, world.issue, body)
    return { event: last(world, 'issue_comment', 'created') }
  }
}

/** A session that was started and has come to where it waits, and then a command. */
function answered(body: string): CrashStory['prepare'] {
  return async (world) => {
    const { event } = await labeled(world)
    await world.run(event, { runId: '70', inputs: { 'wait-minutes': '15' } }).done
    return commented(body)(world)
  }
}

const session = (world: Told) => world.jules.sessions()[0]

async function dispatched(world: Told): Promise<Doomed> {
  const { event } = await labeled(world)
  await world.run(event, { runId: '70' }).done
  world.github.dispatch(world.ann)
  return { event: last(world, 'workflow_dispatch') }
}

function named(inputs: Record<string, string>): CrashStory['prepare'] {
  return async (world) => {
    const { event } = await dispatched(world)
    return { event, inputs: { 'session-id': session(world)?.id ?? '', ...inputs } }
  }
}

const count = (world: Told, route: string) =>
  world.jules.server.calls.filter((call) => call.route === route && call.own !== undefined).length

export const STORIES: CrashStory[] = [
  { name: 'a label starts', options: { inputs: HANDED_OVER }, prepare: labeled },
  { name: 'a command starts', options: { inputs: HANDED_OVER }, prepare: commented('/jules fix the date test') },
  {
    name: 'a label, followed to the end',
    options: { scenario: 'nothing-done', inputs: { notify: 'always' } },
    prepare: labeled,
  },
  {
    name: 'a label, and the session fails',
    options: { scenario: 'failure' },
    prepare: labeled,
  },
  {
    name: 'a reply',
    options: { scenario: 'question' },
    prepare: answered('/jules reply By the calendar.'),
    amiss: (world) => (count(world, 'sessions.sendMessage') === 1 ? [] : ['the reply was not said once']),
  },
  {
    name: 'an approval',
    options: { scenario: 'plan-gate', inputs: { 'require-plan-approval': 'true' } },
    prepare: answered('/jules approve'),
    amiss: (world) => (count(world, 'sessions.approvePlan') === 1 ? [] : ['the plan was not approved once']),
  },
  {
    name: 'a stop',
    options: { scenario: 'stall', inputs: HANDED_OVER },
    prepare: async (world) => {
      const { event } = await labeled(world)
      await world.run(event, { runId: '70' }).done
      return commented('/jules stop')(world)
    },
  },
  {
    name: 'help',
    options: { inputs: HANDED_OVER },
    prepare: async (world) => {
      const { event } = await labeled(world)
      await world.run(event, { runId: '70' }).done
      return commented('/jules help')(world)
    },
  },
  {
    name: 'a text that GitHub finds too long',
    options: { inputs: HANDED_OVER },
    prepare: async (world) => {
      for (const route of ['issues.createComment', 'issues.updateComment'])
        world.github.server.faults.add({
          route,
          phase: 'before',
          act: { kind: 'answer', answer: { status: 422, body: { message: 'Validation Failed' } } },
        })
      return labeled(world)
    },
  },
  {
    name: 'a claim that stands twice',
    options: { inputs: HANDED_OVER },
    prepare: async (world) => {
      const { faults } = world.github.server
      faults.add({ route: 'issues.createComment', phase: 'after', act: { kind: 'cut' } })
      // The first claim is not to be seen until the second one stands.
      const hidden = { kind: 'change', change: () => ({ status: 200, body: [] }) } as const
      faults.add({ route: 'issues.listComments', phase: 'after', times: 20, act: hidden })
      faults.add({ route: 'issues.listComments', phase: 'after', times: 0, act: hidden })
      world.github.onDelivery(({ payload }) => {
        if (Reflect.get(payload, 'comment') !== undefined && world.github.comments(world.issue).length === 2)
          faults.clear()
      })
      return labeled(world)
    },
  },
  {
    name: 'a line of code',
    options: { inputs: HANDED_OVER },
    isPrivate: true,
    prepare: async (world) => {
      const patch = '@@ -1,2 +1,2 @@\n-old\n+new'
      const files = [{ filename: 'src/date.ts', status: 'modified' as const, additions: 1, deletions: 1, patch }]
      const { number } = world.github.openPullRequest(world.rob, { title: 'Mend dates', head: 'mend-dates', files })
      Object.assign(world, { issue: number })
      world.github.reviewComment(world.ann, number, { path: 'src/date.ts', line: 2, body: '/jules use UTC here' })
      return { event: last(world, 'pull_request_review_comment', 'created') }
    },
  },
  {
    name: 'a message from the workflow file to an archived session',
    options: { inputs: HANDED_OVER, scenario: 'question' },
    isPrivate: true,
    prepare: async (world) => {
      const doomed = await named({ prompt: 'Use UTC.', 'issue-number': '1' })(world)
      world.clock.move(5 * 60_000)
      await world.jules.settled()
      await fetch(`${world.jules.url}/sessions/${session(world)?.id}:archive`, {
        method: 'POST',
        headers: { 'x-goog-api-key': 'canary-key-of-the-tests-0123456789' },
      })
      return doomed
    },
    amiss: (world) => (count(world, 'sessions.sendMessage') === 1 ? [] : ['the message was not said once']),
  },
  {
    name: 'archive',
    options: { inputs: HANDED_OVER },
    isPrivate: true,
    prepare: named({ mode: 'archive', 'issue-number': '1' }),
  },
  {
    name: 'delete',
    sessions: 0,
    options: { inputs: HANDED_OVER },
    isPrivate: true,
    prepare: named({ mode: 'delete', 'issue-number': '1' }),
  },
  {
    name: 'doctor',
    isPrivate: true,
    requests: 0,
    prepare: async () => ({ event: { name: 'push', payload: {} }, inputs: { mode: 'doctor' } }),
  },
]
