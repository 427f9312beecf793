/** The files that a push or a pull request changes, for `paths:`. */
import type { Delivery, Store } from '../github/index.ts'
import { dig } from './origin.ts'

/** Undefined where nobody knows; GitHub runs the workflow then. */
export function changedFiles({ event, payload }: Delivery, store: Store): string[] | undefined {
  if (event === 'push') return filesOfCommits(dig(payload, ['commits']))
  if (event !== 'pull_request' && event !== 'pull_request_target') return undefined
  const number = dig(payload, ['pull_request', 'number'])
  const pull = store.threads.find((thread) => thread.kind === 'pull-request' && thread.number === number)
  const files = pull?.kind === 'pull-request' ? pull.files.map(({ filename }) => filename) : []
  return files.length === 0 ? undefined : files
}

function filesOfCommits(commits: unknown): string[] | undefined {
  if (!Array.isArray(commits) || commits.length === 0) return undefined
  const lists = commits.flatMap((commit) => ['added', 'modified', 'removed'].map((kind) => dig(commit, [kind])))
  return lists.flatMap((list) => (Array.isArray(list) ? list.map(String) : []))
}
