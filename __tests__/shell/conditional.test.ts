/** Lists that are asked for again and again: with the tag of the last answer, and with that answer where nothing has changed. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { conditional } from '../../src/shell/github/conditional.ts'
import { exchange } from '../../src/shell/network.ts'

let server: Server
let body = 'one'
let tag: string | undefined
let status = 200
const heard: (string | undefined)[] = []

beforeEach(async () => {
  heard.length = 0
  ;[body, tag, status] = ['one', '"1"', 200]
  server = createServer((request, response) => {
    const known = request.headers['if-none-match']
    heard.push(known)
    const same = known !== undefined && known === tag
    response.writeHead(same ? 304 : status, { date: 'Fri, 20 Nov 2026 12:00:00 GMT', ...(tag && { etag: tag }) })
    response.end(same ? '' : body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

const list = '/repos/acme/widgets/issues/1/comments?per_page=100&since=2026-11-20T12%3A00%3A00Z'
const asker = () => {
  const ask = conditional(exchange)
  return async (path = list, method = 'GET') => {
    const { port } = server.address() as AddressInfo
    const reply = await ask(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {},
      timeoutMs: 5000,
      limitBytes: 1000,
    })
    return [reply.status, reply.text, reply.headers.get('date')]
  }
}
const date = 'Fri, 20 Nov 2026 12:00:00 GMT'

test('F-44 nothing has changed: the kept answer, with the new date; something has: the new answer', async () => {
  const ask = asker()
  expect([await ask(), await ask(), await ask()]).toEqual([
    [200, 'one', date],
    [200, 'one', date],
    [200, 'one', date],
  ])
  ;[body, tag] = ['two', 'W/"2"']
  expect([await ask(), await ask()]).toEqual([
    [200, 'two', date],
    [200, 'two', date],
  ])
  expect(heard).toEqual([undefined, '"1"', '"1"', '"1"', 'W/"2"'])
})

test.each([
  { name: 'another list', path: list.replace('/1/', '/2/'), method: 'GET' },
  { name: 'another time', path: list.replace('12%3A00', '12%3A01'), method: 'GET' },
  { name: 'not a list since a time', path: '/repos/acme/widgets/issues/1', method: 'GET' },
  { name: 'a write', path: list, method: 'POST' },
])('$name: asked for without a tag', async ({ path, method }) => {
  const ask = asker()
  await ask()
  expect(await ask(path, method)).toEqual([200, 'one', date])
  expect(heard).toEqual([undefined, undefined])
})

test('an answer without a tag, or that is an error, is not kept', async () => {
  const ask = asker()
  tag = undefined
  await ask()
  ;[tag, status] = ['"1"', 502]
  await ask()
  status = 200
  await ask()
  expect(heard).toEqual([undefined, undefined, undefined])
})
