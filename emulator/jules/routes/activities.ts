/** `activities.list` and `activities.get`. */
import type { Request, Route } from '../../server.ts'
import type { Account } from '../account.ts'
import { activityFilter } from '../filter.ts'
import { firstFrom } from '../first-from.ts'
import { allowParameters, cutPage } from '../query.ts'
import { notFound } from '../refusal.ts'
import type { Activity } from '../resource.ts'
import { type Nanos, parseTimestamp } from '../timestamp.ts'

/** Read once, for a long list is looked through at every call. */
const times = new WeakMap<Activity, Nanos>()

function timeOf(activity: Activity): Nanos {
  const time = times.get(activity) ?? parseTimestamp(activity.createTime) ?? 0n
  times.set(activity, time)
  return time
}

export function activityRoutes(account: Account): Route[] {
  return [
    {
      name: 'activities.list',
      method: 'GET',
      pattern: '/v1alpha/sessions/:id/activities',
      handle: (request) => list(account, request),
    },
    {
      name: 'activities.get',
      method: 'GET',
      pattern: '/v1alpha/sessions/:id/activities/:activity',
      handle: ({ query, params }) => {
        allowParameters(query, [])
        const { activities } = account.read(params.id ?? '')
        const activity = activities.find(({ id }) => id === params.activity)
        if (activity === undefined) throw notFound()
        return { body: activity }
      },
    },
  ]
}

/** Oldest first; the token is the time of the page's last activity, in nanoseconds. */
function list(account: Account, { query, params }: Request) {
  allowParameters(query, ['pageSize', 'pageToken', 'filter'])
  const { activities } = account.read(params.id ?? '')
  const filter = query.get('filter') ?? ''
  const matches = filter.trim() === '' ? () => true : activityFilter(filter)
  const { items, nextPageToken } = cutPage(activities, (activity) => matches(timeOf(activity)), {
    query,
    usual: 50,
    token: (last) => String(timeOf(last)),
    start: (token) => {
      if (!/^\d{1,19}$/.test(token)) return undefined
      return firstFrom(activities, (activity) => timeOf(activity) > BigInt(token))
    },
  })
  return { body: { ...(items.length > 0 && { activities: items }), ...(nextPageToken !== '' && { nextPageToken }) } }
}
