/** What people and the workflow file ask besides work: answers, the end of a thread, a sweep, what is put away. */
import { type Reach, type Reached, reached } from '../support/reached.ts'
import { tell } from '../support/story.ts'
import { AT_ONCE, answers, comment, commented, dispatch, handedOver, label, labeled, refusal } from './acts.ts'
import type { Table } from './table.ts'

export const REPLIES: Table<
  'answered' | 'stopped' | 'swept' | 'healthy' | 'unhealthy' | 'dry-run' | 'deleted' | 'archived'
> = {
  answered: {
    help: reply('/jules help', 'What can be said'),
    status: { story: upToDate, says: '✅ Jules opened [pull request #2]', sessions: 1 },
    'did-you-mean': reply('/jules aprove', 'Did you mean `/jules approve`?'),
    'unknown-flag': reply('/jules --repo other/private fix it', '`--repo` does not fit here'),
    ambiguous: reply('/jules stop being silly', 'can be read in two ways'),
    'changed-since-request': {
      story: changed,
      says: 'changed while it waited',
      notes: ['Jules takes no new session now', 'If it is right as it is now, write `/jules retry`'],
      sessions: 0,
    },
    'nothing-to-do': reply('/jules approve', 'There is nothing to do for this now'),
  },
  stopped: {
    'by-command': {
      story: async () => comment((await labeled(AT_ONCE)).world, '/jules stop'),
      says: 'some work may still go on',
      sessions: 1,
    },
    'thread-closed': { story: closed, says: 'the thread was closed', sessions: 1 },
  },
  swept: {
    done: {
      story: swept,
      says: 'Jules has a question',
      notes: ['/jules reply <text>'],
      labels: ['jules: waiting'],
      sessions: 1,
      logs: 'All threads are up to date',
    },
  },
  healthy: { done: { story: () => examined({}), labels: ['ask-jules'], sessions: 0, logs: 'The set-up is right' } },
  unhealthy: {
    done: {
      story: () => examined({ 'jules-api-key': 'another-key-of-nobody' }),
      labels: ['ask-jules'],
      sessions: 0,
      logs: 'Jules does not accept it',
    },
  },
  'dry-run': {
    done: {
      story: () => labeled({ inputs: { 'dry-run': 'true' } }),
      labels: ['ask-jules'],
      sessions: 0,
      logs: 'nothing was written',
    },
  },
  deleted: { done: { story: () => putAway('delete'), says: 'The session is deleted', sessions: 0 } },
  archived: { done: { story: () => putAway('archive'), says: 'The session is archived', sessions: 1 } },
}

/** The answer to a comment on an issue that nobody has asked anything of. */
function reply(body: string, words: string): Reach {
  return { story: () => commented(body), notes: [words], sessions: 0 }
}

/** The request waits for room at Jules, and its text is changed meanwhile. */
async function changed(): Promise<Reached> {
  const world = await tell(AT_ONCE)
  world.jules.server.faults.add(answers('sessions.create', refusal(429, 'RESOURCE_EXHAUSTED'), { times: 1 }))
  await label(world)
  world.github.editIssue(world.rob, world.issue, { body: 'Something else.' })
  return comment(world, '/jules status')
}

async function examined(inputs: Record<string, string>): Promise<Reached> {
  const world = await tell({ inputs: { mode: 'doctor', ...inputs } })
  world.github.store.labels.push({ id: 1, name: 'ask-jules', color: 'ededed', description: null })
  return label(world)
}

/** Jules goes on while nobody follows. */
async function upToDate(): Promise<Reached> {
  const { world } = await labeled(AT_ONCE)
  world.clock.move(20 * 60_000)
  await world.jules.settled()
  return comment(world, '/jules status')
}

async function closed(): Promise<Reached> {
  const { world } = await labeled(AT_ONCE)
  world.github.closeIssue(world.ann, world.issue)
  return reached(world, 'issues')
}

async function swept(): Promise<Reached> {
  const { world } = await labeled({ ...AT_ONCE, scenario: 'question' })
  world.clock.move(20 * 60_000)
  world.github.schedule('17 */2 * * *')
  return reached(world, 'schedule')
}

async function putAway(mode: 'archive' | 'delete'): Promise<Reached> {
  const { world, session } = await handedOver()
  return dispatch(world, { session, mode, issue: String(world.issue) })
}
