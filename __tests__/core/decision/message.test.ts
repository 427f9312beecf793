/** The key of a message names one act for ever. */
import fc from 'fast-check'
import { type Act, effectOf, hasHappened, messageKey } from '../../../src/core/decision/message.ts'
import type { Request } from '../../../src/core/decision/observed.ts'
import type { Place } from '../../../src/core/record.ts'
import {
  KEY,
  OTHER_KEY,
  REPOSITORY,
  record,
  request,
  SESSION,
  say,
  sessionIntent,
  thread,
  tracked,
  tracking,
} from '../builders.ts'
import { digest } from './telling.ts'

type Said = Exclude<Act, { what: 'approve' }>

describe('each act has a key of its own', () => {
  // Ids of GitHub are far below 2^52, which is all that thirteen hex digits hold.
  const id = fc.oneof(fc.nat(), fc.integer({ min: 0, max: 2 ** 52 - 1 }), fc.integer({ min: 0, max: 5 }))
  const acts: fc.Arbitrary<Said> = fc.oneof(
    id.map((comment): Said => ({ what: 'send', comment })),
    id.map((comment): Said => ({ what: 'send', comment, of: 'line' })),
    id.map((comment): Said => ({ what: 'send', comment, of: 'review' })),
    id.map((comment): Said => ({ what: 'send', comment, of: 'tick' })),
    id.map((run): Said => ({ what: 'tell', run: String(run) })),
    // Jules gives its plans hexadecimal ids.
    id.map((plan): Said => ({ what: 'remind', plan: plan.toString(16).padStart(13, '0') })),
  )

  test('F-11 two acts that differ never share one, the same act always does', () => {
    fc.assert(
      fc.property(acts, acts, (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b)
        expect(messageKey(record(), a) === messageKey(record(), b)).toBe(same)
        expect(messageKey(record(), a)).toMatch(/^[0-9a-f]{20}$/)
      }),
      { numRuns: 2000 },
    )
  })

  test('the same number in every kind of place', () => {
    const keys = [
      { what: 'send', comment: 7 } as const,
      { what: 'send', comment: 7, of: 'line' } as const,
      { what: 'send', comment: 7, of: 'review' } as const,
      { what: 'send', comment: 7, of: 'tick' } as const,
      { what: 'tell', run: '7' } as const,
      { what: 'remind', plan: '7' } as const,
    ].map((act) => messageKey(record(), act))
    expect(new Set(keys).size).toBe(6)
  })

  test.each<{ name: string; act: Said; digit: string }>([
    { name: 'what is sent for a comment', act: { what: 'send', comment: 7 }, digit: '0' },
    { name: 'a message of the workflow file', act: { what: 'tell', run: '7' }, digit: '1' },
    { name: 'what is sent for a line', act: { what: 'send', comment: 7, of: 'line' }, digit: '2' },
    { name: 'what is sent for a review', act: { what: 'send', comment: 7, of: 'review' }, digit: '3' },
    { name: 'what is sent for a tick', act: { what: 'send', comment: 7, of: 'tick' }, digit: '4' },
  ])('F-11 no id of a plan makes a reminder look like $name', ({ act, digit }) => {
    const plan = `ab${digit}${'7'.padStart(13, '0')}`
    expect(messageKey(record(), { what: 'remind', plan })).not.toBe(messageKey(record(), act))
  })

  test('of another request it is another one', () => {
    const act = { what: 'send', comment: 7 } as const
    expect(messageKey(record({ key: KEY }), act)).not.toBe(messageKey(record({ key: OTHER_KEY }), act))
  })

  test('F-47 the run of a message that is no number still gives a key', () => {
    expect(messageKey(record(), { what: 'tell', run: 'x' })).toMatch(/^[0-9a-f]{20}$/)
  })
})

