import { decide } from '../../../src/core/decision/decide.ts'
import { MINUTE, NOW, PULL, scene, session, story, thread, tracking } from '../builders.ts'
import { follow, PLAN } from './following.ts'

describe('the story of a scene', () => {
  test('everything that is known is told', () => {
    const files = [{ path: 'a.ts', added: 1, removed: 2 }]
    const digest = {
      plan: PLAN,
      progress: ['Reading'],
      progressCount: 3,
      commands: [{ command: 'ls', exitCode: 0 }],
      spanMs: 4.4 * MINUTE,
      turns: 2,
    }
    const told = follow({
      session: { state: 'COMPLETED', pullRequest: PULL, patch: 'diff' },
      digest,
      observed: { files },
    }).story
    expect(told).toEqual(
      story({
        verdict: { outcome: 'pull-request', reason: 'completed' },
        requester: 'ada',
        session: {
          id: session().id,
          url: session().url,
          title: 'Mend the date test',
          state: 'COMPLETED',
          rawState: 'COMPLETED',
        },
        pullRequest: PULL,
        commentUrl: tracking().url,
        runUrl: 'https://github.com/acme/widgets/actions/runs/900',
        branch: 'main',
        plan: PLAN,
        progress: ['Reading'],
        progressCount: 3,
        files,
        patch: 'diff',
        commands: [{ command: 'ls', exitCode: 0 }],
        minutes: 4,
        turns: 2,
      }),
    )
  })

  test('T-55 nothing of a session that did not prove to be ours is told, whatever was read before', () => {
    const c4nary = 'c4nary'
    const { story: told, effects } = follow({
      digest: {
        plan: { id: c4nary, steps: [{ title: c4nary, description: c4nary }] },
        approved: [c4nary],
        progress: [c4nary],
        progressCount: 5,
        endsOn: 'question',
        message: c4nary,
        messageId: c4nary,
        why: c4nary,
        commands: [{ command: c4nary, exitCode: 1 }],
        patch: c4nary,
        turns: 4,
        count: 9,
      },
      observed: { session: 'foreign', files: [{ path: c4nary, added: 1, removed: 1 }] },
    })
    expect(told).toMatchObject({ verdict: { outcome: 'failed', reason: 'foreign-session' }, session: undefined })
    expect(told).toMatchObject({ plan: undefined, progress: [], progressCount: 0, files: [], patch: '', turns: 1 })
    expect(JSON.stringify(told)).not.toContain(c4nary)
    for (const effect of effects) if ('story' in effect) expect(JSON.stringify(effect.story)).not.toContain(c4nary)
  })

  test.each([
    { name: 'an open question is told', digest: { endsOn: 'question', message: 'Which?' } as const, message: 'Which?' },
    { name: 'an answered one is not', digest: { endsOn: 'work', message: 'Which?' } as const, message: '' },
  ])('$name', ({ digest, message }) => {
    expect(follow({ digest }).story.message).toBe(message)
  })

  test('on a pull request of a person: Jules opens its own, into that branch', () => {
    const pull = thread({ kind: 'pull-request', head: { branch: 'feature', commit: '', ofThisRepository: true } })
    expect(follow({ observed: { thread: pull } }).story.into).toBe('feature')
    expect(follow({ observed: { thread: pull }, session: { pullRequest: PULL } }).story.into).toBe('')
  })

  test('a session that took seconds took a minute', () => {
    expect(follow({ session: { state: 'COMPLETED' }, digest: { spanMs: 900 } }).story.minutes).toBe(1)
  })

  test('F-13 of a session that could not be read so far, the record still tells which it is', () => {
    const { id, url } = session()
    const unread = { id, url, title: '', state: 'UNKNOWN', rawState: 'UNKNOWN' }
    expect(follow({ observed: { session: undefined } }).story.session).toEqual(unread)
    expect(follow({ observed: { session: 'gone' } }).story.session).toBe(undefined)
  })

  test.each<{ name: string; seen: Parameters<typeof follow>[0]; boxes: string[] }>([
    { name: 'a plan waits', seen: { session: { state: 'AWAITING_PLAN_APPROVAL' } }, boxes: ['approve'] },
    {
      name: 'a plan has waited too long',
      seen: { session: { state: 'COMPLETED' }, digest: { plan: PLAN, endsOn: 'plan' } },
      boxes: ['approve', 'retry'],
    },
    { name: 'nothing came of it', seen: { session: { state: 'COMPLETED' } }, boxes: ['retry'] },
    { name: 'it has failed', seen: { session: { state: 'FAILED' } }, boxes: ['retry'] },
    { name: 'it is gone', seen: { observed: { session: 'gone' } }, boxes: ['retry'] },
    { name: 'Jules asks', seen: { session: { state: 'AWAITING_USER_FEEDBACK' } }, boxes: [] },
    { name: 'it works', seen: {}, boxes: [] },
    { name: 'a pull request is there', seen: { session: { state: 'COMPLETED', pullRequest: PULL } }, boxes: [] },
  ])('boxes to tick, where they are wanted: $name', ({ seen, boxes }) => {
    expect(follow({ ...seen, config: { tickBoxes: true } }).story.boxes).toEqual(boxes)
    expect(follow(seen).story.boxes).toEqual([])
  })

  test('in place of which session it was started', () => {
    expect(follow({ record: { replaces: '111' } }).story.replaces).toBe('111')
  })

  test('the branch is not known where there is no ground', () => {
    expect(follow({ observed: { ground: undefined } }).story.branch).toBe('')
  })

  test('a scene is only looked at: the same one gives the same decision', () => {
    const one = scene({ observed: { trackings: [tracking()], session: session(), now: NOW } })
    const before = structuredClone(one)
    expect(decide(one)).toEqual(decide(one))
    expect(one).toEqual(before)
  })
})
