/** Words that are too long for Jules: it gets their first part, and whoever wrote them is told. */
import { useStage } from '../support/stage/use-stage.ts'
import { bodyOf, ended, julesCalls, notes, runsOf, type Told, tell, tracking, verdict } from '../support/story.ts'

const stage = useStage()

const SENTENCE = 'The text of the command was longer than 60 KiB, so Jules got only its first part.'
/** Two bytes each: few enough letters for a comment, too many bytes for a command. */
const LONG = `Straße ${'ß'.repeat(31_000)}`
const promptOf = (world: Told, route: string) => String(bodyOf(julesCalls(world, route).at(-1)).prompt)
const bytes = (text: string) => Buffer.byteLength(text)

test('a start with too long a text: Jules gets 60 KiB of it, and the comment and the summary say so', async () => {
  const world = await tell({ start: stage.start, inputs: { 'wait-minutes': '0' } })
  world.github.comment(world.ann, world.issue, `/jules new ${LONG}`)
  const run = await ended(world, 'issue_comment')

  expect(verdict(run)).toBe('running/handed-over')
  const [words = ''] = promptOf(world, 'sessions.create').split('\n')
  expect([words.slice(0, 7), words.includes('\ufffd')]).toEqual(['Straße ', false])
  expect(bytes(words)).toBeGreaterThan(60 * 1024 - 8)
  expect(bytes(words)).toBeLessThanOrEqual(60 * 1024)
  expect(tracking(world)).toEqual([expect.stringContaining(SENTENCE)])
  expect(run.result.summary).toContain(SENTENCE)
})

test('a message with too long a text is cut and said to be; the next one is whole, and nothing is said', async () => {
  const world = await tell({ start: stage.start, scenario: 'question' })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await ended(world, 'issues')
  expect(tracking(world)[0]).not.toContain(SENTENCE)
  world.github.comment(world.ann, world.issue, `/jules reply ${LONG}`)
  const run = await ended(world, 'issue_comment')

  expect(verdict(run)).toBe('pull-request/completed')
  expect(bytes(promptOf(world, 'sessions.sendMessage').split('\n')[0] ?? '')).toBeLessThanOrEqual(60 * 1024)
  expect(tracking(world)).toEqual([expect.stringContaining(SENTENCE)])
  expect(run.result.summary).toContain(SENTENCE)

  world.github.comment(world.ann, world.issue, '/jules short')
  await runsOf(world)
  expect(tracking(world)[0]).not.toContain(SENTENCE)
})

test('on the pull request of a session the short answer says it', async () => {
  const world = await tell({ start: stage.start })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await ended(world, 'issues')
  world.github.comment(world.ann, 2, `/jules ${LONG}`)
  await ended(world, 'issue_comment')

  expect(notes(world, 2)).toEqual([expect.stringContaining(SENTENCE)])
})
