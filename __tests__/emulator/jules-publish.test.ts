import { setTimeout as pause } from 'node:timers/promises'
import { startClock } from '../../emulator/clock.ts'
import type { JulesOptions } from '../../emulator/jules/index.ts'
import { type Caller, startCaller } from './jules-caller.ts'

type Opened = Parameters<NonNullable<JulesOptions['openPullRequest']>>[0]

let caller: Caller
afterEach(() => caller.jules.stop())

async function startWithGitHub(options: Partial<JulesOptions> = {}) {
  const opened: Opened[] = []
  caller = await startCaller({
    openPullRequest: async (request) => {
      opened.push(request)
      await pause(5)
      return { url: 'https://github.com/acme/widgets/pull/13' }
    },
    ...options,
  })
  return opened
}

test('the pull request is opened with branch, footer and patch, and told in the outputs', async () => {
  const opened = await startWithGitHub()
  const id = await caller.create('Fix the date test. Write "Fixes #12" into the description.')
  caller.clock.move(200_000)
  expect(caller.state(id)).toMatchObject({ state: 'IN_PROGRESS', outputs: [] })
  await caller.jules.settled()
  const session = caller.state(id)
  expect(session.state).toBe('COMPLETED')
  expect(session.outputs.map((output) => Object.keys(output))).toEqual([['changeSet'], ['pullRequest']])
  const head = `fix-date-test-${id}`
  expect(session.outputs[1]?.pullRequest).toEqual({
    url: 'https://github.com/acme/widgets/pull/13',
    title: 'Make the date test deterministic',
    description: expect.stringMatching(/Fixes #12$/),
    baseRef: 'main',
    headRef: head,
  })
  expect(opened).toEqual([
    {
      owner: 'acme',
      repo: 'widgets',
      base: 'main',
      head,
      title: 'Make the date test deterministic',
      body: expect.stringContaining(`for task [${id}](https://jules.google.com/task/${id}) started by @acme`),
      session: id,
      patch: session.outputs[0]?.changeSet?.gitPatch.unidiffPatch,
    },
  ])
})

test('without AUTO_CREATE_PR nothing is opened', async () => {
  const opened = await startWithGitHub()
  const id = await caller.create('Fix it', { automationMode: 'AUTOMATION_MODE_UNSPECIFIED' })
  caller.clock.move(200_000)
  await caller.jules.settled()
  expect(opened).toEqual([])
  expect(caller.state(id)).toMatchObject({ state: 'COMPLETED', outputs: [{ changeSet: {} }] })
})

test('a second turn brings more into the same pull request', async () => {
  const opened = await startWithGitHub()
  const id = await caller.create('Fix it')
  caller.clock.move(200_000)
  await caller.jules.settled()
  const before = caller.state(id)
  await caller.call('POST', `/sessions/${id}:sendMessage`, { prompt: 'Test a change of month, too.' })
  caller.clock.move(200_000)
  await caller.jules.settled()
  const after = caller.state(id)
  expect(after.state).toBe('COMPLETED')
  expect(after.activities.length).toBeGreaterThan(before.activities.length)
  expect(after.outputs[0]).not.toEqual(before.outputs[0])
  expect(after.outputs[1]?.pullRequest?.url).toBe(before.outputs[1]?.pullRequest?.url)
  expect(opened).toHaveLength(1)
})

test('a second turn pushes the whole patch once more, to the same branch', async () => {
  const updated: Parameters<NonNullable<JulesOptions['updatePullRequest']>>[0][] = []
  const opened = await startWithGitHub({
    updatePullRequest: async (update) => {
      await pause(5)
      updated.push(update)
    },
  })
  const id = await caller.create('Fix it')
  caller.clock.move(200_000)
  await caller.jules.settled()
  await caller.call('POST', `/sessions/${id}:sendMessage`, { prompt: 'Test a change of month, too.' })
  caller.clock.move(200_000)
  await caller.jules.settled()
  const { state, outputs } = caller.state(id)
  expect(state).toBe('COMPLETED')
  expect(updated).toEqual([
    {
      ...opened[0],
      url: 'https://github.com/acme/widgets/pull/13',
      patch: outputs[0]?.changeSet?.gitPatch.unidiffPatch,
      body: expect.stringContaining('A further test covers a change of month.'),
    },
  ])
  expect(updated[0]?.patch).not.toBe(opened[0]?.patch)
})

test('two sessions invent two pull requests where there is no GitHub', async () => {
  caller = await startCaller()
  const ids = [await caller.create('one'), await caller.create('two')]
  caller.clock.move(200_000)
  expect(ids.map((id) => caller.state(id).outputs[1]?.pullRequest?.url)).toEqual([
    'https://github.com/acme/widgets/pull/1',
    'https://github.com/acme/widgets/pull/2',
  ])
})

test('a pull request that cannot be opened fails the session and says why', async () => {
  await startWithGitHub({ openPullRequest: () => Promise.reject(new Error('The base branch is gone.')) })
  const id = await caller.create('Fix it')
  caller.clock.move(200_000)
  await caller.jules.settled()
  expect(caller.state(id).state).toBe('FAILED')
  expect(caller.state(id).activities.at(-1)?.sessionFailed?.reason).toContain('The base branch is gone.')
})

test('a deleted session opens no pull request any more', async () => {
  const opened = await startWithGitHub()
  const id = await caller.create('Fix it')
  await caller.call('DELETE', `/sessions/${id}`)
  caller.clock.move(200_000)
  await caller.jules.settled()
  expect(opened).toEqual([])
})

test('pull requests are opened at their time even when nobody looks', async () => {
  const opened = await startWithGitHub({ clock: startClock({ speed: 2000 }) })
  await caller.create('Fix it')
  for (let waited = 0; opened.length === 0 && waited < 5000; waited += 20) await pause(20)
  expect(opened).toHaveLength(1)
})

test('after a move by hand due pull requests are opened even when nobody looks', async () => {
  const opened = await startWithGitHub()
  await caller.create('Fix it')
  caller.clock.move(200_000)
  for (let waited = 0; opened.length === 0 && waited < 5000; waited += 20) await pause(20)
  expect(opened).toHaveLength(1)
})
