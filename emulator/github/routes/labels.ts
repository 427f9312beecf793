/** Labels of the repository and of its threads. */

import type { Request } from '../../server.ts'
import { addLabel, createLabel, removeLabel } from '../acts/thread.ts'
import { canMakeLabels, READ_THREAD, type Token, WRITE_LABELS, writeThread } from '../permission.ts'
import { invalid, notFound, refusal } from '../refusal.ts'
import { renderLabel, renderLabels } from '../render/issue.ts'
import { findLabel, findThread, type Store, type Thread } from '../store.ts'
import { pageOf } from './page.ts'
import { fieldOf, REPOSITORY, type Spec, textOf, threadAt, type Visit } from './plan.ts'

const OF_THREAD = `${REPOSITORY}/issues/:number/labels`

/** Reading, making, adding and removing labels. */
export const LABEL_ROUTES: Spec[] = [
  {
    name: 'issues.listLabelsOnIssue',
    method: 'GET',
    pattern: OF_THREAD,
    need: READ_THREAD,
    handle: listOfThread,
  },
  {
    name: 'issues.addLabels',
    method: 'POST',
    pattern: OF_THREAD,
    need: (store, request) => writeThread(store, Number(request.params.number)),
    role: 'triage',
    handle: addLabels,
  },
  {
    name: 'issues.removeLabel',
    method: 'DELETE',
    pattern: `${OF_THREAD}/:name*`,
    need: (store, request) => writeThread(store, Number(request.params.number)),
    role: 'triage',
    handle: takeLabel,
  },
  {
    name: 'issues.createLabel',
    method: 'POST',
    pattern: `${REPOSITORY}/labels`,
    need: WRITE_LABELS,
    role: 'write',
    handle: postLabel,
  },
  {
    name: 'issues.getLabel',
    method: 'GET',
    pattern: `${REPOSITORY}/labels/:name*`,
    need: READ_THREAD,
    handle: ({ store, request }) => {
      const label = findLabel(store, request.params.name ?? '')
      if (label === undefined) throw notFound()
      return { body: renderLabel(store.repository, label) }
    },
  },
]

const LONGEST_NAME = 50
const MOST_LABELS = 100

/** The names that a call gives; those that the repository does not have take the right to make them. */
export function namesIn(request: Request, store: Store, token: Token): string[] {
  const given = Array.isArray(request.body) ? request.body : fieldOf(request, 'labels')
  if (!Array.isArray(given)) throw invalid('Label', 'labels', 'missing_field')
  const names = given.map((label: unknown): unknown =>
    typeof label === 'string' ? label : Reflect.get(Object(label), 'name'),
  )
  const good = names.filter((name) => typeof name === 'string').filter((name) => name !== '')
  if (good.length < names.length) throw invalid('Label', 'name', 'invalid')
  const long = good.find((name) => name.length > LONGEST_NAME)
  if (long !== undefined) throw invalid('Label', 'name', 'invalid', undefined, { value: long })
  if (good.some((name) => findLabel(store, name) === undefined) && !canMakeLabels(token)) throw mayNotMakeLabels()
  return good
}

/** A thread has room for so many labels only. */
export function demandRoom(names: string[]): void {
  if (new Set(names.map((name) => name.toLowerCase())).size > MOST_LABELS) throw invalid('Issue', 'labels', 'invalid')
}

function mayNotMakeLabels() {
  const errors = [{ resource: 'Repository', field: 'label', code: 'unauthorized' }]
  return refusal(403, 'You do not have permission to create labels on this repository.', { errors })
}

function listOfThread(visit: Visit) {
  const { number } = threadAt(visit)
  const store = visit.listed()
  const thread: Thread | undefined = findThread(store, number)
  return pageOf(visit.request, thread === undefined ? [] : renderLabels(store, thread), (label) => label)
}

function addLabels(visit: Visit) {
  const { store, world, request, token } = visit
  const thread = threadAt(visit)
  const names = namesIn(request, store, token)
  demandRoom([...thread.labels, ...names])
  for (const name of names) addLabel(world, token.actor, thread, name)
  return { body: renderLabels(store, thread) }
}

function takeLabel(visit: Visit) {
  const thread = threadAt(visit)
  const name = visit.request.params.name ?? ''
  if (!removeLabel(visit.world, visit.token.actor, thread, name)) throw refusal(404, 'Label does not exist')
  return { body: renderLabels(visit.store, thread) }
}

function postLabel({ store, request }: Visit) {
  const name = textOf(request, 'name', 'Label')
  if (name === '' || name.length > LONGEST_NAME) throw invalid('Label', 'name', 'invalid')
  const color = fieldOf(request, 'color') ?? 'ededed'
  const description = fieldOf(request, 'description') ?? null
  if (typeof color !== 'string' || !/^[0-9a-f]{6}$/i.test(color)) throw invalid('Label', 'color', 'invalid')
  if (description !== null && (typeof description !== 'string' || description.length > 100))
    throw invalid('Label', 'description', 'invalid')
  if (findLabel(store, name) !== undefined) throw invalid('Label', 'name', 'already_exists')
  const body = renderLabel(store.repository, createLabel(store, { name, color, description }))
  return { status: 201, headers: { location: body.url }, body }
}
