/** The stories are all there: every row of what a followed session can come to, and everything that can be said. */
import { VERBS } from '../../src/core/intent/command.ts'
import { namesOfStories, readScript } from '../support/stories/script.ts'

const stories = namesOfStories().map(readScript)

/** What a follower can see, in the order of the design's table. */
const SEEN = [
  'QUEUED',
  'IN_PROGRESS',
  'unknown state',
  'a pull request while it works',
  'AWAITING_PLAN_APPROVAL',
  'AWAITING_USER_FEEDBACK',
  'PAUSED',
  'COMPLETED with a pull request',
  'COMPLETED with a patch only',
  'open question',
  'plan never approved',
  'COMPLETED with nothing',
  'FAILED',
  'no activity for 15 minutes',
  '404 three times',
]

test('there are enough of them, and each says what it is about', () => {
  expect(stories.length).toBeGreaterThanOrEqual(30)
  expect(stories.filter(({ about, events }) => about.length < 20 || events.length === 0)).toEqual([])
})

test.each(SEEN)('a story shows: %s', (row) => {
  expect(stories.filter(({ shows }) => shows.includes(row))).not.toEqual([])
})

test('no story shows what the table does not have', () => {
  expect(stories.flatMap(({ shows }) => shows).filter((row) => !SEEN.includes(row))).toEqual([])
})

const said = stories.flatMap(({ events }) => events.map(({ more }) => JSON.stringify(more ?? '')))

test.each(VERBS)('somebody says /jules %s', (verb) => {
  expect(said.filter((text) => text.includes(`/jules ${verb}`))).not.toEqual([])
})

test.each(['--branch', '--title', '--no-pr'])('somebody uses %s', (flag) => {
  expect(said.filter((text) => text.includes(flag))).not.toEqual([])
})

test('somebody says /jules and nothing else, and somebody free words', () => {
  expect(said).toContain('"/jules"')
  expect(said).toContain('"/jules use UTC"')
})
