/** What asks nothing of us, or may not ask, is a green run without a request to Jules and without a word in the thread. */

import { useStage } from '../support/stage/use-stage.ts'
import type { Told } from '../support/story.ts'
import { JULES_KEY, julesCalls, last, tell, tellDirectly, verdict, writes } from '../support/story.ts'

const stage = useStage()

type Case = {
  name: string
  /** Makes something happen, and says which event the action is started for. */
  happens(world: Told): [event: string, action?: string]
  verdict: string
  inputs?: Record<string, string>
}

const fork = (world: Told) =>
  world.github.openPullRequest(world.rob, { title: 'From a fork', head: 'patch-1', fork: true })

const CASES: Case[] = [
  {
    name: 'a pull request opened by Dependabot',
    happens: (world) => {
      const dependabot = world.github.person('dependabot[bot]', 'write', 'Bot')
      world.github.openPullRequest(dependabot, {
        title: 'Bump a from 1 to 2',
        head: 'dependabot/npm/a-2',
        cause: 'app',
      })
      return ['pull_request', 'opened']
    },
    inputs: { 'jules-api-key': '' },
    verdict: 'ignored/not-our-pull-request',
  },
  {
    name: 'a pull request opened by a person',
    happens: (world) => {
      world.github.openPullRequest(world.ann, { title: 'Mine', head: 'mine' })
      return ['pull_request', 'opened']
    },
    verdict: 'ignored/not-our-pull-request',
  },
  {
    name: 'T-17 a review on a fork, with a command',
    happens: (world) => {
      world.github.review(world.ann, fork(world).number, { body: '/jules fix this', state: 'commented' })
      return ['pull_request_review', 'submitted']
    },
    inputs: { 'jules-api-key': '' },
    verdict: 'ignored/no-secrets-here',
  },
  {
    name: 'a review without a command',
    happens: (world) => {
      world.github.review(world.ann, fork(world).number, { body: 'Nice', state: 'approved' })
      return ['pull_request_review', 'submitted']
    },
    verdict: 'ignored/not-a-command',
  },
  {
    name: 'T-01 a command by somebody who may only read',
    happens: (world) => {
      world.github.comment(world.rob, world.issue, '/jules fix it')
      return ['issue_comment']
    },
    verdict: 'ignored/permission-too-low',
  },
  {
    name: 'T-02 a command by a bot that is not on the list',
    happens: (world) => {
      world.github.comment(world.github.person('evil[bot]', 'write', 'Bot'), world.issue, '/jules fix it')
      return ['issue_comment']
    },
    verdict: 'ignored/bot-not-allowed',
  },
  {
    name: 'T-09 a label by somebody who may only read',
    happens: (world) => {
      world.github.label(world.rob, world.issue, 'ask-jules')
      return ['issues', 'labeled']
    },
    verdict: 'ignored/permission-too-low',
  },
  {
    name: 'another label, on a thread that has ours as well (T-10)',
    happens: (world) => {
      world.github.label(world.ann, world.issue, 'ask-jules')
      world.github.label(world.ann, world.issue, 'bug')
      return ['issues', 'labeled']
    },
    verdict: 'ignored/event-not-handled',
  },
  {
    name: 'T-18 a quoted command',
    happens: (world) => {
      world.github.comment(world.ann, world.issue, '> /jules approve\n\nI would not.')
      return ['issue_comment']
    },
    verdict: 'ignored/not-a-command',
  },
  {
    name: 'T-08 a comment that was edited into a command',
    happens: (world) => {
      const { id } = world.github.comment(world.ann, world.issue, 'Hello')
      world.github.editComment(world.ann, id, '/jules fix it')
      return ['issue_comment', 'edited']
    },
    verdict: 'ignored/edited',
  },
  {
    name: 'an issue that was closed',
    happens: (world) => {
      world.github.closeIssue(world.ann, world.issue)
      return ['issues', 'closed']
    },
    verdict: 'ignored/event-not-handled',
  },
  {
    name: 'a label on a pull request from a fork',
    happens: (world) => {
      world.github.label(world.ann, fork(world).number, 'ask-jules')
      return ['pull_request', 'labeled']
    },
    verdict: 'ignored/fork',
  },
  {
    name: 'a dispatch without a prompt',
    happens: (world) => {
      world.github.dispatch(world.ann)
      return ['workflow_dispatch']
    },
    verdict: 'ignored/event-not-handled',
  },
  {
    name: 'T-13 a dispatch with a prompt by another workflow',
    happens: (world) => {
      world.github.dispatch(world.github.person('github-actions[bot]', 'write', 'Bot'))
      return ['workflow_dispatch']
    },
    inputs: { prompt: 'Do it' },
    verdict: 'ignored/bot-not-allowed',
  },
]

