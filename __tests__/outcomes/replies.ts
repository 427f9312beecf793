/** What people and the workflow file ask besides work: answers, the end of a thread, a sweep, what is put away. */
import { type Reach, type Reached, reached } from '../support/reached.ts'
import { AT_ONCE, comment, commented, dispatch, handedOver, labeled } from './acts.ts'
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
  healthy: {},
  unhealthy: {},
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
