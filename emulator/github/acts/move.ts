/** What happens to threads and repositories that get another place. */
import { threadChanged } from '../payload.ts'
import type { Actor } from '../person.ts'
import { renderIssue } from '../render/issue.ts'
import { countOpen, renderToldRepository, repositoryPage } from '../render/repository.ts'
import { fullName, type Issue, type Store } from '../store.ts'
import type { World } from '../world.ts'

/** Moves an issue to another repository of the same kind; the API answers 301 from then on. */
export function transferIssue(world: World, actor: Actor, issue: Issue, to: string): void {
  const { store } = world
  const there = elsewhere(store, to)
  const moved = { ...issue, id: store.ids('issue'), number: 1, url: `${repositoryPage(there.repository)}/issues/1` }
  const changes = {
    new_issue: renderIssue(there, moved),
    new_repository: renderToldRepository(there.repository, countOpen(there)),
  }
  issue.movedTo = `repositories/${there.repository.id}/issues/1`
  world.deliver(actor, threadChanged(store, issue, 'transferred', { changes }))
}

function elsewhere(store: Store, fullName: string): Store {
  const [login = '', name = ''] = fullName.split('/')
  const { repository, ids } = store
  const moved = { ...repository, id: ids('repository'), owner: { ...repository.owner, login }, name }
  return { ...store, repository: moved, threads: [], comments: [] }
}

/** Gives the repository another name; under the old one the API answers 301 from then on. */
export function renameRepository(world: World, actor: Actor, name: string): void {
  const { store } = world
  const { repository } = store
  const [page, from] = [repositoryPage(repository), repository.name]
  store.formerNames.push(fullName(repository).toLowerCase())
  repository.name = name
  for (const thing of [...store.threads, ...store.comments, ...store.reviewComments])
    thing.url = thing.url.replace(page, repositoryPage(repository))
  world.deliver(actor, {
    event: 'repository',
    said: { action: 'renamed', changes: { repository: { name: { from } } } },
  })
}
