import { digestOf } from '../../../src/core/decision/activities/digest.ts'
import { decodedLength, withNewestMedia } from '../../../src/core/decision/activities/media.ts'
import { decide } from '../../../src/core/decision/decide.ts'
import { storyOf } from '../../../src/core/decision/story.ts'
import { type Activity, NOTHING_LEFT_OUT } from '../../../src/core/session.ts'
import { activity, ago, MINUTE, scene, session, tracked, tracking } from '../builders.ts'

const MEBIBYTE = 1024 * 1024
const small = (name: string) => ({ mimeType: name, data: 'AAAA' })
/** So many mebibytes, decoded. */
const big = (name: string, size: number) => ({ mimeType: name, data: 'A'.repeat((size * MEBIBYTE * 4) / 3) })

/** Activities a minute apart, oldest first. */
function showing(...media: Activity['media'][]): Activity[] {
  return media.map((files, index) =>
    activity({ id: `a${index}`, at: ago((media.length - index) * MINUTE), media: files }),
  )
}

const kept = (activities: readonly Activity[]) => digestOf(activities).media.map(({ mimeType }) => mimeType)

test('what there is room for stays as it is', () => {
  const activities = [...showing([small('a'), small('b')], [], [small('c')])].reverse()
  expect(withNewestMedia(activities)).toEqual(activities)
  expect(kept(activities)).toEqual(['a', 'b', 'c'])
})

test('T-101 the newest twenty are kept, the others counted', () => {
  const activities = showing(...Array.from({ length: 15 }, (_, at) => [small(`${at}a`), small(`${at}b`)]))
  const digest = digestOf(withNewestMedia(activities))
  expect(digest.media).toHaveLength(20)
  expect(digest.media.at(0)?.mimeType).toBe('5a')
  expect(digest.leftOut).toEqual({ ...NOTHING_LEFT_OUT, surplus: 10 })
})

test('T-101 so are the newest 25 MiB; nothing older slips through behind one that finds no room', () => {
  const activities = showing([small('tiny')], [big('large', 9)], [big('middle', 9)], [big('new', 15), small('newest')])
  const lighter = withNewestMedia(activities)
  expect(kept(lighter)).toEqual(['middle', 'new', 'newest'])
  expect(digestOf(lighter).leftOut.surplus).toBe(2)
})

test('asking again changes nothing, whatever comes after', () => {
  const many = Array.from({ length: 25 }, (_, at) => [small(`${at}`)])
  const later = showing(...many, [small('late')])
  const again = withNewestMedia(withNewestMedia(later.slice(0, 25)))
  expect(again).toEqual(withNewestMedia(later.slice(0, 25)))
  expect(digestOf(withNewestMedia([...again, ...later.slice(25)]))).toEqual(digestOf(withNewestMedia(later)))
})

test.each([
  { data: '', length: 0 },
  { data: 'AAAA', length: 3 },
  { data: 'AAA=', length: 2 },
  { data: 'AA==', length: 1 },
  { data: 'AA', length: 1 },
])('$data stands for $length bytes', ({ data, length }) => {
  expect(decodedLength(data)).toBe(length)
})

test('of a session that is not ours no file is told', () => {
  const digest = digestOf(showing([small('a')]))
  const { media, leftOut } = storyOf(scene({ observed: { session: 'foreign', digest } }), {
    outcome: 'failed',
    reason: 'foreign-session',
  })
  expect({ media, leftOut }).toEqual({ media: [], leftOut: NOTHING_LEFT_OUT })
})

test('a comment that shows neither patch nor media is not written again for them', () => {
  const run = { id: '900', attempt: 1 }
  const first = tracked({ tracking: tracking({ run }), observed: { session: session(), thread: undefined } })
  const { story } = decide(first)
  const digest = {
    ...first.observed.digest,
    patch: 'new',
    media: [small('a')],
    leftOut: { ...NOTHING_LEFT_OUT, large: 1 },
  }
  const seen = { ...first.observed, elapsed: 200_000, shown: { story, at: 0 } }
  const second = decide({ ...first, observed: { ...seen, digest } })
  expect(second.story).toMatchObject({ patch: 'new', media: [small('a')] })
  expect(second.effects.filter((effect) => effect.do === 'write')).toEqual([])
  const shown = { story: { ...story, progressCount: 7 }, at: 0 }
  expect(decide({ ...first, observed: { ...seen, shown } }).effects.map((effect) => effect.do)).toContain('write')
})
