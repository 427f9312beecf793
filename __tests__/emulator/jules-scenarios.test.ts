import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLibrary } from '../../emulator/jules/scenario-file/library.ts'
import { FILES } from '../support/due-label.ts'
import { type Caller, startCaller } from './jules-caller.ts'

let caller: Caller
beforeEach(async () => {
  caller = await startCaller()
})
afterEach(() => caller.jules.stop())

const WORKING = ['QUEUED', 'PLANNING', 'IN_PROGRESS']
const GATED = ['QUEUED', 'PLANNING', 'AWAITING_PLAN_APPROVAL']

/** The states of the first 700 seconds, what comes out, and the states after a message. */
const PATHS: Record<string, { path: string[]; outputs: string[]; afterMessage: string[]; finally: string[] }> = {
  'automatic-pull-request': settled(['changeSet', 'pullRequest']),
  'ten-minutes': settled(['changeSet', 'pullRequest']),
  'one-hour': { path: WORKING, outputs: [], afterMessage: ['IN_PROGRESS'], finally: [] },
  media: settled(['changeSet', 'pullRequest']),
  'late-pull-request': settled(['changeSet', 'pullRequest']),
  'patch-only': { ...settled(['changeSet']), finally: ['changeSet'] },
  'nothing-done': settled([]),
  failure: { path: [...WORKING, 'FAILED'], outputs: [], afterMessage: ['FAILED'], finally: [] },
  'failure-without-reason': { path: [...WORKING, 'FAILED'], outputs: [], afterMessage: ['FAILED'], finally: [] },
  question: waiting([...WORKING, 'AWAITING_USER_FEEDBACK']),
  pause: waiting([...WORKING, 'PAUSED']),
  stall: waiting(WORKING),
  'open-question': waiting([...WORKING, 'COMPLETED']),
  'plan-gate': waiting([...GATED, 'COMPLETED']),
  'plan-expired': waiting([...GATED, 'COMPLETED']),
  'plan-revised': waiting([...GATED, 'COMPLETED']),
  reopened: {
    ...settled(['changeSet', 'pullRequest']),
    afterMessage: ['COMPLETED', 'PLANNING', 'IN_PROGRESS', 'COMPLETED'],
  },
  frontend: settled(['changeSet', 'pullRequest']),
  'repository-less': { ...settled(['changeSet']), finally: ['changeSet'] },
  'every-kind': {
    ...settled(['changeSet', 'pullRequest']),
    afterMessage: ['COMPLETED', 'IN_PROGRESS', 'FAILED'],
  },
  'ten-thousand-activities': { path: WORKING, outputs: [], afterMessage: ['IN_PROGRESS'], finally: [] },
  'still-working': {
    path: WORKING,
    outputs: ['changeSet', 'pullRequest'],
    afterMessage: ['IN_PROGRESS'],
    finally: ['changeSet', 'pullRequest'],
  },
}

function settled(outputs: string[]) {
  const afterMessage = ['COMPLETED', 'IN_PROGRESS', 'COMPLETED']
  return { path: [...WORKING, 'COMPLETED'], outputs, afterMessage, finally: ['changeSet', 'pullRequest'] }
}

function waiting(path: string[]) {
  const afterMessage = [...new Set([path.at(-1) ?? '', 'IN_PROGRESS']), 'COMPLETED']
  return { path, outputs: [] as string[], afterMessage, finally: ['changeSet', 'pullRequest'] }
}

const kinds = (outputs: object[]) => outputs.flatMap((output) => Object.keys(output))

test('every scenario has its path tested', () => {
  expect(Object.keys(PATHS).sort()).toEqual(
    openLibrary()
      .list()
      .map(({ name }) => name),
  )
})

test.each(Object.keys(PATHS))('%s', async (name) => {
  const id = await caller.create(`Fix the date test [scenario: ${name}]`)
  expect(caller.follow(id, 700)).toEqual(PATHS[name]?.path)
  expect(kinds(caller.state(id).outputs)).toEqual(PATHS[name]?.outputs)
  await caller.call('POST', `/sessions/${id}:sendMessage`, { prompt: 'Go on, please.' })
  expect(caller.follow(id, 300)).toEqual(PATHS[name]?.afterMessage)
  expect(kinds(caller.state(id).outputs)).toEqual(PATHS[name]?.finally)
})

