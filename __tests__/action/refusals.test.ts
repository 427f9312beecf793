/** Threads that are locked, deleted or moved, and comments of ours that people delete or change. */
import { ALL_OUTPUTS, atLook, callsAfter, githubAnswers } from '../support/midway.ts'
import { useStage } from '../support/stage/use-stage.ts'
import {
  julesCalls,
  labelsOf,
  last,
  notes,
  type Told,
  tellDirectly,
  tracking,
  verdict,
  writes,
} from '../support/story.ts'

const stage = useStage()

const label = (world: Told) => {
  world.github.label(world.ann, world.issue, 'ask-jules')
  return last(world, 'issues', 'labeled')
}

const deleteThread = (world: Told) => world.github.deleteIssue(world.ann, world.issue)
const transfer = (world: Told) => world.github.transferIssue(world.ann, world.issue, 'acme/gadgets')
const missing = (world: Told) => {
  for (const route of ['issues.get', 'issues.listComments'])
    githubAnswers(world, { status: 404, body: { message: 'Not Found' } }, route)
}
const speaksOfAnother = (world: Told) =>
  world.github.server.faults.add({
    route: 'issues.get',
    phase: 'after',
    times: 99,
    act: {
      kind: 'change',
      change: (answer) => ({
        ...answer,
        body: { ...Object(answer.body), html_url: 'https://github.com/acme/widgets-2/issues/1' },
      }),
    },
  })

const BEFORE = [
  {
    name: 'F-35 is locked',
    act: (world: Told) => world.github.lock(world.issue),
    verdict: 'ignored/thread-locked',
    says: 'locked',
  },
  { name: 'F-35 is deleted', act: deleteThread, verdict: 'stopped/thread-closed', says: 'not there any more' },
  { name: 'F-35 is not found any more', act: missing, verdict: 'stopped/thread-closed', says: 'not there any more' },
  { name: 'T-26 F-35 was transferred', act: transfer, verdict: 'ignored/other-repository', says: 'has moved' },
  {
    name: 'T-26 is answered for by another repository',
    act: speaksOfAnother,
    verdict: 'ignored/other-repository',
    says: 'has moved',
  },
  {
    name: 'T-26 is in a repository that was renamed',
    act: (world: Told) => world.github.renameRepository(world.ann, 'gadgets'),
    verdict: 'ignored/other-repository',
    says: 'has moved',
  },
]
test.each(BEFORE)('a thread that $name before the run begins: nothing is written, no session', async (row) => {
  const world = await tellDirectly({ start: stage.start })
  const event = label(world)
  row.act(world)
  const result = await world.run(event).done

  expect([verdict(result), result.code]).toEqual([row.verdict, 0])
  expect(result.summary).toContain(row.says)
  expect(Object.keys(result.outputs).sort()).toEqual(ALL_OUTPUTS)
  expect(writes(world)).toEqual([])
  expect(julesCalls(world, 'sessions.create')).toEqual([])
})

test('F-35 `issue-number` of a thread that is not there is a mistake of the workflow file', async () => {
  const world = await tellDirectly({ start: stage.start })
  const inputs = { prompt: 'Mend it.', 'issue-number': '77' }
  const result = await world.run({ name: 'push', payload: {} }, { inputs }).done

  expect([verdict(result), result.code]).toEqual(['failed/inputs-invalid', 1])
  expect(result.summary).toContain('`issue-number`')
  expect(julesCalls(world, 'sessions.create')).toEqual([])
})

