/** A list of activities of which some are too large to be read, and what our client makes of it. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Activity } from '../../src/core/session.ts'
import { listActivities } from '../../src/shell/jules/read.ts'
import { clientFor } from './jules-server.ts'

/** What the client has asked for. */
export const asked: URL[] = []
export function queryOf(request: IncomingMessage): URLSearchParams {
  const url = new URL(request.url ?? '', 'http://localhost')
  asked.push(url)
  return url.searchParams
}
const MEBIBYTE = 1024 * 1024
const LARGE = Buffer.alloc(33 * MEBIBYTE, 'A')

/** JSON in which each `@@` stands for more than a page may hold; it is sent piece by piece, for to join it takes a second. */
function sendLarge(answer: ServerResponse, json: string): void {
  const [first = '', ...others] = json.split('@@')
  answer.write(first)
  for (const other of others) {
    answer.write(LARGE)
    answer.write(other)
  }
  answer.end()
}

/** A session's activities, of which the numbers in `large` weigh so much that no page with one of them can be read. */
export async function activitiesWith({ count = 250, large = [] as number[], mask = true }) {
  const items = Array.from({ length: count }, (_, at) => ({
    name: `sessions/1/activities/a${at}`,
    createTime: `2026-11-20T12:00:00.${String(at).padStart(6, '0')}Z`,
    originator: 'agent',
    progressUpdated: { title: `Step ${at}` },
    ...(large.includes(at) && { artifacts: [{ media: { mimeType: 'image/png', data: '@@' } }] }),
  }))
  const client = await clientFor((request, answer) => {
    const query = queryOf(request)
    const from = Number(query.get('pageToken') ?? 0)
    const until = from + Number(query.get('pageSize'))
    const nextPageToken = until < items.length ? String(until) : undefined
    if (query.has('fields') && !mask) answer.writeHead(400)
    const page = query.has('fields') ? { nextPageToken } : { activities: items.slice(from, until), nextPageToken }
    sendLarge(answer, JSON.stringify(page))
  })
  const heard: Activity[] = []
  const leftOut: string[] = []
  await listActivities(client, '1', '', {
    take: (page) => heard.push(...page),
    leaveOut: (place) => leftOut.push(place),
  })
  return { ids: heard.map(({ id }) => Number(id.slice(1))), leftOut }
}

export const upTo = (count: number) => Array.from({ length: count }, (_, at) => at)