test('a session that works by itself takes about 150 seconds and tells of every step', async () => {
  const id = await caller.create('Fix the date test')
  caller.follow(id, 140)
  expect(caller.state(id)).toMatchObject({ state: 'IN_PROGRESS', outputs: [] })
  caller.follow(id, 20)
  const { activities } = caller.state(id)
  const [plan, approval] = activities
  expect(plan?.planGenerated?.plan.steps).toHaveLength(4)
  expect(plan?.planGenerated?.plan.steps[0]).not.toHaveProperty('index')
  expect(approval).toMatchObject({ originator: 'user', planApproved: { planId: plan?.planGenerated?.plan.id } })
  const gap = Date.parse(approval?.createTime ?? '') - Date.parse(plan?.createTime ?? '')
  expect(gap).toBeGreaterThanOrEqual(1999)
  expect(gap).toBeLessThanOrEqual(2001)
  const runs = activities.flatMap(({ artifacts }) => artifacts ?? []).filter((artifact) => 'bashOutput' in artifact)
  expect(runs).toEqual([
    { bashOutput: expect.objectContaining({ exitCode: 1 }) },
    { bashOutput: { command: expect.any(String), output: expect.any(String) } },
  ])
  expect(activities.at(-1)).toMatchObject({ originator: 'system', sessionCompleted: {} })
  expect(activities.filter(({ originator }) => originator === undefined)).toHaveLength(1)
})

test('the times of activities rise, most with six digits, some with nine', async () => {
  const id = await caller.create('Fix the date test')
  caller.follow(id, 200)
  for (const text of ['one', 'two', 'three']) await caller.call('POST', `/sessions/${id}:sendMessage`, { prompt: text })
  const times = caller.state(id).activities.map(({ createTime }) => createTime)
  const padded = times.map((time) => time.replace('Z', '').padEnd(29, '0'))
  expect([...padded].sort()).toEqual(padded)
  expect(new Set(padded).size).toBe(times.length)
  expect(new Set(times.map((time) => time.length))).toEqual(new Set([27, 30]))
})

test('the patches apply to the files that they are made for', async () => {
  const id = await caller.create('Fix the date test')
  caller.follow(id, 200)
  const first = patchOf(id)
  await caller.call('POST', `/sessions/${id}:sendMessage`, { prompt: 'Test a change of month, too.' })
  caller.follow(id, 200)
  const second = patchOf(id)
  expect(second).not.toBe(first)
  for (const patch of [first, second]) {
    expect(patch.match(/^diff --git /gm)).toHaveLength(2)
    expect(() => applyPatch(patch)).not.toThrow()
  }
})

test('a failure gives its reason in an activity, or does not', async () => {
  const told = await caller.create('[scenario: failure]')
  const silent = await caller.create('[scenario: failure-without-reason]')
  caller.clock.move(300_000)
  const last = caller.state(told).activities.at(-1)
  expect(last?.sessionFailed?.reason).toContain('npm ci ended with exit code 1')
  expect(caller.events(silent)).not.toContain('sessionFailed')
})

test('a failed session records a message and stays as it is', async () => {
  const id = await caller.create('[scenario: failure]')
  caller.clock.move(300_000)
  expect((await caller.call('POST', `/sessions/${id}:sendMessage`, { prompt: 'Again' })).status).toBe(200)
  caller.clock.move(300_000)
  expect(caller.events(id).at(-1)).toBe('userMessaged')
  expect(caller.state(id).state).toBe('FAILED')
})

test('a failed session can refuse a message instead', async () => {
  const strict = await startCaller({ failedSessions: 'refuse' })
  const id = await strict.create('[scenario: failure-without-reason]')
  strict.clock.move(300_000)
  const before = strict.events(id)
  const reply = await strict.call('POST', `/sessions/${id}:sendMessage`, { prompt: 'Again' })
  expect(reply).toMatchObject({ status: 400, body: { error: { status: 'FAILED_PRECONDITION' } } })
  expect(strict.events(id)).toEqual(before)
  await strict.jules.stop()
})

