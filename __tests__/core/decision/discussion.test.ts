import type { Said } from '../../../src/core/decision/observed.ts'
import { authorsOf, chooseQuotes, momentOf, saidBefore } from '../../../src/core/decision/prompt/discussion.ts'
import type { Person } from '../../../src/core/event/event.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import { NOW } from '../builders.ts'

const KIB = 1024
const person = (id: number): Person => ({ login: `p${id}`, id, bot: false })
const said = (id: number, over: Partial<Said> = {}): Said => ({
  id,
  body: `comment ${id}`,
  author: person(1),
  url: '',
  created: NOW - 60_000,
  updated: over.created ?? NOW - 60_000,
  ...over,
})

describe('T-22 the moment of a request', () => {
  const comments = new Map([
    [601, said(601, { created: NOW })],
    [602, said(602, { created: Number.NaN })],
  ])
  const rows: { name: string; request: Omit<RelayRecord['request'], 'hash'>; moment: object | undefined }[] = [
    {
      name: 'a comment: when it was written',
      request: { kind: 'comment', id: '601' },
      moment: { at: NOW, comment: 601 },
    },
    { name: 'a comment that is not there', request: { kind: 'comment', id: '600' }, moment: undefined },
    { name: 'a comment without a time', request: { kind: 'comment', id: '602' }, moment: undefined },
    {
      name: 'a label: the time in its id',
      request: { kind: 'label', id: 'ask-jules/2026-11-20T12:00:00Z' },
      moment: { at: NOW, comment: Number.POSITIVE_INFINITY },
    },
    {
      name: 'a label with a stroke in its name',
      request: { kind: 'label', id: 'ask/jules/2026-11-20T12:00:00Z' },
      moment: { at: NOW, comment: Number.POSITIVE_INFINITY },
    },
    { name: 'a label without a time', request: { kind: 'label', id: 'ask-jules/' }, moment: undefined },
    { name: 'a label with something else', request: { kind: 'label', id: 'ask-jules' }, moment: undefined },
    { name: 'a prompt', request: { kind: 'prompt', id: '900' }, moment: undefined },
    ...(['line', 'review', 'tick'] as const).map((kind) => ({
      name: `a ${kind}: the time in its id, and no place among the comments of the thread`,
      request: { kind, id: '601/2026-11-20T12:00:00Z' },
      moment: { at: NOW, comment: Number.POSITIVE_INFINITY },
    })),
    { name: 'a review without a time', request: { kind: 'review', id: '601/' }, moment: undefined },
  ]
  test.each(rows)('$name', ({ request, moment }) => {
    expect(momentOf({ ...request, hash: 'aa' }, comments)).toEqual(moment)
  })
})

describe('T-21 what was said before it', () => {
  const counts = (one: Said, comment = 601) => saidBefore({ at: NOW, comment }, [one], '/jules').length === 1
  test.each([
    { name: 'a second before', one: said(500, { created: NOW - 1000 }), is: true },
    { name: 'in the same second', one: said(500, { created: NOW }), is: false },
    { name: 'a second later', one: said(500, { created: NOW + 1000 }), is: false },
    { name: 'changed a second before', one: said(500, { updated: NOW - 1000 }), is: true },
    { name: 'changed in the same second', one: said(500, { updated: NOW }), is: false },
    { name: 'changed later', one: said(500, { updated: NOW + 1000 }), is: false },
    { name: 'with a higher id than the command', one: said(602), is: false },
    { name: 'the command itself', one: said(601), is: false },
    { name: 'without a time', one: said(500, { created: Number.NaN, updated: Number.NaN }), is: false },
    { name: 'without the time of its change', one: said(500, { updated: Number.NaN }), is: false },
    { name: 'of a deleted account', one: said(500, { author: undefined }), is: false },
    { name: 'a command', one: said(500, { body: '/jules fix it' }), is: false },
    { name: 'an unclear command', one: said(500, { body: '/jules stpo' }), is: false },
    { name: 'a word that begins like the command', one: said(500, { body: '/julesx fix it' }), is: true },
    { name: 'a quoted command', one: said(500, { body: '> /jules fix it' }), is: true },
  ])('$name: $is', ({ one, is }) => {
    expect(counts(one)).toBe(is)
  })

  test('for a label every id counts', () => {
    expect(counts(said(9_999), Number.POSITIVE_INFINITY)).toBe(true)
  })

  test('it is told oldest first, in whatever order it was read', () => {
    const read = [said(3), said(1), said(2)]
    expect(saidBefore({ at: NOW, comment: 601 }, read, '/jules').map(({ id }) => id)).toEqual([1, 2, 3])
  })

  test('its authors are each named once, whoever spoke last first', () => {
    const comments = [1, 2, 1, 3, 2].map((author, at) => said(at, { author: person(author) }))
    expect(authorsOf(comments).map(({ id }) => id)).toEqual([2, 3, 1])
    expect(comments.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4])
  })
})