test.each(CASES)('$name: $verdict', async ({ happens, inputs = {}, ...expected }) => {
  const world = await tellDirectly({ start: stage.start })
  const [event, action] = happens(world)
  const result = await world.run(last(world, event, action), { inputs }).done

  expect([verdict(result), result.code]).toEqual([expected.verdict, 0])
  expect(julesCalls(world)).toEqual([])
  expect(writes(world)).toEqual([])
  expect(result.stdout.replaceAll(JULES_KEY, '')).not.toMatch(/ at .*\.js:\d+/)
})

test('a label that is gone again when the job begins starts nothing (T-25)', async () => {
  const world = await tellDirectly({ start: stage.start })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const labeled = last(world, 'issues', 'labeled')
  world.github.unlabel(world.ann, world.issue, 'ask-jules')
  const result = await world.run(labeled).done

  expect([verdict(result), result.code]).toEqual(['ignored/label-gone', 0])
  expect(julesCalls(world, 'sessions.create')).toEqual([])
  expect(writes(world)).toEqual([])
})

test('a locked thread is left alone', async () => {
  const world = await tellDirectly({ start: stage.start })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const labeled = last(world, 'issues', 'labeled')
  world.github.lock(world.issue)

  expect(verdict(await world.run(labeled).done)).toBe('ignored/thread-locked')
  expect(writes(world)).toEqual([])
})

test('the event of another repository is left alone', async () => {
  const world = await tellDirectly({ start: stage.start })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const result = await world.run(last(world, 'issues', 'labeled'), { repository: 'acme/gadgets' }).done

  expect(verdict(result)).toBe('ignored/other-repository')
})

const FAULTS = [
  { name: 'is refused', act: { kind: 'answer', answer: { status: 403, body: { message: 'no' } } } },
  { name: 'knows nobody', act: { kind: 'answer', answer: { status: 404, body: { message: 'Not Found' } } } },
  { name: 'fails', act: { kind: 'answer', answer: { status: 500, text: '<html>' } } },
  { name: 'is cut off', act: { kind: 'cut' } },
  {
    name: 'tells of somebody else (T-06)',
    act: {
      kind: 'answer',
      answer: { body: { permission: 'admin', role_name: 'admin', user: { id: 1, login: 'ann' } } },
    },
  },
] as const
test.each(FAULTS)('T-05 when the permission API $name, nobody may ask', async ({ act }) => {
  const world = await tellDirectly({ start: stage.start })
  world.github.server.faults.add({ route: 'repos.getCollaboratorPermissionLevel', phase: 'before', times: 99, act })
  world.github.comment(world.ann, world.issue, '/jules fix it')
  const result = await world.run(last(world, 'issue_comment')).done
  const asked = world.github.server.calls.filter(({ route }) => route === 'repos.getCollaboratorPermissionLevel')

  expect([verdict(result), result.code]).toEqual(['ignored/permission-unknown', 0])
  expect(asked.length).toBeLessThanOrEqual(3)
  expect(julesCalls(world)).toEqual([])
  expect(writes(world)).toEqual([])
})

test('T-07 somebody who may not ask cannot have it run again', async () => {
  const world = await tellDirectly({ start: stage.start })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const result = await world.run(last(world, 'issues', 'labeled'), { runAttempt: 2, triggeringActor: 'rob' }).done

  expect(verdict(result)).toBe('ignored/permission-too-low')
  expect(julesCalls(world)).toEqual([])
})

test('the published workflow starts no job for a comment without the command', async () => {
  const world = await tell({ start: stage.start })
  world.github.comment(world.ann, world.issue, 'Does anybody know why?')
  await world.runner.idle()

  expect(world.runner.runs.filter(({ result }) => result !== undefined)).toEqual([])
})
