import { readFileSync } from 'node:fs'
import { startWorld } from '../../emulator/world.ts'
import { printed } from './runner-action.ts'
import { commentsIn, endWorlds, environmentOf, onComments, removeFiles, worldOf } from './runner-world.ts'

afterEach(endWorlds)
afterAll(removeFiles)

test('a label starts the action with key, address and event', async () => {
  const lines: string[] = []
  const world = await worldOf({
    julesKey: 'a-key',
    inputs: { 'poll-seconds': '1' },
    onLine: (line) => lines.push(line),
  })
  const ana = world.github.person('ana', 'write')
  const { number } = world.github.openIssue(ana, { title: 'A flaky test' })
  world.github.label(ana, number, 'ask-jules')
  await world.runner.idle()
  const [run, ...others] = world.runner.runs
  expect(others).toEqual([])
  expect(run).toMatchObject({ event: 'issues', action: 'labeled', status: 'completed', conclusion: 'success' })
  const environment = environmentOf(run)
  expect(environment).toMatchObject({
    'INPUT_JULES-API-KEY': 'a-key',
    'INPUT_JULES-API-URL': world.jules.url,
    'INPUT_POLL-SECONDS': '1',
    INPUT_MODE: 'auto',
    GITHUB_ACTOR: 'ana',
    GITHUB_API_URL: world.github.url,
    GITHUB_JOB: 'jules',
    GITHUB_REPOSITORY_ID: String(world.github.store.repository.id),
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKFLOW: 'Jules',
  })
  const event = JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH ?? '', 'utf8'))
  expect(event).toMatchObject({ action: 'labeled', label: { name: 'ask-jules' }, issue: { number } })
  expect(lines.length).toBeGreaterThan(0)
  expect(world.runner.skipped.map(({ why }) => why)).toEqual([
    'Nothing starts: the workflow does not listen to issues: opened.',
  ])
})

test('the token has the job’s permissions, ends with the job, and what it writes starts nothing', async () => {
  const world = await worldOf({ inputs: { do: 'look' } })
  commentsIn(world, '/jules hello')
  await world.runner.idle()
  const [run, ...others] = world.runner.runs
  expect(others).toEqual([])
  expect(printed(run?.result?.stdout ?? '', 'status')).toBe('201')
  expect(world.github.comments(1).map((comment) => comment.author.login)).toEqual(['ana', 'github-actions[bot]'])
  const authorization = String(world.github.server.calls[0]?.headers.authorization)
  const late = await fetch(`${world.github.url}/repos/acme/widgets/issues/1`, { headers: { authorization } })
  expect(late.status).toBe(401)
})

test('a token without the permission is refused', async () => {
  const world = await worldOf({ workflow: onComments('permissions: { contents: read }'), inputs: { do: 'look' } })
  commentsIn(world, 'x')
  await world.runner.idle()
  expect(printed(world.runner.runs[0]?.result?.stdout ?? '', 'status')).toBe('403')
})

test('a fork’s pull request gets no secret and a token that only reads', async () => {
  const world = await worldOf({ inputs: { do: 'look' } })
  const eve = world.github.person('eve', 'read')
  world.github.openPullRequest(eve, { title: 'Mine', head: 'mine', fork: true })
  await world.runner.idle()
  const [run] = world.runner.runs
  expect(run?.with['jules-api-key']).toBe('')
  expect(printed(run?.result?.stdout ?? '', 'status')).toBe('403')
})

test('a failing program and an unreadable output file fail the run', async () => {
  const world = await worldOf({ workflow: onComments(''), inputs: { do: 'speak' } })
  commentsIn(world, 'go')
  const broken = await worldOf({ workflow: onComments(''), inputs: { do: 'break' } })
  commentsIn(broken, 'go')
  await Promise.all([world.runner.idle(), broken.runner.idle()])
  expect(world.runner.runs[0]).toMatchObject({ conclusion: 'failure', why: 'Ended with exit code 3.' })
  expect(broken.runner.runs[0]).toMatchObject({ conclusion: 'failure', result: { code: 0 } })
})

test('a re-run has the same id, the next attempt and its own triggering actor', async () => {
  const world = await worldOf()
  commentsIn(world, '/jules go')
  await world.runner.idle()
  const [run] = world.runner.runs
  if (run === undefined) throw new Error('No run')
  const again = await world.runner.rerun(run, 'bob')
  expect(again).toMatchObject({ id: run.id, attempt: 2, triggeringActor: 'bob', conclusion: 'success' })
  expect(environmentOf(again)).toMatchObject({
    GITHUB_RUN_ID: run.id,
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_ACTOR: 'ana',
    GITHUB_TRIGGERING_ACTOR: 'bob',
  })
  expect((await world.runner.rerun(again)).attempt).toBe(3)
})

test('the action can be started past the workflow', async () => {
  const world = await worldOf({ speed: 1 })
  const started = world.run(
    { name: 'workflow_dispatch', payload: {} },
    { inputs: { mode: 'doctor' }, actor: 'bob', environment: { GITHUB_SERVER_URL: 'https://ghe.example' } },
  )
  const result = await started.done
  expect(JSON.parse(printed(result.stdout, 'environment'))).toMatchObject({
    INPUT_MODE: 'doctor',
    'INPUT_JULES-API-URL': world.jules.url,
    GITHUB_ACTOR: 'bob',
    GITHUB_EVENT_NAME: 'workflow_dispatch',
    GITHUB_SERVER_URL: 'https://ghe.example',
    GITHUB_REPOSITORY_ID: String(world.github.store.repository.id),
  })
})

test('Jules’s pull request is opened by its app, and the workflow hears of it', async () => {
  const world = await worldOf({ speed: 120, julesKey: 'a-key' })
  const headers = { 'x-goog-api-key': 'a-key', 'content-type': 'application/json' }
  const body = {
    prompt: 'Fix the flaky date test',
    sourceContext: { source: 'sources/github/acme/widgets', githubRepoContext: { startingBranch: 'main' } },
    automationMode: 'AUTO_CREATE_PR',
  }
  const url = `${world.jules.url}/sessions`
  expect((await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status).toBe(200)
  const opened = () => world.runner.runs.length > 0
  while (!opened()) await new Promise((resolve) => setTimeout(resolve, 50))
  await world.runner.idle()
  const [run] = world.runner.runs
  expect(run).toMatchObject({ event: 'pull_request', action: 'opened', conclusion: 'success' })
  const [pull] = world.github.store.threads
  expect(pull).toMatchObject({
    kind: 'pull-request',
    author: { login: 'google-labs-jules[bot]', id: 161_369_871 },
    files: [expect.objectContaining({ status: 'modified' }), expect.objectContaining({ status: 'modified' })],
  })
  expect(pull?.body).toContain('PR created automatically by Jules for task')
  expect(run?.with['jules-api-key']).toBe('a-key')
})

test('a workflow that GitHub would refuse starts no world, and leaves nothing open', async () => {
  await expect(worldOf({ workflow: 'on: push\njobs: {}\n' })).rejects.toThrow('GitHub would refuse this workflow file')
})

test('a world without a workflow rests', async () => {
  const world = await startWorld()
  commentsIn(world, '/jules go')
  await world.runner.idle()
  await world.stop()
  expect(world.runner.runs).toEqual([])
})
