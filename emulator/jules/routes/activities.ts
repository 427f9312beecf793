/** `activities.list` and `activities.get`. */
import type { Request, Route } from '../../server.ts'
import type { Account } from '../account.ts'
import { activityFilter } from '../filter.ts'
import { allowParameters, cutPage } from '../query.ts'
import { notFound } from '../refusal.ts'
import type { Activity } from '../resource.ts'
import { parseTimestamp } from '../timestamp.ts'

const timeOf = (activity: Activity) => parseTimestamp(activity.createTime) ?? 0n

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
        const { activities } = account.find(params.id ?? '')
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
  const { activities } = account.find(params.id ?? '')
  const filter = query.get('filter') ?? ''
  const matches = filter.trim() === '' ? () => true : activityFilter(filter)
  const { items, nextPageToken } = cutPage(
    activities.filter((activity) => matches(timeOf(activity))),
    {
      query,
      usual: 50,
      token: (last) => String(timeOf(last)),
      follows: (token) => (/^\d{1,19}$/.test(token) ? (activity) => timeOf(activity) > BigInt(token) : undefined),
    },
  )
  return { body: { ...(items.length > 0 && { activities: items }), ...(nextPageToken !== '' && { nextPageToken }) } }
}
