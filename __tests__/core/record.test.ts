import fc from 'fast-check'
import {
  isHandled,
  isNamedHandled,
  isSamePlace,
  type Place,
  placeOf,
  placeOfRequest,
  type RelayRecord,
  withHandled,
} from '../../src/core/record.ts'
import { record } from './builders.ts'

/** The record after all of these have been dealt with, one after the other. */
const handling = (one: RelayRecord, comments: readonly number[], of?: Place['of']): RelayRecord =>
  comments.reduce((before, comment) => withHandled(before, { comment, ...(of && { of }) }), one)

describe('which comments are dealt with', () => {
  const one = record({ handled: 100, handledToo: [105, 110] })
  test.each([
    { name: 'below the watermark', comment: 99, handled: true },
    { name: 'the watermark itself', comment: 100, handled: true },
    { name: 'between', comment: 101, handled: false },
    { name: 'an exception', comment: 105, handled: true },
    { name: 'above', comment: 111, handled: false },
  ])('$name', ({ comment, handled }) => {
    expect(isHandled(one, { comment })).toBe(handled)
  })

  test('named is an exception, and nothing that the watermark covers', () => {
    expect([105, 100, 99, 111].map((comment) => isNamedHandled(one, { comment }))).toEqual([true, false, false, false])
  })

  test('a new one becomes an exception, in order', () => {
    expect(withHandled(one, { comment: 107 })).toEqual({ ...one, handledToo: [105, 107, 110] })
  })

  test('one that is dealt with already changes nothing', () => {
    expect(withHandled(one, { comment: 105 })).toBe(one)
  })

  test('the oldest of too many exceptions becomes the watermark', () => {
    const many = Array.from({ length: 21 }, (_, at) => 200 + at * 2)
    const after = handling(record({ handled: 100, handledToo: [] }), many)
    expect(after).toMatchObject({ handled: 200, handledToo: many.slice(1) })
  })

  test('whatever was dealt with stays so, with at most 20 exceptions', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 90, max: 400 }), { maxLength: 60 }), (comments) => {
        const after = handling(one, comments)
        expect(comments.every((comment) => isHandled(after, { comment }))).toBe(true)
        expect(after.handledToo.length).toBeLessThanOrEqual(20)
      }),
      { numRuns: 500 },
    )
  })
})

const NONE = { line: [], review: [], tick: [] }

describe.each(['line', 'review', 'tick'] as const)('which places of the kind %s are dealt with', (of) => {
  const other = of === 'line' ? 'review' : 'line'
  const known = (...comments: number[]) => record({ handledOn: { ...NONE, [of]: comments } })
  const ten = Array.from({ length: 10 }, (_, at) => 200 + at * 10)

  test.each([
    { name: 'one that is known', one: known(5, 9), comment: 9, handled: true },
    { name: 'one that is not', one: known(5, 9), comment: 7, handled: false },
    { name: 'one below the watermark of comments, which is not theirs', one: known(), comment: 99, handled: false },
    { name: 'an older one, where few are known', one: known(...ten.slice(1)), comment: 199, handled: false },
    { name: 'an older one, where the list is full', one: known(...ten), comment: 199, handled: true },
    { name: 'one between, where the list is full', one: known(...ten), comment: 205, handled: false },
    { name: 'a newer one, where the list is full', one: known(...ten), comment: 291, handled: false },
  ])('$name: $handled', ({ one, comment, handled }) => {
    expect(isHandled(one, { comment, of })).toBe(handled)
  })

  test('F-11 the same number in another kind of place is something else', () => {
    const one = withHandled(record(), { comment: 601, of })
    const places: Place[] = [{ comment: 601, of }, { comment: 601 }, { comment: 601, of: other }]
    expect(places.map((at) => isHandled(one, at))).toEqual([true, false, false])
    expect(isHandled(withHandled(record(), { comment: 601 }), { comment: 601, of })).toBe(false)
  })

  test('named is only what the list holds', () => {
    const one = known(...ten)
    expect([200, 199, 205].map((comment) => isNamedHandled(one, { comment, of }))).toEqual([true, false, false])
    expect(isNamedHandled(one, { comment: 200, of: other })).toBe(false)
  })

  test('of more than ten the newest are kept', () => {
    const after = handling(record(), [...ten, 300, 310], of)
    expect(after.handledOn[of]).toEqual([...ten.slice(2), 300, 310])
  })

  test('in order, each once, and nothing else changes', () => {
    const one = known(5, 9)
    expect(withHandled(one, { comment: 7, of })).toEqual({ ...one, handledOn: { ...one.handledOn, [of]: [5, 7, 9] } })
    expect(withHandled(one, { comment: 9, of })).toBe(one)
  })

  test('whatever was dealt with stays so, with at most ten of them kept', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 60 }), (comments) => {
        const after = handling(record(), comments, of)
        expect(comments.every((comment) => isHandled(after, { comment, of }))).toBe(true)
        expect(after.handledOn[of].length).toBeLessThanOrEqual(10)
        expect({ ...after.handledOn, [of]: [] }).toEqual(NONE)
      }),
      { numRuns: 500 },
    )
  })
})

describe('places', () => {
  test.each<{ name: string; a: Place; b: Place; same: boolean }>([
    { name: 'two comments', a: { comment: 1 }, b: { comment: 1 }, same: true },
    { name: 'other numbers', a: { comment: 1 }, b: { comment: 2 }, same: false },
    { name: 'a comment and a line', a: { comment: 1 }, b: { comment: 1, of: 'line' }, same: false },
    { name: 'a line and a review', a: { comment: 1, of: 'line' }, b: { comment: 1, of: 'review' }, same: false },
    { name: 'two reviews', a: { comment: 1, of: 'review' }, b: { comment: 1, of: 'review' }, same: true },
  ])('$name: the same $same', ({ a, b, same }) => {
    expect(isSamePlace(a, b)).toBe(same)
  })

  test('a place alone, of what holds more', () => {
    const line = { comment: 1, of: 'line', plan: 'p1' } as const
    expect(placeOf(line)).toStrictEqual({ comment: 1, of: 'line' })
    expect(placeOf({ comment: 1 })).toStrictEqual({ comment: 1 })
  })

  const rows: { kind: RelayRecord['request']['kind']; id: string; place: Place | undefined }[] = [
    { kind: 'comment', id: '601', place: { comment: 601 } },
    { kind: 'line', id: '701/2026-11-20T11:58:00Z', place: { comment: 701, of: 'line' } },
    { kind: 'review', id: '801/2026-11-20T11:58:00Z', place: { comment: 801, of: 'review' } },
    { kind: 'label', id: 'ask-jules/2026-11-20T11:58:00Z', place: undefined },
    { kind: 'label', id: '7/2026-11-20T11:58:00Z', place: undefined },
    { kind: 'prompt', id: '900', place: undefined },
    { kind: 'comment', id: 'nobody knows', place: undefined },
    { kind: 'line', id: `${2 ** 60}/x`, place: undefined },
  ]
  test.each(rows)('where a request was written: $kind $id', ({ kind, id, place }) => {
    expect(placeOfRequest({ request: { kind, id, hash: '' } })).toEqual(place)
  })
})