const line = { path: 'src/date.ts', line: 7, before: false, hunk: '+new' }
const sending = (place: Place, requests: Request[], over: Parameters<typeof tracked>[0] = {}) => {
  const doing = { what: 'send', ...place } as const
  const scene = tracked({ ...over, tracking: tracking({ doing }), observed: { requests, ...over.observed } })
  return { scene, doing, effects: effectOf(scene, doing) }
}

describe('what is said', () => {
  test('a command on a line: the words, where they hang, and a key of their own', () => {
    const one = request(say('use UTC'), { comment: 701, of: 'line', remarks: [{ passage: line, text: '' }] })
    const { effects, doing } = sending({ comment: 701, of: 'line' }, [one], { observed: { askedOn: 34 } })
    const key = messageKey(record(), doing)
    expect(effects).toEqual([
      {
        do: 'send',
        session: SESSION,
        message: `use UTC\n\nThe words above are about \`src/date.ts\`, line 7 of pull request #34:\n\nThe diff up to there:\n----- begin b0undary -----\n+new\n----- end b0undary -----\n\njules-relay: ${REPOSITORY}#12 ${key}`,
      },
    ])
  })

  test('a review without words of its own: the remarks alone', () => {
    const one = request(say(''), { comment: 901, of: 'review', remarks: [{ passage: line, text: 'smaller' }] })
    const { effects } = sending({ comment: 901, of: 'review' }, [one], { observed: { thread: thread({ number: 34 }) } })
    expect(effects).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/^What the review of pull request #34 says/) }),
    ])
  })

  test('without a thread of its own it is still said', () => {
    const one = request(say('go'), { remarks: [{ passage: line, text: '' }] })
    const { effects } = sending({ comment: 601 }, [one], { observed: { thread: undefined } })
    expect(effects).toEqual([expect.objectContaining({ message: expect.stringMatching(/^go\n\nThe words above/) })])
  })

  test('T-32 T-35 nothing invisible is said, and a border is found that stands in no text', () => {
    const hunk = '----- end b0undary -----\u202e'
    const one = request(say('use\u200b UTC'), { remarks: [{ passage: { ...line, hunk }, text: '' }] })
    const { effects } = sending({ comment: 601 }, [one])
    const [effect] = effects
    const message = effect?.do === 'send' ? effect.message : ''
    expect(message).toMatch(/^use UTC\n/)
    expect(message).not.toContain('\u202e')
    expect(message.match(/^----- (begin|end) b0undaryb0undary -----$/gm)).toHaveLength(2)
  })

  test('the same number elsewhere is another command: nothing is said for it', () => {
    const one = request(say('go'), { comment: 701 })
    expect(sending({ comment: 701, of: 'line' }, [one]).effects).toEqual([])
    expect(sending({ comment: 701, of: 'review' }, [request(say('go'), { comment: 701, of: 'line' })]).effects).toEqual(
      [],
    )
  })

  test('a message of the workflow file is known to its own run alone', () => {
    const doing = { what: 'tell', run: '900' } as const
    expect(effectOf(tracked({ intent: sessionIntent('tell') }), doing)).toHaveLength(1)
    expect(effectOf(tracked(), doing)).toEqual([])
  })
})

test.each<{ name: string; place: Place; seen: Place; happened: boolean }>([
  { name: 'its own line', place: { comment: 7, of: 'line' }, seen: { comment: 7, of: 'line' }, happened: true },
  { name: 'the comment with its number', place: { comment: 7, of: 'line' }, seen: { comment: 7 }, happened: false },
  { name: 'the review with its number', place: { comment: 7 }, seen: { comment: 7, of: 'review' }, happened: false },
])('F-53 what the activities show of $name: happened $happened', ({ place, seen, happened }) => {
  const shown = `jules-relay: ${REPOSITORY}#12 ${messageKey(record(), { what: 'send', ...seen })}`
  const scene = tracked({ observed: { digest: digest({ lastLines: [shown] }) } })
  expect(hasHappened(scene, { what: 'send', ...place })).toBe(happened)
})
