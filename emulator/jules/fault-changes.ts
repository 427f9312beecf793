/** What can be wrong about an answer that is otherwise right. */
import type { Answer } from '../server.ts'
import { hex } from './identity.ts'
import { formatTimestamp, nanos, parseTimestamp } from './timestamp.ts'

type Values = Record<string, unknown>

/** Other bytes in place of a success; a refusal stays. */
export function plain(text: string, type?: string): (answer: Answer) => Answer {
  return (answer) => (isRefusal(answer) ? answer : { ...(type && { headers: { 'content-type': type } }), text })
}

/** The first half of the JSON. */
export function clipped(answer: Answer): Answer {
  const text = JSON.stringify(answer.body ?? {})
  const headers = { 'content-type': 'application/json; charset=utf-8', ...answer.headers }
  return { status: answer.status ?? 200, headers, text: text.slice(0, Math.ceil(text.length / 2)) }
}

/** The first items of a page, and a token that leads on to the next one. */
export function shortened(answer: Answer, count: number): Answer {
  return onBody(answer, (body) => {
    const [[name, items] = ['', []]] = lists(body)
    const next = items[count]
    if (next === undefined) return body
    return { ...(count > 0 && { [name]: items.slice(0, count) }), nextPageToken: tokenTo(name, next) }
  })
}

function tokenTo(list: string, next: Values): string {
  const time = parseTimestamp(String(next.createTime)) ?? 0n
  if (list === 'activities') return String(time - 1n)
  if (list === 'sessions') return Buffer.from(`before:${time + 1n}`).toString('base64')
  return String(next.id)
}

/** Sessions in this state. */
export function withState(answer: Answer, state: string): Answer {
  return onItems(answer, 'sessions', (sessions) => sessions.map((session) => ({ ...session, state })))
}

/** An activity more, whose event has a key that nobody knows. */
export function withStranger(answer: Answer, given: { event: string; session: string; at: number }): Answer {
  return onBody(answer, (body) => {
    const activities = items(body, 'activities')
    const id = hex(`stranger of ${given.session} after ${activities.at(-1)?.id}`)
    const createTime = activities.at(-1)?.createTime ?? formatTimestamp(nanos(given.at))
    const common = { name: `sessions/${given.session}/activities/${id}`, id, createTime, originator: 'agent' }
    return { ...body, activities: [...activities, { ...common, [given.event]: { level: 7 } }] }
  })
}

/** Activities without an originator. */
export function withoutOriginator(answer: Answer): Answer {
  return onItems(answer, 'activities', (activities) => activities.map(({ originator: _, ...rest }) => rest))
}

/** Every activity twice. */
export function doubled(answer: Answer): Answer {
  return onItems(answer, 'activities', (activities) => activities.flatMap((activity) => [activity, activity]))
}

/** The activities of a page the other way round. */
export function unordered(answer: Answer): Answer {
  return onItems(answer, 'activities', (activities) => activities.toReversed())
}

/** Changes the items of a list, or the one item that the answer is. */
function onItems(answer: Answer, list: string, change: (items: Values[]) => Values[]): Answer {
  return onBody(answer, (body) => {
    if ('name' in body) return change([body])[0] ?? body
    return list in body ? { ...body, [list]: change(items(body, list)) } : body
  })
}

function onBody(answer: Answer, change: (body: Values) => Values): Answer {
  return isRefusal(answer) || !isValues(answer.body) ? answer : { ...answer, body: change(answer.body) }
}

function items(body: Values, list: string): Values[] {
  const found = body[list]
  return Array.isArray(found) ? found.filter(isValues) : []
}

function lists(body: Values): [string, Values[]][] {
  return Object.keys(body).flatMap((name) => (Array.isArray(body[name]) ? [[name, items(body, name)]] : []))
}

function isRefusal({ status = 200 }: Answer): boolean {
  return status >= 300
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
