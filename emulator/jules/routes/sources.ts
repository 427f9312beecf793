/** `sources.list` and `sources.get`. */
import type { Route } from '../../server.ts'
import type { Account } from '../account.ts'
import { sourceFilter } from '../filter.ts'
import { allowParameters, cutPage } from '../query.ts'
import { notFound } from '../refusal.ts'
import { omitDefaults, type SourceResource } from '../resource.ts'

export type SourceOptions = {
  owner: string
  repo: string
  defaultBranch?: string
  branches?: string[]
  isPrivate?: boolean
}

/** A connected repository as the API shows it; the dashed names are those of the older documents. */
export function makeSource(given: SourceOptions, naming: 'slash' | 'dashed'): SourceResource {
  const { owner, repo, defaultBranch = 'main', branches = [defaultBranch], isPrivate = false } = given
  const id = naming === 'slash' ? `github/${owner}/${repo}` : `github-${owner}-${repo}`
  return omitDefaults({
    name: `sources/${id}`,
    id,
    githubRepo: {
      owner,
      repo,
      isPrivate,
      defaultBranch: { displayName: defaultBranch },
      branches: branches.map((displayName) => ({ displayName })),
    },
  })
}

export function sourceRoutes(account: Account): Route[] {
  return [
    {
      name: 'sources.list',
      method: 'GET',
      pattern: '/v1alpha/sources',
      handle: ({ query }) => {
        allowParameters(query, ['pageSize', 'pageToken', 'filter'])
        const matches = sourceFilter(query.get('filter') ?? '')
        const { items, nextPageToken } = cutPage(account.sources, ({ name }) => matches(name), {
          query,
          usual: 30,
          token: (_, next) => next.id,
          start: (token) => {
            const start = account.sources.findIndex(({ id }) => id === token)
            return start === -1 ? undefined : start
          },
        })
        return { body: omitDefaults({ sources: items, nextPageToken }) }
      },
    },
    {
      name: 'sources.get',
      method: 'GET',
      pattern: '/v1alpha/sources/:name*',
      handle: ({ query, params, path }) => {
        allowParameters(query, [])
        // In a name of several parts Google leaves an encoded slash as it is, so such a name stands for nothing.
        if (/%2f/i.test(path)) throw notFound()
        const source = account.sources.find(({ name }) => name === `sources/${params.name}`)
        if (source === undefined) throw notFound()
        return { body: source }
      },
    },
  ]
}
