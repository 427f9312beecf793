/** Pull requests. */
import { closePullRequest } from '../acts/pull.ts'
import { editThread, reopen } from '../acts/thread.ts'
import { demandAuthor, READ_PULL, WRITE_PULL } from '../permission.ts'
import { renderFile, renderPull, renderSimplePull } from '../render/pull.ts'
import { findThread, type PullRequest, type Store } from '../store.ts'
import { pageOf } from './page.ts'
import { pullAt, REPOSITORY, type Spec, type Visit } from './plan.ts'
import { demandReopenable, stateOf, wordsOf } from './words.ts'

const PULLS = `${REPOSITORY}/pulls`

/** Reading pull requests and what they change, and editing their words. */
export const PULL_ROUTES: Spec[] = [
  { name: 'pulls.list', method: 'GET', pattern: PULLS, need: READ_PULL, handle: listPulls },
  {
    name: 'pulls.get',
    method: 'GET',
    pattern: `${PULLS}/:number`,
    need: READ_PULL,
    handle: getPull,
  },
  {
    name: 'pulls.update',
    method: 'PATCH',
    pattern: `${PULLS}/:number`,
    need: WRITE_PULL,
    beyond: ['base', 'maintainer_can_modify'],
    handle: editPull,
  },
  {
    name: 'pulls.listFiles',
    method: 'GET',
    pattern: `${PULLS}/:number/files`,
    need: READ_PULL,
    handle: (visit) => {
      const pull = pullAt(visit)
      return pageOf(visit.request, pull.files, (file) => renderFile(visit.store.repository, pull, file))
    },
  },
]

/** The first look finds nothing out, but has GitHub work out whether it can be merged. */
function getPull(visit: Visit) {
  const pull = pullAt(visit)
  const body = renderPull(visit.store, pull)
  const real = findThread(visit.world.store, pull.number)
  if (real?.kind === 'pull-request' && real.state === 'open') real.looked = true
  return { body }
}

function editPull(visit: Visit) {
  const { store, world, request, token } = visit
  const pull = pullAt(visit)
  const words = wordsOf(visit)
  demandAuthor(token, pull.author, Object.keys(words).length > 0 ? 'write' : 'triage')
  const state = stateOf(request)
  if (state === 'open') demandReopenable(pull)
  editThread(world, token.actor, pull, words)
  if (state === 'closed') closePullRequest(world, token.actor, pull, false)
  if (state === 'open') reopen(world, token.actor, pull)
  return { body: renderPull(store, pull) }
}

function listPulls({ listed, request }: Visit) {
  const store = listed()
  const { query } = request
  const state = query.get('state') ?? 'open'
  const head = query.get('head')
  const base = query.get('base')
  const direction = query.get('direction') ?? (query.has('sort') && query.get('sort') !== 'created' ? 'asc' : 'desc')
  const sort = query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt'
  const upwards = direction === 'asc' ? 1 : -1
  const wanted = (pull: PullRequest) =>
    (state === 'all' || pull.state === state) &&
    // A branch without its owner is no filter at GitHub either.
    (head?.includes(':') !== true || head === `${pull.head.repository.owner.login}:${pull.head.ref}`) &&
    (base === null || base === pull.base.ref)
  const found = store.threads
    .filter((thread) => thread.kind === 'pull-request')
    .filter(wanted)
    .sort((a, b) => upwards * (a[sort].localeCompare(b[sort]) || a.number - b.number))
  return pageOf(request, found, (pull) => renderListedPull(store, pull))
}

/** In this list alone a label without a description has an empty one, or so GitHub's own API description promises. */
export function renderListedPull(store: Store, pull: PullRequest) {
  const whole = renderSimplePull(store, pull)
  const labels = whole.labels.map((label) => ({ ...label, description: label.description ?? '' }))
  return { ...whole, labels }
}
