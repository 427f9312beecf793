import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startClock } from '../../emulator/clock.ts'
import { endOrphans } from '../../emulator/runner/orphans.ts'
import { type ActionRun, cleanUp, startAction } from '../../emulator/runner/process.ts'
import { makeAction, printed } from './runner-action.ts'

const action = makeAction()

afterAll(() => {
  cleanUp()
  action.remove()
})

function runOf(given: Partial<ActionRun> = {}): ActionRun {
  return {
    action: action.folder,
    inputs: {},
    event: { name: 'issues', payload: { action: 'labeled' } },
    repository: 'acme/widgets',
    repositoryId: 7,
    actor: 'ana',
    runId: '42',
    token: 'ghs_token',
    apiUrl: 'http://127.0.0.1:1',
    clock: startClock({ speed: 20, epoch: Date.UTC(2026, 7, 24) }),
    ...given,
  }
}

test('the process gets the runner’s environment and nothing of ours', async () => {
  process.env.LEFT_OVER = 'from the test'
  const result = await startAction(runOf({ environment: { EXTRA: 'yes' } })).done
  delete process.env.LEFT_OVER
  const environment = JSON.parse(printed(result.stdout, 'environment'))
  expect(environment).toMatchObject({
    CI: 'true',
    EXTRA: 'yes',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'ana',
    GITHUB_API_URL: 'http://127.0.0.1:1',
    GITHUB_EVENT_NAME: 'issues',
    GITHUB_GRAPHQL_URL: 'http://127.0.0.1:1/graphql',
    GITHUB_REF_NAME: 'main',
    GITHUB_REPOSITORY: 'acme/widgets',
    GITHUB_REPOSITORY_ID: '7',
    GITHUB_REPOSITORY_OWNER: 'acme',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '42',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_TRIGGERING_ACTOR: 'ana',
    GITHUB_ACTION: '__self',
    GITHUB_ACTION_REF: '',
    GITHUB_REF_PROTECTED: 'false',
    HOME: join(result.folder, '..', 'home'),
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    RUNNER_OS: 'Linux',
    RUNNER_TEMP: result.folder,
  })
  const known = /^(PATH|HOME|CI|EXTRA|(GITHUB|RUNNER|INPUT)_.+)$/
  expect(Object.keys(environment).filter((name) => !known.test(name))).toEqual([])
  expect(JSON.parse(readFileSync(environment.GITHUB_EVENT_PATH, 'utf8'))).toEqual({ action: 'labeled' })
  expect(printed(result.stdout, 'folder')).toBe(environment.GITHUB_WORKSPACE)
  expect(result).toMatchObject({ code: 0, signal: null, stderr: '' })
})

test('every declared input is there, under the runner’s names', async () => {
  const run = runOf({ inputs: { 'Jules-API-Key': ' k ', stray: '1' }, nodeArguments: ['--no-warnings'] })
  const result = await startAction(run).done
  const environment = JSON.parse(printed(result.stdout, 'environment'))
  const inputs = Object.entries(environment).filter(([name]) => name.startsWith('INPUT_'))
  expect(Object.fromEntries(inputs)).toEqual({
    INPUT_DO: 'report',
    'INPUT_JULES-API-KEY': ' k ',
    'INPUT_JULES-API-URL': '',
    INPUT_MODE: 'auto',
    INPUT_STRAY: '1',
    INPUT_TOKEN: 'ghs_token',
    INPUT_TWO_WORDS: '',
  })
  expect(result.annotations).toEqual([
    {
      level: 'warning',
      message:
        "Unexpected input(s) 'stray', valid inputs are ['do', 'jules-api-key', 'jules-api-url', 'mode', 'token', 'two words']",
    },
  ])
  expect(JSON.parse(printed(result.stdout, 'arguments'))).toContain('--no-warnings')
})

test('commands, files, masks and outputs are read as the runner reads them', async () => {
  const lines: string[] = []
  const result = await startAction(runOf({ inputs: { do: 'speak' }, onLine: (line) => lines.push(line) })).done
  expect(result).toMatchObject({
    code: 3,
    environmentFile: 'A=1\n',
    masks: ['hush'],
    outputs: { plain: '1=2', block: 'a\n\nEND of b', printed: 'yes' },
    pathFile: '/somewhere\n',
    summary: '# Done\n',
  })
  expect(result.annotations).toEqual(
    expect.arrayContaining([
      { level: 'notice', message: 'two\nlines' },
      { level: 'error', message: 'heard' },
    ]),
  )
  expect(result.annotations.map(({ level }) => level).toSorted()).toEqual(['error', 'notice', 'warning'])
  expect(result.commands).toContainEqual({
    command: 'notice',
    properties: { title: 'a,b', file: 'x.ts' },
    value: 'two\nlines',
  })
  expect(lines).toEqual(expect.arrayContaining(['::add-mask::***', 'say ***', 'next line', '  ::error::heard']))
  expect(result.stdout).toContain('say hush')
})

