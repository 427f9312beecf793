/** What a review asks, and where a single command in it is seen to. */
import { askedByReview, isPartOfReview } from '../../../src/core/decision/review.ts'
import type { LineComment } from '../../../src/core/event/event.ts'
import { type Command, parseCommand, type Verb } from '../../../src/core/intent/command.ts'
import { ada, say } from '../builders.ts'
import { BUDGET_MS, fastest } from '../fastest.ts'

const passageOf = (id: number) => ({ path: `src/${id}.ts`, line: id, before: false, hunk: `+${id}` })
const line = (id: number, body: string): LineComment => ({
  id,
  body,
  author: ada,
  url: '',
  passage: passageOf(id),
  review: 901,
  at: '2026-11-20T11:58:00Z',
  changed: '2026-11-20T11:58:00Z',
})
const remark = (id: number, text: string) => ({ passage: passageOf(id), text })
const asked = (body: string, lines: LineComment[], word = '/jules') =>
  askedByReview(901, parseCommand(body, word), lines, word)

const REVIEW = { comment: 901, of: 'review' }
const THESE: Command = { verb: 'say', text: '', flags: {}, cut: false }

describe('a review is one request with all that it says', () => {
  type Row = { name: string; body: string; lines: LineComment[]; command: Command; remarks: object[] }
  const lines = [line(3, 'a better name'), line(1, '/jules and a test'), line(2, '> /jules quoted')]
  const all = [remark(3, 'a better name'), remark(1, 'and a test'), remark(2, '> /jules quoted')]
  const rows: Row[] = [
    { name: 'words alone', body: '/jules go', lines: [], command: say('go'), remarks: [] },
    {
      name: 'words and remarks, in the order of the review',
      body: '/jules go',
      lines,
      command: say('go'),
      remarks: all,
    },
    { name: 'the command word alone: the remarks are the words', body: '/jules', lines, command: THESE, remarks: all },
    {
      name: 'the command word alone, without a remark',
      body: '/jules',
      lines: [],
      command: { verb: 'bare' },
      remarks: [],
    },
    {
      name: 'a rejection with remarks',
      body: '/jules reject not so',
      lines: [line(1, 'smaller')],
      command: { verb: 'reject', text: 'not so', cut: false },
      remarks: [remark(1, 'smaller')],
    },
    {
      name: 'a command that takes no words takes no remarks either',
      body: '/jules approve',
      lines: [line(1, 'nice')],
      command: { verb: 'approve', plan: '' },
      remarks: [],
    },
    {
      name: 'what was not understood',
      body: '/jules stop being silly',
      lines: [line(1, 'nice')],
      command: { verb: 'unclear', why: 'ambiguous', words: 'stop being silly', verbMeant: 'stop' },
      remarks: [],
    },
    {
      name: 'several lines with words, none in the review itself: what is only for people stays theirs',
      body: 'only for people',
      lines: [line(1, '/jules first'), line(2, 'only for people'), line(3, '/jules reply third')],
      command: THESE,
      remarks: [remark(1, 'first'), remark(3, 'third')],
    },
    {
      name: 'several lines, of which one has no words: its place alone is told',
      body: '',
      lines: [line(1, '/jules'), line(2, '/jules second')],
      command: THESE,
      remarks: [remark(1, ''), remark(2, 'second')],
    },
    {
      name: 'several lines without words',
      body: 'for people',
      lines: [line(1, '/jules'), line(2, '/jules')],
      command: THESE,
      remarks: [remark(1, ''), remark(2, '')],
    },
    {
      name: 'words, and a line that has none',
      body: '/jules go',
      lines: [line(1, '/jules')],
      command: say('go'),
      remarks: [remark(1, '')],
    },
  ]
  test.each(rows)('$name', ({ body, lines: given, command, remarks }) => {
    expect(asked(body, given)).toEqual({ place: REVIEW, command, remarks })
  })

  test('the command word is that of the inputs', () => {
    expect(asked('@bot go', [line(1, '/jules this is text')], '@bot')).toEqual({
      place: REVIEW,
      command: say('go'),
      remarks: [remark(1, '/jules this is text')],
    })
  })
})