test('the pull request of late-pull-request comes 40 seconds after the end', async () => {
  const id = await caller.create('[scenario: late-pull-request]')
  while (caller.state(id).state !== 'COMPLETED') caller.clock.move(1000)
  caller.clock.move(37_000)
  expect(kinds(caller.state(id).outputs)).toEqual(['changeSet'])
  caller.clock.move(4_000)
  expect(kinds(caller.state(id).outputs)).toEqual(['changeSet', 'pullRequest'])
})

test('a picture is among the artifacts of media', async () => {
  const id = await caller.create('[scenario: media]')
  caller.clock.move(300_000)
  const media = caller.state(id).activities.flatMap(({ artifacts }) => artifacts ?? [])
  const picture = media.find((artifact) => 'media' in artifact)?.media
  expect(picture?.mimeType).toBe('image/png')
  expect(
    Buffer.from(picture?.data ?? '', 'base64')
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')
})

test('ten thousand activities are caught up with at once, and told page by page', async () => {
  const id = await caller.create('[scenario: ten-thousand-activities]')
  caller.clock.move(9 * 3_600_000)
  const before = performance.now()
  expect((await caller.call('GET', `/sessions/${id}`)).body).toMatchObject({ state: 'COMPLETED' })
  expect(performance.now() - before).toBeLessThan(4000)
  expect(caller.state(id).activities).toHaveLength(10_000)
  const { body } = await caller.call('GET', `/sessions/${id}/activities?pageSize=100`)
  expect(body.activities).toHaveLength(100)
  expect(caller.state(id).activities[9997]?.progressUpdated?.title).toBe('Looked at line 9996 of 9996')
})

test('every-kind has every event, and artifacts with members missing as they were written', async () => {
  const id = await caller.create('[scenario: every-kind]')
  caller.clock.move(300_000)
  await caller.call('POST', `/sessions/${id}:sendMessage`, { prompt: 'Go on, please.' })
  caller.clock.move(300_000)
  expect(new Set(caller.events(id))).toEqual(
    new Set([
      ...['planGenerated', 'planApproved', 'userMessaged', 'agentMessaged', 'progressUpdated'],
      ...['somethingNew', 'none', 'sessionCompleted', 'sessionFailed'],
    ]),
  )
  const { activities } = caller.state(id)
  expect(activities.map(({ originator }) => originator)).toContain(undefined)
  const artifacts = activities.flatMap((activity) => activity.artifacts ?? [])
  const source = 'sources/github/acme/widgets'
  expect(artifacts).toEqual(
    expect.arrayContaining([
      { changeSet: { source } },
      { changeSet: { source, gitPatch: {} } },
      { changeSet: { source, gitPatch: { unidiffPatch: '', suggestedCommitMessage: 'Nothing' } } },
      { bashOutput: { command: 'npm test', output: '1 passed' } },
      { bashOutput: {} },
      {},
      { somethingNew: { anything: true } },
    ]),
  )
})

test('a repository-less session completes with a change set of no repository', async () => {
  const { body } = await caller.call('POST', '/sessions', { prompt: '[scenario: repository-less] Write a haiku' })
  caller.clock.move(300_000)
  const gitPatch = { unidiffPatch: expect.stringContaining('+++ b/haiku.md'), suggestedCommitMessage: 'Add a haiku' }
  expect(caller.state(String(body.id)).outputs).toEqual([{ changeSet: { source: 'sources/github/', gitPatch } }])
})

function patchOf(id: string): string {
  return caller.state(id).outputs[0]?.changeSet?.gitPatch.unidiffPatch ?? ''
}

function applyPatch(patch: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'jules-patch-'))
  try {
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(join(folder, path, '..'), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    execFileSync('git', ['apply', '--whitespace=error-all', '-'], { cwd: folder, input: patch })
  } finally {
    rmSync(folder, { recursive: true })
  }
}
