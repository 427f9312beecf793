/** Labels of the repository and of its threads. */
import { addLabel, createLabel, removeLabel } from '../acts/thread.ts'
import { READ_THREAD, WRITE_LABELS, writeThread } from '../permission.ts'
import { invalid, notFound, refusal } from '../refusal.ts'
import { renderLabel, renderLabels } from '../render/issue.ts'
import { findLabel } from '../store.ts'
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
    handle: (visit) => pageOf(visit.request, renderLabels(visit.store, threadAt(visit)), (label) => label),
  },
  {
    name: 'issues.addLabels',
    method: 'POST',
    pattern: OF_THREAD,
    need: (store, request) => writeThread(store, Number(request.params.number)),
    handle: addLabels,
  },
  {
    name: 'issues.removeLabel',
    method: 'DELETE',
    pattern: `${OF_THREAD}/:name*`,
    need: (store, request) => writeThread(store, Number(request.params.number)),
    handle: takeLabel,
  },
  {
    name: 'issues.createLabel',
    method: 'POST',
    pattern: `${REPOSITORY}/labels`,
    need: WRITE_LABELS,
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

function addLabels(visit: Visit) {
  const { store, world, request, token } = visit
  const thread = threadAt(visit)
  const given = Array.isArray(request.body) ? request.body : fieldOf(request, 'labels')
  if (!Array.isArray(given)) throw invalid('Label', 'labels', 'missing_field')
  const names = given.map((label: unknown) => (typeof label === 'string' ? label : Reflect.get(Object(label), 'name')))
  if (!names.every((name) => typeof name === 'string' && name !== '')) throw invalid('Label', 'name', 'invalid')
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
  const color = fieldOf(request, 'color') ?? 'ededed'
  const description = fieldOf(request, 'description') ?? null
  if (typeof color !== 'string' || !/^[0-9a-f]{6}$/i.test(color)) throw invalid('Label', 'color', 'invalid')
  if (description !== null && (typeof description !== 'string' || description.length > 100))
    throw invalid('Label', 'description', 'invalid')
  if (findLabel(store, name) !== undefined) throw invalid('Label', 'name', 'already_exists')
  const body = renderLabel(store.repository, createLabel(store, { name, color, description }))
  return { status: 201, headers: { location: body.url }, body }
}
