import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const CLI = new URL('../../emulator/cli.ts', import.meta.url).pathname

function start(...options: string[]) {
  const child = spawn(process.execPath, [CLI, ...options], { stdio: ['ignore', 'pipe', 'pipe'] })
  const output = { out: '', err: '' }
  child.stdout.on('data', (part: Buffer) => {
    output.out += part.toString()
  })
  child.stderr.on('data', (part: Buffer) => {
    output.err += part.toString()
  })
  return { child, output }
}

/** Waits for the first line and answers the address in it. */
async function listening({ child, output }: ReturnType<typeof start>): Promise<string> {
  await once(child.stdout, 'data')
  const url = /^Jules emulator listening on (http:\/\/127\.0\.0\.1:\d+\/v1alpha)\n/.exec(output.out)?.[1]
  if (url === undefined) throw new Error(`It said: ${output.out}${output.err}`)
  return url
}

async function post(url: string, body: object) {
  const answer = await fetch(url, { method: 'POST', headers: { 'x-goog-api-key': 'any' }, body: JSON.stringify(body) })
  return { status: answer.status, text: await answer.text() }
}

async function ended(child: ChildProcess): Promise<unknown> {
  const [code] = await once(child, 'close')
  return code
}

test('it listens, logs every call, and stops cleanly when interrupted', async () => {
  const { child, output } = start('--port', '0', '--source', 'acme/gadgets', '--speed', '60', '--key', 'secret-key')
  await once(child.stdout, 'data')
  const url = /^Jules emulator listening on (http:\/\/127\.0\.0\.1:\d+\/v1alpha)\n$/.exec(output.out)?.[1]
  const get = (key: string) => fetch(`${url}/sources/github/acme/gadgets`, { headers: { 'x-goog-api-key': key } })
  expect((await get('secret-key')).status).toBe(200)
  expect((await get('other-key')).status).toBe(401)
  child.kill('SIGINT')
  expect(await ended(child)).toBe(0)
  const lines = output.out.trimEnd().split('\n').slice(1)
  expect(lines).toEqual([
    expect.stringMatching(/^\d\d:\d\d:\d\d GET \/v1alpha\/sources\/github\/acme\/gadgets 200 sources\.get$/),
    expect.stringMatching(/ 401 sources\.get$/),
  ])
  expect(output).toMatchObject({ err: '' })
  expect(output.out).not.toContain('secret-key')
})

test('--help says what can be chosen', async () => {
  const { child, output } = start('--help')
  expect(await ended(child)).toBe(0)
  expect(output.out).toContain('--scenario <name or file>')
  expect(output.out).toContain('late-pull-request')
  expect(output.out).toContain('curl http://127.0.0.1:8788/v1alpha/sessions')
})

test.each([
  { options: ['--port', 'eighty'], says: '--port is "eighty"' },
  { options: ['--speed', '-1'], says: "'--speed' argument is ambiguous" },
  { options: ['--speed=fast'], says: '--speed is "fast"' },
  { options: ['--naming', 'dots'], says: '--naming is "dots"; it has to be slash or dashed.' },
  { options: ['--daily-limit', 'few'], says: '--daily-limit is "few"' },
  { options: ['--quota-refusal', 'rude'], says: 'it has to be failed-precondition or exhausted.' },
  { options: ['--scenario', 'none.yml'], says: 'The scenario none.yml cannot be read: there is no such file here.' },
  { options: ['--scenario', 'magic'], says: 'There is no scenario "magic"' },
  { options: ['--source', 'widgets'], says: '--source is "widgets"' },
  { options: ['--wat'], says: "Unknown option '--wat'" },
  { options: ['--port'], says: 'argument missing' },
])('$options is refused with a sentence', async ({ options, says }) => {
  const { child, output } = start(...options)
  expect(await ended(child)).toBe(2)
  expect(output.err).toContain(says)
  expect(output.err).toContain('Try --help.')
})

