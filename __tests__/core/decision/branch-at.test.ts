import { decide } from '../../../src/core/decision/decide.ts'
import type { ThreadSeen } from '../../../src/core/decision/observed.ts'
import { branchInWords } from '../../../src/core/decision/prompt/branch-at.ts'
import type { BranchAt } from '../../../src/core/record.ts'
import { renderComment } from '../../../src/core/report/comment.ts'
import { commandIntent, REPOSITORY, request, SUBJECT, say, thread } from '../builders.ts'
import { follow } from './following.ts'
import { afterClaim, byCommand, byLabel, claimed, newSession } from './starting.ts'

const OLD = 'a'.repeat(40)
const NEW = 'b'.repeat(40)
const pull = (commit: string): ThreadSeen =>
  thread({
    kind: 'pull-request',
    labels: ['ask-jules'],
    head: { branch: 'feature', commit, ofThisRepository: true },
  })
const ground = { kind: 'ready', source: `sources/github/${REPOSITORY}`, branch: 'feature' } as const
const claimOf = (one: Parameters<typeof decide>[0]) =>
  decide(one).effects.find((effect) => effect.do === 'claim')?.record.branchAt

describe('T-24 a claim remembers where the branch stood', () => {
  test('as the event of a label tells it', () => {
    const one = byLabel({ thread: pull(NEW) })
    const told = { ...one, intent: { ...one.intent, subject: { ...SUBJECT, commit: OLD } } }
    expect(claimOf(told)).toEqual({ asked: OLD, began: '' })
    expect(claimOf(one)).toEqual({ asked: NEW, began: '' })
  })

  test('as the event of a command tells it, and not as that of another one does', () => {
    const subject = { ...SUBJECT, commit: OLD }
    const asked = [{ ...request(say('x')), subject }]
    expect(claimOf(byCommand(say('x'), { thread: pull(NEW), requests: asked }))).toEqual({ asked: OLD, began: '' })
    const other = {
      ...byCommand(say('x'), { thread: pull(NEW), requests: [{ ...request(say('x')), subject: undefined }] }),
    }
    const intent = { ...commandIntent(say('y')), subject }
    expect(claimOf({ ...other, intent })).toEqual({ asked: NEW, began: '' })
  })

  test('and nothing for an issue', () => {
    expect(claimOf(byLabel())).toBe(undefined)
  })
})

describe('T-24 where the session begins', () => {
  const starting = (branchAt: BranchAt | undefined, seen = pull(NEW), on: typeof ground | object = ground) =>
    afterClaim({ thread: seen, trackings: [claimed({ branchAt })], ground: { ...ground, ...on } })
  const writtenBy = (one: ReturnType<typeof starting>) =>
    decide(one).effects.find((effect) => effect.do === 'write')?.record.branchAt

  test.each([
    { name: 'it has moved', branchAt: { asked: OLD, began: '' }, written: { asked: OLD, began: NEW } },
    { name: 'it stands still', branchAt: { asked: NEW, began: '' }, written: { asked: NEW, began: NEW } },
    {
      name: 'a try before this one began elsewhere',
      branchAt: { asked: OLD, began: OLD },
      written: { asked: OLD, began: NEW },
    },
    { name: 'nobody remembers', branchAt: undefined, written: undefined },
  ])('is written down with the create: $name', ({ branchAt, written }) => {
    expect(writtenBy(starting(branchAt))).toEqual(written)
  })

  test('is not known where it begins on another branch, or the thread shows none any more', () => {
    const asked = { asked: OLD, began: '' }
    expect(writtenBy(starting(asked, pull(NEW), { branch: 'main' }))).toBe(undefined)
    expect(writtenBy(starting(asked, thread({ labels: ['ask-jules'] })))).toBe(undefined)
  })

  test('Jules is told both', () => {
    const { prompt } = newSession(starting({ asked: OLD, began: '' }))
    expect(prompt).toContain(
      `The branch of pull request #12 stood at ${OLD} when this was asked, and stands at ${NEW} now.`,
    )
    expect(newSession(starting({ asked: NEW, began: '' })).prompt).toContain(
      `\nThe branch of pull request #12 stands at ${NEW}.\n`,
    )
  })
})

test('T-24 what is not known is not told', () => {
  expect(branchInWords(undefined, 'pull request #1')).toBe('')
  expect(branchInWords({ asked: OLD, began: '' }, 'pull request #1')).toBe('')
  expect(branchInWords({ asked: '', began: NEW }, 'pull request #1')).toBe(
    `The branch of pull request #1 stands at ${NEW}.`,
  )
})

test.each([
  { name: 'moved', branchAt: { asked: OLD, began: NEW }, warned: true },
  { name: 'still', branchAt: { asked: OLD, began: OLD }, warned: false },
  { name: 'not begun', branchAt: { asked: OLD, began: '' }, warned: false },
  { name: 'not known when asked', branchAt: { asked: '', began: NEW }, warned: false },
  { name: 'no pull request', branchAt: undefined, warned: false },
])('T-24 the comment warns as long as the session is told of: $name', ({ branchAt, warned }) => {
  const { story } = follow({ record: { branchAt }, session: { state: 'COMPLETED' } })
  const sentence =
    'The branch has moved: it stood at `aaaaaaaaaa` when this was asked, and Jules began at `bbbbbbbbbb`.'
  expect(renderComment(story, '/jules').includes(sentence)).toBe(warned)
  expect(story.moved !== undefined).toBe(warned)
})
