import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

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
  expect(output.out).toContain('--scenario <name>')
  expect(output.out).toContain('late-pull-request')
})

test.each([
  { options: ['--port', 'eighty'], says: '--port is "eighty"' },
  { options: ['--speed', '0'], says: '--speed is "0"' },
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

test('a port that is taken is told, not thrown', async () => {
  const first = start('--port', '0')
  await once(first.child.stdout, 'data')
  const port = /:(\d+)\//.exec(first.output.out)?.[1] ?? ''
  const second = start('--port', port)
  expect(await ended(second.child)).toBe(1)
  expect(second.output.err).toBe('That port is taken already. Choose another one with --port, or 0 for any.\n')
  first.child.kill('SIGINT')
  expect(await ended(first.child)).toBe(0)
})
