/** A name that git has for a commit, as the API shows it. */
import { nodeId } from '../identity.ts'
import type { Repository } from '../store.ts'
import { repositoryUrl } from './repository.ts'

export type Reference = { ref: string; sha: string }

/** A reference with the commit that it stands for. */
export function renderReference(repository: Repository, { ref, sha }: Reference) {
  const url = `${repositoryUrl(repository)}/git`
  return {
    ref,
    node_id: `${nodeId('REF', repository.id)}${Buffer.from(ref).toString('base64url')}`,
    url: `${url}/${ref}`,
    object: { sha, type: 'commit', url: `${url}/commits/${sha}` },
  }
}
