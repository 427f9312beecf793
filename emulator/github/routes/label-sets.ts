/** All labels at once: those of the repository, and those of a thread. */
import { READ_THREAD, writeThread } from '../permission.ts'
import { renderLabel, renderLabels } from '../render/issue.ts'
import { demandRoom, namesIn } from './labels.ts'
import { pageOf } from './page.ts'
import { REPOSITORY, type Spec, threadAt, type Visit } from './plan.ts'
import { replaceLabels } from './threads.ts'

const OF_THREAD = `${REPOSITORY}/issues/:number/labels`

/** Listing, replacing and removing them. */
export const LABEL_SET_ROUTES: Spec[] = [
  {
    name: 'issues.listLabelsForRepo',
    method: 'GET',
    pattern: `${REPOSITORY}/labels`,
    need: READ_THREAD,
    handle: ({ request, store, listed }) =>
      pageOf(request, listed().labels, (label) => renderLabel(store.repository, label)),
  },
  {
    name: 'issues.setLabels',
    method: 'PUT',
    pattern: OF_THREAD,
    need: (store, request) => writeThread(store, Number(request.params.number)),
    role: 'triage',
    handle: (visit) => {
      const thread = threadAt(visit)
      const names = namesIn(visit.request, visit.store, visit.token)
      demandRoom(names)
      replaceLabels(visit, thread, names)
      return { body: renderLabels(visit.store, thread) }
    },
  },
  {
    name: 'issues.removeAllLabels',
    method: 'DELETE',
    pattern: OF_THREAD,
    need: (store, request) => writeThread(store, Number(request.params.number)),
    role: 'triage',
    handle: removeAll,
  },
]

function removeAll(visit: Visit) {
  replaceLabels(visit, threadAt(visit), [])
  return { status: 204 }
}