const locked = { status: 403, body: { message: 'Unable to create comment because issue is locked.' } }
const MIDWAY = [
  {
    name: 'F-35 is locked',
    act: (world: Told) => githubAnswers(world, locked, 'issues.updateComment'),
    says: 'locked',
  },
  { name: 'F-35 is deleted', act: deleteThread, says: 'not there any more' },
  { name: 'F-35 is transferred', act: transfer, says: 'has moved' },
]
test.each(MIDWAY)(
  'a thread that $name in the middle: the session is followed to its end, and nothing more is written',
  async (row) => {
    const world = await tellDirectly({ start: stage.start })
    const event = label(world)
    let before = 0
    atLook(world, 3, () => {
      before = writes(world).length
      row.act(world)
    })
    const result = await world.run(event).done
    const [session] = world.jules.sessions()

    expect([verdict(result), result.code]).toEqual(['pull-request/completed', 0])
    expect(result.outputs).toMatchObject({
      'session-id': session?.id,
      'session-state': 'COMPLETED',
      'pull-request-number': '2',
    })
    expect(result.summary).toContain(row.says)
    // Only an answer tells that it is locked.
    const told = writes(world).findIndex(({ status }) => status === 403)
    expect(
      writes(world)
        .slice(Math.max(before, told))
        .filter(({ status }) => status < 300),
    ).toEqual([])
    expect(julesCalls(world, 'sessions.create')).toHaveLength(1)
    expect(callsAfter(world, 301).filter((call) => call.includes('/repositories'))).toEqual([])
  },
)

test('F-35 a thread that is deleted while its session goes on and on: at the end of the wait nobody follows', async () => {
  const world = await tellDirectly({ start: stage.start, scenario: 'stall', inputs: { 'wait-minutes': '4' } })
  const event = label(world)
  atLook(world, 2, () => deleteThread(world))
  const result = await world.run(event).done

  expect([verdict(result), result.code]).toEqual(['running/nobody-follows', 0])
  expect(result.outputs['session-id']).toBe(world.jules.sessions()[0]?.id)
  expect(result.outputs['comment-url']).toBe('')
})

test('T-26 the repository is renamed in the middle: no redirect is followed, and the session is told all the same', async () => {
  const world = await tellDirectly({ start: stage.start, scenario: 'stall', inputs: { 'wait-minutes': '4' } })
  const event = label(world)
  atLook(world, 2, () => world.github.renameRepository(world.ann, 'gadgets'))
  const result = await world.run(event).done

  expect([verdict(result), result.code]).toEqual(['running/nobody-follows', 0])
  expect(result.summary).toContain('has moved')
  expect(writes(world).filter(({ path }) => path.startsWith('/repositories'))).toEqual([])
  expect(callsAfter(world, 301).length).toBeLessThanOrEqual(1)
})

test('F-35 a thread that is locked before the claim: no session', async () => {
  const world = await tellDirectly({ start: stage.start })
  githubAnswers(world, locked, 'issues.createComment')
  const result = await world.run(label(world)).done

  expect([verdict(result), result.code]).toEqual(['ignored/thread-locked', 0])
  expect(julesCalls(world, 'sessions.create')).toEqual([])
})

/** Ours, by the marks on their last lines. */
const ourComments = (world: Told) => world.github.comments(world.issue).filter(({ author }) => author.type === 'Bot')

const removeOurs = (world: Told) => {
  for (const { id } of ourComments(world)) world.github.deleteComment(world.ann, id)
}

test('F-36 our comment is deleted again and again: at most one new one, and the session is told in the outputs', async () => {
  const world = await tellDirectly({ start: stage.start, scenario: 'question' })
  const event = label(world)
  for (const n of [2, 3, 4]) atLook(world, n, () => removeOurs(world))
  const result = await world.run(event).done
  const posted = writes(world).filter(({ route }) => route === 'issues.createComment')

  expect([verdict(result), result.code]).toEqual(['waiting-for-reply/question', 0])
  expect(posted).toHaveLength(2)
  expect(notes(world)).toEqual([expect.stringMatching(/^@ann\n/)])
  expect(notes(world)[0]).not.toContain('issuecomment')
  expect(writes(world).filter(({ status }) => status === 404)).toHaveLength(1)
  expect(result.outputs['comment-url']).toBe('')
})

