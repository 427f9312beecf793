import { lighten } from '../../../src/core/decision/activities/media.ts'
import type { Activity } from '../../../src/core/session.ts'
import { activity, ago } from '../builders.ts'

const at = (id: string, age: number, over: Partial<Activity> = {}) => activity({ id, at: ago(age), ...over })
const picture = { mimeType: 'image/png', data: 'QUJD' }

describe('what weighs in activities', () => {
  test.each([
    { name: 'none of them has a patch', given: ['', ''], kept: ['', ''] },
    { name: 'one has', given: ['', 'a', ''], kept: ['', 'a', ''] },
    { name: 'the newest holds the changes of all', given: ['a', 'b', '', 'c', ''], kept: ['', '', '', 'c', ''] },
  ])('one patch is kept: $name', ({ given, kept }) => {
    const activities = given.map((patch, place) => at(`a${place}`, 1000 - place, { patch }))
    expect(lighten(activities).map(({ patch }) => patch)).toEqual(kept)
  })

  test('the newest by time, whatever their order is', () => {
    const lighter = lighten([at('a1', 0, { patch: 'new' }), at('a2', 1000, { patch: 'old' })])
    expect(lighter.map(({ patch }) => patch)).toEqual(['new', ''])
  })

  test('all else stays: order, words, and media as far as there is room', () => {
    const activities = [at('a1', 2, { patch: 'old', media: [picture] }), at('a2', 1), at('a3', 0, { patch: 'new' })]
    const [first, ...others] = lighten(activities)
    expect(first).toEqual({ ...activities[0], patch: '' })
    expect(others).toEqual(activities.slice(1))
    const many = lighten(Array.from({ length: 25 }, (_, place) => at(`a${place}`, 1000 - place, { media: [picture] })))
    expect(many.map(({ media }) => media.length)).toEqual([...Array(5).fill(0), ...Array(20).fill(1)])
  })
})