describe('what of it is quoted', () => {
  const by = (id: number, author: number, body = `c${id}`) => said(id, { author: person(author), body })
  const everybody = [1, 2, 3, 4, 5, 6, 7]
  const rows = [
    { name: 'nothing of nothing', comments: [], passing: everybody, quotes: [], leftOut: 0 },
    { name: 'all, oldest first', comments: [by(1, 1), by(2, 2)], passing: [1, 2], quotes: ['c1', 'c2'], leftOut: 0 },
    {
      name: 'only of those who pass, and others are not even counted',
      comments: [by(1, 1), by(2, 2), by(3, 1)],
      passing: [1],
      quotes: ['c1', 'c3'],
      leftOut: 0,
    },
    {
      name: 'five authors, those who spoke last; their earlier words stay',
      comments: [by(1, 7), by(2, 1), by(3, 2), by(4, 3), by(5, 4), by(6, 5), by(7, 6), by(8, 2)],
      passing: everybody,
      quotes: ['c3', 'c4', 'c5', 'c6', 'c7', 'c8'],
      leftOut: 2,
    },
    {
      name: 'as much as there is room for, whole comments only',
      comments: [by(1, 1, 'a'), by(2, 1, 'b'.repeat(15 * KIB)), by(3, 1, 'c'.repeat(10 * KIB)), by(4, 1, 'd')],
      passing: everybody,
      quotes: ['c'.repeat(10 * KIB), 'd'],
      leftOut: 2,
    },
    {
      name: 'exactly as much as there is room for',
      comments: [by(1, 1, 'a'), by(2, 1, 'b'.repeat(10 * KIB)), by(3, 1, 'c'.repeat(10 * KIB))],
      passing: everybody,
      quotes: ['b'.repeat(10 * KIB), 'c'.repeat(10 * KIB)],
      leftOut: 1,
    },
  ]
  test.each(rows)('$name', ({ comments, passing, quotes, leftOut }) => {
    const chosen = chooseQuotes({ comments, passing })
    expect(chosen.quotes.map(({ text }) => text)).toEqual(quotes)
    expect(chosen.leftOut).toBe(leftOut)
  })

  test.each([
    { name: 'ASCII', body: 'x'.repeat(30 * KIB), kept: 20 * KIB },
    { name: 'characters of four bytes', body: `x${'😀'.repeat(10 * KIB)}`, kept: 20 * KIB - 3 },
    { name: 'more than anybody reads', body: 'x'.repeat(250 * KIB), kept: 20 * KIB },
  ])('the newest alone is cut at 20 KiB where it is longer: $name', ({ body, kept }) => {
    const { quotes, leftOut } = chooseQuotes({ comments: [by(1, 1), by(2, 1, body)], passing: [1] })
    expect(quotes).toMatchObject([{ cut: true }])
    expect(Buffer.byteLength(quotes[0]?.text ?? '')).toBe(kept)
    expect(quotes[0]?.text.isWellFormed()).toBe(true)
    expect(leftOut).toBe(1)
  })

  test('T-30 what is hidden in it takes no room, is not told, and is counted', () => {
    const { quotes } = chooseQuotes({
      comments: [by(1, 1, 'a'), by(2, 1, `b<!-- ${'x'.repeat(30 * KIB)} -->`)],
      passing: [1],
    })
    expect(quotes).toMatchObject([
      { text: 'a', cut: false },
      { text: 'b', cut: false, cleaned: { hidden: 30 * KIB + 9 } },
    ])
  })
})