test('F-36 where nobody is needed, nothing new is posted, and the label comes off', async () => {
  const world = await tellDirectly({ start: stage.start })
  const event = label(world)
  atLook(world, 3, () => removeOurs(world))
  const result = await world.run(event).done

  expect(verdict(result)).toBe('pull-request/completed')
  expect(ourComments(world)).toEqual([])
  expect(labelsOf(world)).toEqual([])
  expect(result.summary).toContain('deleted our comment')
})

test('F-36 a claim that is deleted before there is a session: none is started', async () => {
  const world = await tellDirectly({ start: stage.start })
  world.github.server.faults.add({
    route: 'issues.createComment',
    phase: 'after',
    act: { kind: 'run', run: () => removeOurs(world) },
  })
  const result = await world.run(label(world)).done

  expect([verdict(result), result.code]).toEqual(['stopped/thread-closed', 0])
  expect(julesCalls(world, 'sessions.create')).toEqual([])
})

/** Does something right before the comments are read once more, after they were read so often. */
const beforeComments = (world: Told, skip: number, run: () => void) =>
  world.github.server.faults.add({ route: 'issues.listComments', phase: 'before', skip, act: { kind: 'run', run } })

/** Changes our newest comment as a person would. */
const edit = (world: Told, change: (body: string) => string) => {
  const comment = ourComments(world).at(-1)
  if (comment !== undefined) world.github.editComment(world.ann, comment.id, change(comment.body))
}

test('F-37 the words of our comment are changed, its record is not: it is written over', async () => {
  const world = await tellDirectly({ start: stage.start })
  const event = label(world)
  atLook(world, 3, () => edit(world, (body) => `Ha! ${body}`))
  await world.run(event).done

  expect(tracking(world)).toEqual([expect.stringMatching(/^### ✅ Jules opened/)])
})

const BROKEN = [
  { name: 'is changed', change: (body: string) => body.replace(/.{9} -->$/, 'aaaaaaaaa -->') },
  { name: 'is taken out', change: (body: string) => body.slice(0, body.lastIndexOf('\n')) },
]
test.each(BROKEN)(
  'F-37 the record of our comment $name: it is left alone, and one new comment links it',
  async ({ change }) => {
    const world = await tellDirectly({ start: stage.start })
    const event = label(world)
    beforeComments(world, 5, () => edit(world, (body) => `Mine now. ${change(body)}`))
    const result = await world.run(event).done
    const [old, ours, ...more] = ourComments(world)

    expect(verdict(result)).toBe('pull-request/completed')
    expect(more).toEqual([])
    expect(old?.body).toMatch(/^Mine now\./)
    expect(ours?.body).toMatch(/^### ✅ Jules opened/)
    expect(ours?.body).toContain(`(${old?.url})`)
    expect(result.outputs['comment-url']).toBe(ours?.url)
    expect(julesCalls(world, 'sessions.create')).toHaveLength(1)
  },
)

test('F-37 the new comment is changed too: nothing more is written, and the session is followed', async () => {
  const world = await tellDirectly({ start: stage.start })
  const event = label(world)
  for (const n of [5, 3]) beforeComments(world, n, () => edit(world, (body) => body.slice(0, body.lastIndexOf('\n'))))
  const result = await world.run(event).done

  expect(verdict(result)).toBe('pull-request/completed')
  expect(ourComments(world)).toHaveLength(2)
  expect(writes(world).filter(({ route }) => route === 'issues.createComment')).toHaveLength(2)
})

test('F-37 the next run finds the changed record: one new comment links the old one', async () => {
  const world = await tellDirectly({ start: stage.start, scenario: 'stall', inputs: { 'wait-minutes': '2' } })
  await world.run(label(world)).done
  edit(world, (body) => body.replace(/.{9} -->$/, 'aaaaaaaaa -->'))
  world.clock.move(600_000)
  world.github.comment(world.ann, world.issue, '/jules status')
  await world.run(last(world, 'issue_comment', 'created')).done
  const [old, ours, ...more] = ourComments(world)

  expect(more).toEqual([])
  expect(ours?.body).toContain(`(${old?.url})`)
  expect(julesCalls(world, 'sessions.create')).toHaveLength(1)
})
