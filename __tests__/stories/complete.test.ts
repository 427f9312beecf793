/** The stories are all there: every row of what a followed session can come to, and everything that can be said. */
import { readFileSync } from 'node:fs'
import { VERBS } from '../../src/core/intent/command.ts'
import { fileOf, namesOfStories, readScript } from '../support/stories/script.ts'

const stories = namesOfStories().map(readScript)

/** What a follower can see, in the order of the design's table, and words by which the thread or a run tells of it. */
const SEEN = {
  QUEUED: 'The session is queued at Jules',
  PLANNING: 'Jules is making a plan',
  IN_PROGRESS: '⏳ Jules is working',
  'unknown state': 'state `RUMINATING`',
  'a pull request while it works': 'and works on',
  AWAITING_PLAN_APPROVAL: 'waits for your approval',
  AWAITING_USER_FEEDBACK: 'Jules has a question',
  PAUSED: 'The session is paused',
  'COMPLETED with a pull request': '✅ Jules opened [pull request #2]',
  'COMPLETED with a patch only': 'but opened no pull request',
  'open question': 'Jules stopped with a question',
  'plan never approved': 'nobody has approved it so far',
  'COMPLETED with nothing': 'changed nothing',
  FAILED: 'The session failed',
  'no activity for 15 minutes': 'no activity for more than 15 minutes',
  '404 three times': 'The session is gone',
}

test('there are enough of them, and each says what it is about', () => {
  expect(stories.length).toBeGreaterThanOrEqual(30)
  expect(stories.filter(({ about, events }) => about.length < 20 || events.length === 0)).toEqual([])
})

test.each(Object.entries(SEEN))('a story shows: %s', (row, words) => {
  const told = stories
    .filter(({ shows }) => shows.includes(row))
    .map(({ name }) => ['runs.md', 'thread.md'].map((file) => readFileSync(fileOf(name, file), 'utf8')).join('\n'))
  expect(told.filter((text) => text.includes(words))).not.toEqual([])
})

test('no story shows what the table does not have', () => {
  expect(stories.flatMap(({ shows }) => shows).filter((row) => !Object.hasOwn(SEEN, row))).toEqual([])
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