describe('F-09 where one command stands alone and another tells Jules something, its author is asked which one counts', () => {
  test.each<{ name: string; body: string; lines: string[]; verb: Verb }>([
    { name: 'approve, and words on a line', body: '/jules approve', lines: ['/jules use UTC'], verb: 'approve' },
    { name: 'stop, and words on a line', body: '/jules stop', lines: ['nice', '/jules use UTC'], verb: 'stop' },
    { name: 'words, and stop on a line', body: '/jules use UTC', lines: ['/jules stop'], verb: 'stop' },
    { name: 'new, and status on a line', body: '/jules new go', lines: ['/jules status'], verb: 'status' },
    {
      name: 'reject, and approve on a line',
      body: '/jules reject no',
      lines: ['/jules approve a1b2'],
      verb: 'approve',
    },
    { name: 'the word alone, and retry on a line', body: '/jules', lines: ['/jules retry'], verb: 'retry' },
    { name: 'help, and the word alone on a line', body: '/jules help', lines: ['/jules'], verb: 'help' },
    { name: 'lines alone', body: '', lines: ['/jules status', '/jules second'], verb: 'status' },
    { name: 'two that each stand alone', body: '/jules approve', lines: ['/jules stop'], verb: 'approve' },
    { name: 'two lines that each stand alone', body: '', lines: ['/jules status', '/jules help'], verb: 'status' },
    { name: 'lines alone, the other way round', body: '', lines: ['/jules second', '/jules status'], verb: 'status' },
  ])('$name', ({ body, lines, verb }) => {
    const given = lines.map((text, at) => line(at + 1, text))
    const command = { verb: 'unclear', why: 'ambiguous', words: `${verb} …`, verbMeant: verb }
    expect(asked(body, given)).toEqual({ place: REVIEW, command, remarks: [] })
  })

  test.each<{ name: string; body: string; lines: LineComment[]; command: Command }>([
    {
      name: 'a verb that was mistyped',
      body: '/jules aprove',
      lines: [line(1, '/jules use UTC')],
      command: { verb: 'unclear', why: 'did-you-mean', words: 'aprove', verbMeant: 'approve' },
    },
    {
      name: 'a flag that nobody knows, on a line',
      body: '/jules go',
      lines: [line(1, '/jules --fast go')],
      command: { verb: 'unclear', why: 'unknown-flag', words: '--fast' },
    },
  ])('what is unclear by itself is answered as such: $name', ({ body, lines, command }) => {
    expect(asked(body, lines)).toEqual({ place: REVIEW, command, remarks: [] })
  })
})

describe('F-11 a single command on a line is the same request as its own event', () => {
  test.each<{ name: string; lines: LineComment[]; comment: number; command: Command }>([
    {
      name: 'among remarks for people',
      lines: [line(1, 'nice'), line(2, '/jules use UTC')],
      comment: 2,
      command: say('use UTC'),
    },
    { name: 'without words', lines: [line(1, '/jules status')], comment: 1, command: { verb: 'status' } },
    {
      name: 'the same one twice',
      lines: [line(1, '/jules status'), line(2, '/jules status')],
      comment: 1,
      command: { verb: 'status' },
    },
  ])('$name', ({ lines, comment, command }) => {
    const place = { comment, of: 'line' }
    expect(asked('', lines)).toEqual({ place, command, remarks: [remark(comment, '')] })
  })
})

test.each([
  { name: 'no lines', body: '', lines: [] },
  { name: 'words for people', body: 'nice', lines: [line(1, 'ok'), line(2, '')] },
  { name: 'T-18 quoted commands', body: '> /jules go', lines: [line(1, '`/jules go`'), line(2, ' /jules go')] },
])('nothing is asked by $name', ({ body, lines }) => {
  expect(asked(body, lines)).toBeUndefined()
})

describe('a command on a line is seen to with its review', () => {
  const own = line(1, '/jules this')
  test.each([
    { name: 'it stands alone', body: '', others: [own], part: false },
    { name: 'the others are for people', body: 'nice', others: [own, line(2, 'ok')], part: false },
    { name: 'the words of the review hold a command', body: '/jules go', others: [own], part: true },
    { name: 'another line holds one', body: '', others: [own, line(2, '/jules that')], part: true },
    { name: 'the list of the review does not have it', body: '', others: [], part: false },
  ])('$name: $part', ({ body, others, part }) => {
    expect(isPartOfReview(1, body, others, '/jules')).toBe(part)
  })

  test('of all events of a review exactly one sees to each of its commands', () => {
    const bodies = ['', 'for people', '/jules words', '/jules status']
    const reviews = bodies.flatMap((body) => bodies.flatMap((one) => bodies.map((two) => [body, one, two] as const)))
    for (const [body, one, two] of reviews) {
      const lines = [line(1, one), line(2, two)]
      const whole = asked(body, lines)
      const alone = lines.filter(
        ({ id, body: text }) =>
          parseCommand(text, '/jules') !== undefined && !isPartOfReview(id, body, lines, '/jules'),
      )
      // A line that answers for itself is the very place that the review names, so it is handled once.
      expect(alone.length).toBeLessThanOrEqual(1)
      for (const { id } of alone) expect(whole?.place).toEqual({ comment: id, of: 'line' })
      const some = [body, one, two].some((text) => parseCommand(text, '/jules') !== undefined)
      expect(whole !== undefined).toBe(some)
    }
  })
})

describe('the worst time on 64 KiB', () => {
  const SIZE = 64 * 1024
  test.each(['/jules ', '\n', '/jules --no-pr ', '<!--', '[](', '\u200b', '😀', '/jules "', '\r\n '])(
    'of %j',
    (piece) => {
      const text = piece.repeat(SIZE / piece.length)
      const few = [line(1, text), line(2, `/jules ${text}`)]
      // A page holds a hundred comments.
      const many = Array.from({ length: 100 }, (_, at) => line(at, `/jules ${text.slice(0, SIZE / 100)}`))
      for (const lines of [few, many])
        expect(
          fastest(() => [asked(text, lines), asked('', lines), isPartOfReview(1, text, lines, '/jules')]),
        ).toBeLessThan(BUDGET_MS)
    },
  )
})
