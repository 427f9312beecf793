/** What the action leaves alone: a story for every reason to do nothing, or no more than to say why. */
import { type Reached, reached } from '../support/reached.ts'
import { type Told, tell } from '../support/story.ts'
import { AT_ONCE, answers, comment, commented, directly, label, labeled, published } from './acts.ts'
import type { Table } from './table.ts'

export const REFUSALS: Table<'ignored'> = {
  ignored: {
    'event-not-handled': {
      story: () => happening('issues', (world) => world.github.closeIssue(world.ann, world.issue)),
      sessions: 0,
    },
    'not-a-command': { story: () => commented('> /jules approve\n\nI would not.'), sessions: 0 },
    'permission-too-low': {
      story: () => happening('issue_comment', (world) => world.github.comment(world.rob, world.issue, '/jules fix it')),
      sessions: 0,
    },
    'permission-unknown': { story: permissionUnknown, sessions: 0 },
    'bot-not-allowed': {
      story: () =>
        happening('issue_comment', ({ github, issue }) =>
          github.comment(github.person('evil[bot]', 'write', 'Bot'), issue, '/jules fix it'),
        ),
      sessions: 0,
    },
    'label-gone': {
      story: () =>
        happening('issues', ({ github, ann, issue }) => {
          github.label(ann, issue, 'ask-jules')
          github.unlabel(ann, issue, 'ask-jules')
        }),
      sessions: 0,
    },
    'already-running': {
      story: async () => comment((await labeled(AT_ONCE)).world, '/jules new do something else'),
      says: 'No job follows it any more',
      notes: ['A session is under way'],
      labels: ['jules: running'],
      sessions: 1,
    },
    'already-handled': { story: runAgain, says: 'changed nothing', sessions: 1 },
    edited: { story: edited, sessions: 0 },
    fork: { story: commandOnFork, notes: ['Pull requests from forks are not handed to Jules'], sessions: 0 },
    'not-our-pull-request': {
      story: () =>
        happening('pull_request', ({ github, ann }) =>
          github.openPullRequest(ann, { title: 'By hand', head: 'by-hand' }),
        ),
      sessions: 0,
    },
    'part-of-review': { story: partOfReview, says: 'into `mend-dates`', sessions: 1 },
    'no-secrets-here': {
      story: () => happening('pull_request', (world) => world.github.label(world.ann, fork(world), 'ask-jules')),
      sessions: 0,
    },
    'thread-locked': { story: locked, labels: ['ask-jules'], sessions: 0 },
    'other-repository': {
      story: () =>
        directly(({ github, ann, issue }) => github.label(ann, issue, 'ask-jules'), 'issues', {
          repository: 'acme/gadgets',
        }),
      labels: ['ask-jules'],
      sessions: 0,
    },
  },
}

/** Something happens, and the published workflow hears of it. */
async function happening(event: string, act: (world: Told) => void): Promise<Reached> {
  const world = await tell()
  act(world)
  return reached(world, event)
}

function fork({ github, rob }: Told): number {
  return github.openPullRequest(rob, { title: 'From a fork', head: 'patch-1', fork: true }).number
}

/** The words of the review hold a command, and so does one of its comments on lines. */
async function partOfReview(): Promise<Reached> {
  const world = await tell(AT_ONCE)
  const { number } = world.github.openPullRequest(world.rob, { title: 'Mend dates', head: 'mend-dates' })
  const comments = [{ path: 'a.ts', line: 2, body: '/jules use UTC' }]
  world.github.review(world.ann, number, { state: 'commented', body: '/jules take this up', comments })
  return reached(world, 'pull_request_review_comment')
}

async function permissionUnknown(): Promise<Reached> {
  const world = await tell()
  const hidden = { status: 404, body: { message: 'Not Found' } }
  world.github.server.faults.add(answers('repos.getCollaboratorPermissionLevel', hidden))
  return comment(world, '/jules fix it')
}

async function runAgain(): Promise<Reached> {
  const { world } = await labeled({ scenario: 'nothing-done' })
  const [run] = world.runner.runs
  if (run === undefined) throw new Error('Nothing ran.')
  await world.runner.rerun(run)
  return reached(world, 'issues')
}

/** A workflow that listens to more than the action acts on. */
async function edited(): Promise<Reached> {
  const workflow = published('issue_comment: { types: [created] }', 'issue_comment: { types: [edited] }')
  const world = await tell({ workflow })
  const { id } = world.github.comment(world.ann, world.issue, 'Hello')
  world.github.editComment(world.ann, id, '/jules fix it')
  return reached(world, 'issue_comment')
}

/** Comments run with secrets, on the pull requests of forks too. */
async function commandOnFork(): Promise<Reached> {
  const world = await tell()
  world.github.comment(world.ann, fork(world), '/jules fix it')
  return reached(world, 'issue_comment')
}

async function locked(): Promise<Reached> {
  const world = await tell()
  world.github.lock(world.issue)
  return label(world)
}