test('it does what a file says, on a clock that is moved by hand, in the manner that was asked for', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'scenario-'))
  const file = join(folder, 'mine.yml')
  writeFileSync(file, 'about: Mine.\nsteps:\n  - { after: 50, do: complete }\n')
  const manners = ['--naming', 'dashed', '--empty-bodies', '--concurrent-limit', '1', '--quota-refusal', 'exhausted']
  const { child, output } = start('--port', '0', '--speed', '0', '--scenario', file, '--quiet', ...manners)
  const url = await listening({ child, output })
  const sourceContext = { source: 'sources/github-acme-widgets', githubRepoContext: { startingBranch: 'main' } }
  const created = await post(`${url}/sessions`, { prompt: 'Fix it', sourceContext })
  expect(created.status).toBe(200)
  expect((await post(`${url}/sessions`, { prompt: 'Fix it' })).status).toBe(429)
  await post(url.replace('v1alpha', 'emulator/clock'), { seconds: 60 })
  const read = await fetch(`${url}/${JSON.parse(created.text).name}`, { headers: { 'x-goog-api-key': 'any' } })
  expect(await read.json()).toMatchObject({ state: 'COMPLETED' })
  const message = `${url}/${JSON.parse(created.text).name}:sendMessage`
  expect(await post(message, { prompt: 'Thanks' })).toEqual({ status: 200, text: '' })
  child.kill('SIGTERM')
  expect(await ended(child)).toBe(0)
  expect(output.out.split('\n')).toHaveLength(2)
  rmSync(folder, { recursive: true })
})

test('a source may name its branches', async () => {
  const { child, output } = start('--port', '0', '--source', 'acme/gadgets@trunk,dev')
  const url = await listening({ child, output })
  const answer = await fetch(`${url}/sources/github/acme/gadgets`, { headers: { 'x-goog-api-key': 'any' } })
  expect(await answer.json()).toMatchObject({
    githubRepo: {
      defaultBranch: { displayName: 'trunk' },
      branches: [{ displayName: 'trunk' }, { displayName: 'dev' }],
    },
  })
  child.kill('SIGINT')
  expect(await ended(child)).toBe(0)
})

test('every mistake of a scenario file is told with its place', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'scenario-'))
  const file = join(folder, 'broken.yml')
  writeFileSync(file, 'about: Broken.\nsteps:\n  - { after: -1, do: complete }\n  - { after: 1, do: sing }\n')
  const { child, output } = start('--port', '0', '--scenario', file, '--scenario', 'magic')
  expect(await ended(child)).toBe(2)
  expect(output).toEqual({
    out: '',
    err: expect.stringMatching(/broken\.yml:3:14: .+\n.+broken\.yml:4:21: .+\nThere is no scenario "magic"/),
  })
  rmSync(folder, { recursive: true })
})

test('it stops cleanly although a client hangs, and outlives one that has stopped reading its lines', async () => {
  const { child, output } = start('--port', '0')
  const url = await listening({ child, output })
  child.stdout.destroy()
  const admin = url.replace('v1alpha', 'emulator/faults')
  await post(admin, { route: 'sessions.list', phase: 'before', act: { kind: 'slow', ms: 3_600_000 } })
  const hanging = fetch(`${url}/sessions`, { headers: { 'x-goog-api-key': 'any' } })
  await fetch(`${url}/sources`, { headers: { 'x-goog-api-key': 'any' } })
  child.kill('SIGTERM')
  await expect(hanging).rejects.toThrow()
  expect(await ended(child)).toBe(0)
})

test('a port that is taken is told, not thrown', async () => {
  const first = start('--port', '0')
  await once(first.child.stdout, 'data')
  const port = /:(\d+)\//.exec(first.output.out)?.[1] ?? ''
  const second = start('--port', port)
  expect(await ended(second.child)).toBe(1)
  expect(second.output.err).toMatch(/^Port \d+ is taken already\. Choose another one with --port, or 0 for any\.\n$/)
  first.child.kill('SIGINT')
  expect(await ended(first.child)).toBe(0)
})
