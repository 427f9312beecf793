import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Activity, parseUnidiff } from '@google/jules-sdk'
import { type Connected, connectClient, sessionOf, takeAll, WIDGETS } from './sdk-client.ts'

let connected: Connected
beforeEach(async () => {
  connected = await connectClient()
})
afterEach(() => connected.stop())

/** The artifacts of a session that has run to its end. */
async function artifactsOf(prompt: string): Promise<Activity['artifacts']> {
  const { id } = await connected.client.run({ prompt, source: WIDGETS })
  connected.clock.move(300_000)
  return (await takeAll(sessionOf(connected.client, id).history())).flatMap(({ artifacts }) => artifacts)
}

test('change sets can be parsed, and the last one is the whole change', async () => {
  const changes = (await artifactsOf('Fix it')).filter((artifact) => artifact.type === 'changeSet')
  expect(changes.length).toBeGreaterThan(1)
  expect(changes.at(-1)?.parsed()).toEqual({
    files: [
      { path: 'src/due-label.js', changeType: 'modified', additions: 8, deletions: 3 },
      { path: 'test/due-label.test.js', changeType: 'modified', additions: 5, deletions: 6 },
    ],
    summary: { totalFiles: 2, created: 0, modified: 2, deleted: 0 },
  })
  const [{ changeSet } = {}] = connected.jules.sessions()[0]?.outputs ?? []
  expect(parseUnidiff(changeSet?.gitPatch.unidiffPatch)).toEqual(changes.at(-1)?.parsed().files)
  expect(changes.at(-1)).toMatchObject({
    source: 'sources/github/acme/widgets',
    gitPatch: {
      baseCommitId: expect.stringMatching(/^[0-9a-f]{40}$/),
      suggestedCommitMessage: expect.stringMatching(/^Make the date test deterministic\n/),
    },
  })
})

test('the output of a command', async () => {
  const [failing] = (await artifactsOf('Fix it')).filter((artifact) => artifact.type === 'bashOutput')
  expect(failing).toMatchObject({ command: "faketime '22:30' npm test", exitCode: 1, stderr: '' })
  expect(String(failing)).toMatch(/^\$ faketime '22:30' npm test\n✖ .*\n[\s\S]*\n\[exit code: 1\]$/)
})

test('media can be saved and shown', async () => {
  const [picture] = (await artifactsOf('Look at it. [scenario: media]')).filter(({ type }) => type === 'media')
  if (picture?.type !== 'media') throw new Error('There is no picture.')
  const file = join(connected.folder, 'picture.png')
  await picture.save(file)
  expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG')
  expect(picture.toUrl()).toBe(`data:image/png;base64,${readFileSync(file).toString('base64')}`)
})

test('a snapshot tells the whole session', async () => {
  const { id } = await connected.client.run({ prompt: 'Fix it', title: 'Dates', source: WIDGETS })
  connected.clock.move(300_000)
  const snapshot = await connected.client.session(id).snapshot()
  expect(snapshot.pr?.url).toBe('https://github.com/acme/widgets/pull/1')
  expect(snapshot.durationMs).toBeGreaterThan(120_000)
  expect(snapshot.insights).toMatchObject({ completionAttempts: 1, planRegenerations: 1, userInterventions: 0 })
  expect(snapshot.generatedFiles.all()).toHaveLength(2)
  expect(snapshot.toMarkdown()).toMatch(/^# Session: Dates\n\*\*Status\*\*: `completed`[\s\S]*Plan with 4 steps/)
})
