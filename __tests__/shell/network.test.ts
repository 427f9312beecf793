/** The way out to the network, against servers that misbehave. */
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { githubClient } from '../../src/shell/github/client.ts'
import { julesClient } from '../../src/shell/jules/client.ts'
import { exchange, NetworkError } from '../../src/shell/network.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const call = { method: 'GET', headers: { 'x-goog-api-key': 'canary' }, timeoutMs: 5000, limitBytes: 1024 * 1024 }

async function kindOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => new Error('It succeeded.'),
    (caught: unknown) => caught,
  )
  return error instanceof NetworkError ? error.kind : String(error)
}

const REDIRECTS = [301, 302, 303, 307, 308].flatMap((status) => ['GET', 'POST'].map((method) => ({ status, method })))
test.each(REDIRECTS)(
  'T-110 a $status after $method is not followed: the other server hears nothing',
  async ({ status, method }) => {
    let heard = 0
    const other = await serve((_, answer) => {
      heard += 1
      answer.end()
    })
    const url = await serve((_, answer) => answer.writeHead(status, { location: other }).end())

    expect(await kindOf(exchange(url, { ...call, method, body: method === 'POST' ? '{}' : undefined }))).toBe('moved')
    expect(heard).toBe(0)
  },
)

const STALLS: { name: string; listener: RequestListener }[] = [
  { name: 'before the headers', listener: () => {} },
  { name: 'after the headers', listener: (_, answer) => answer.writeHead(200).flushHeaders() },
  { name: 'in the middle of the body', listener: (_, answer) => answer.writeHead(200).write('{"a":') },
]
test.each(STALLS)('T-138 a server that stalls $name is left at the deadline', async ({ listener }) => {
  const url = await serve(listener)
  const started = performance.now()

  expect(await kindOf(exchange(url, { ...call, timeoutMs: 300 }))).toBe('timeout')
  expect(performance.now() - started).toBeLessThan(600)
})

test('T-137 a small body that unpacks to a huge one is cut off while it comes', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
  const url = await serve((_, answer) => answer.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
  const before = process.memoryUsage().rss

  expect(await kindOf(exchange(url, call))).toBe('too-large')
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024)
})

test('a connection that is refused was surely never sent', async () => {
  const url = await serve(() => {})
  const [server] = servers.splice(0)
  await new Promise((resolve) => server?.close(resolve))

  expect(await kindOf(exchange(url, call))).toBe('refused')
})

test('a cancelled call says so', async () => {
  const url = await serve(() => {})

  expect(await kindOf(exchange(url, { ...call, signal: AbortSignal.timeout(50) }))).toBe('cancelled')
})

test('https_proxy is honoured, and no_proxy too', async () => {
  const asked: string[] = []
  const proxy = await serve((_, answer) => answer.end())
  servers.at(-1)?.on('connect', (request, socket) => {
    asked.push(request.url ?? '')
    socket.end('HTTP/1.1 502 No\r\n\r\n')
  })
  process.env.https_proxy = proxy
  process.env.no_proxy = 'direct.invalid'
  try {
    await kindOf(exchange('https://jules.invalid/v1alpha/sessions', call))
    await kindOf(exchange('https://direct.invalid/', { ...call, timeoutMs: 1000 }))
  } finally {
    delete process.env.https_proxy
    delete process.env.no_proxy
  }
  expect(asked).toEqual(['jules.invalid:443'])
})

test('F-42 an address that is none was surely never asked', async () => {
  expect(await kindOf(exchange('nowhere', call))).toBe('refused')
})

const FAULTS: { name: string; kind: string; at(): Promise<string> }[] = [
  { name: 'a name that is not known', kind: 'refused', at: async () => 'http://jules.invalid' },
  {
    name: 'a port that nobody listens on',
    kind: 'refused',
    at: async () => {
      const url = await serve(() => {})
      const [server] = servers.splice(-1)
      await new Promise((resolve) => server?.close(resolve))
      return url
    },
  },
  {
    name: 'TLS to a server without it',
    kind: 'reset',
    at: async () => (await serve(() => {})).replace('http:', 'https:'),
  },
  { name: 'a cut before the headers', kind: 'reset', at: () => serve(({ socket }) => socket.destroy()) },
  {
    name: 'a cut in the body',
    kind: 'reset',
    at: () =>
      serve((_, answer) => {
        answer.writeHead(200, { 'content-length': '9' }).write('{')
        setTimeout(() => answer.destroy(), 20)
      }),
  },
  {
    name: 'a body that does not unpack',
    kind: 'reset',
    at: () => serve((_, answer) => answer.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip')),
  },
  {
    name: 'no HTTP at all',
    kind: 'reset',
    at: () => serve(({ socket }) => socket.end('SSH-2.0-OpenSSH_9.9\r\n')),
  },
  { name: 'a redirect', kind: 'moved', at: () => serve((_, answer) => answer.writeHead(302, { location: '/' }).end()) },
]
describe('F-42 a fault of the network is one typed error of either service', () => {
  test.each(FAULTS)('$name: $kind', async ({ kind, at }) => {
    const url = await at()
    const passing = kind !== 'moved'
    expect(await kindOf(exchange(url, call))).toBe(kind)
    const patience = { left: () => 0, pause: async () => {}, spend: () => false, random: () => 0 }
    const signal = new AbortController().signal
    const jules = julesClient({ url, key: 'canary', patience, signal })
    const github = githubClient({ url, token: 'canary', repository: 'a/b', patience, signal })
    const facts = { status: 0, code: kind, passing }
    const read = jules.read('sessions.get', 'sessions/1')
    await expect(read).rejects.toMatchObject({ facts: { ...facts, party: 'jules', unsure: false } })
    // Whoever was never reached, or points elsewhere, has done nothing.
    const unsure = kind === 'reset'
    const write = jules.write('sessions.create', 'POST', 'sessions', {})
    await expect(write).rejects.toMatchObject({ facts: { ...facts, unsure } })
    const comment = github.once('issues.get', (octokit) =>
      octokit.rest.issues.get({ owner: 'a', repo: 'b', issue_number: 1 }),
    )
    await expect(comment).rejects.toMatchObject({ facts: { ...facts, party: 'github', unsure } })
  })
})