test('an output file that cannot be read is an error of the step', async () => {
  const result = await startAction(runOf({ inputs: { do: 'break' } })).done
  expect(result.outputs).toEqual({})
  expect(result.annotations.map((one) => one.message)).toEqual([
    "Unable to process file command 'output' successfully.",
    "Invalid format 'no delimiter'",
  ])
})

function whenReady(given: Partial<ActionRun>): Promise<ReturnType<typeof startAction>> {
  return new Promise((resolve) => {
    const started = startAction(runOf({ ...given, onLine: (line) => line === 'ready' && resolve(started) }))
  })
}

test('cancelling asks first: a process that ends at SIGINT ends with its own code', async () => {
  const started = await whenReady({ inputs: { do: 'polite' } })
  started.cancel()
  expect(await started.done).toMatchObject({ code: 130, signal: null })
})

test('cancelling insists: SIGTERM after 7.5 s, the kill 2.5 s later, in emulated time', async () => {
  const clock = startClock({ speed: 20 })
  const started = await whenReady({ inputs: { do: 'stubborn' }, clock })
  const start = clock.now()
  started.cancel()
  started.cancel()
  const result = await started.done
  const took = clock.now() - start
  expect(result).toMatchObject({ code: null, signal: 'SIGKILL' })
  expect(result.stdout.match(/SIGINT/g)).toHaveLength(1)
  const between = Number(printed(result.stdout, 'SIGTERM')) - Number(printed(result.stdout, 'SIGINT'))
  expect(between).toBeGreaterThan(5_000)
  expect(between).toBeLessThan(15_000)
  expect(took).toBeGreaterThanOrEqual(10_000)
  expect(took).toBeLessThan(25_000)
})

test('the process lives in the emulated time', async () => {
  const clock = startClock({ speed: 20, epoch: Date.UTC(2030, 0, 1) })
  const started = await whenReady({ inputs: { do: 'polite' }, clock })
  started.cancel()
  const told = Number(printed((await started.done).stdout, 'SIGINT'))
  expect(Math.abs(clock.now() - told)).toBeLessThan(10_000)
})

test('an action runs on this repository’s own Node, with the workflow’s `env:` below the runner’s names', async () => {
  const env = {
    GITHUB_TOKEN: 'own',
    GITHUB_REPOSITORY: 'other/one',
    CI: 'no',
    INPUT_DO: 'break',
    MINE: '1',
    PATH: '/a',
  }
  const run = runOf({
    env,
    paths: ['/b', '/c'],
    state: { Seen: 'yes' },
    debug: true,
    reference: 'acme/tool@v1',
    step: 'it',
  })
  const result = await startAction(run).done
  expect(JSON.parse(printed(result.stdout, 'environment'))).toMatchObject({
    GITHUB_TOKEN: 'own',
    GITHUB_REPOSITORY: 'acme/widgets',
    CI: 'no',
    INPUT_DO: 'report',
    MINE: '1',
    PATH: '/c:/b:/a',
    STATE_Seen: 'yes',
    RUNNER_DEBUG: '1',
    GITHUB_ACTION: 'it',
    GITHUB_ACTION_REPOSITORY: 'acme/tool',
    GITHUB_ACTION_REF: 'v1',
  })
  expect(printed(result.stdout, 'version')).toMatch(/^v24\./)
})

test('a process that keeps the output open is not waited for longer than five seconds', async () => {
  const clock = startClock({ speed: 50 })
  const start = clock.now()
  const result = await startAction(runOf({ inputs: { do: 'leave' }, clock, trackingId: 'kept' })).done
  expect(result).toMatchObject({ code: 0, signal: null })
  expect(clock.now() - start).toBeGreaterThanOrEqual(5_000)
  const left = Number(printed(result.stdout, 'left'))
  expect(() => process.kill(left, 0)).not.toThrow()
  endOrphans('kept')
  while (isAlive(left)) await new Promise((resolve) => setTimeout(resolve, 5))
})

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

test('a killed process says so, and its folder stays until it is cleaned up', async () => {
  const started = await whenReady({ inputs: { do: 'stubborn' } })
  started.kill('SIGKILL')
  const result = await started.done
  expect(result.signal).toBe('SIGKILL')
  expect(existsSync(join(result.folder, '_runner_file_commands'))).toBe(true)
  cleanUp()
  expect(existsSync(result.folder)).toBe(false)
})

test('a folder without action.yml is named', () => {
  expect(() => startAction(runOf({ action: '/nowhere' }))).toThrow('There is no action.yml in /nowhere.')
})
