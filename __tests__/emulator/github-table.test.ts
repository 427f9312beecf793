/** Every call × no token, a bad one, one without the permission, a thing that is not there, wrong input, all in order. */
import { ROUTES } from '../../emulator/github/routes/index.ts'
import { REPOSITORY_ROWS, type Row } from './github-calls.ts'
import { ISSUE_ROWS } from './github-issue-calls.ts'
import { PULL_ROWS } from './github-pull-calls.ts'
import { call, small, USUAL } from './github-world.ts'

const ROWS = [...REPOSITORY_ROWS, ...ISSUE_ROWS, ...PULL_ROWS]

type Cell = {
  kind: string
  line: string
  token: 'good' | 'bad' | 'blind' | undefined
  body: unknown
  status: number
  headers?: Record<string, string>
}

/** What is tried of a call; success comes last, for it may change the thing. */
function cellsOf({ call: line, body, ok, need, anonymous, absent, wrong }: Row): Cell[] {
  const [method] = line.split(' ')
  const good = { line, token: 'good', body } as const
  const cells: Cell[] = [
    { ...good, kind: 'no token', token: undefined, status: anonymous ?? (method === 'GET' ? ok : 401) },
    { ...good, kind: 'a bad token', token: 'bad', status: 401 },
  ]
  if (need !== undefined) cells.push({ ...good, kind: `a token without ${need}`, token: 'blind', status: 403 })
  if (absent !== undefined) cells.push({ ...good, kind: 'not there', line: `${method} ${absent}`, status: 404 })
  if (wrong !== undefined) cells.push({ ...good, kind: 'wrong input', ...wrong })
  return [...cells, { ...good, kind: 'in order', status: ok }]
}

/** A world with everything that the calls name. A token is blind only where reading takes a permission. */
async function worldFor(isPrivate: boolean) {
  const { github, alice } = await small({ private: isPrivate })
  const { store } = github
  store.files.set('README.md', '# Widgets\n')
  const comment = github.comment(alice, 1, 'One').id
  const line = github.reviewComment(alice, 2, { path: 'a.ts', line: 1, body: 'Two' })
  const ofIssue = github.react(alice, { kind: 'issue', id: store.threads[0]?.id ?? 0 }, 'heart').reaction
  const ofComment = github.react(alice, { kind: 'comment', id: comment }, 'heart').reaction
  const sha = store.branches.at(-1)?.sha ?? ''
  const known: Record<string, string | number> = {
    comment,
    line: line.id,
    review: line.review,
    ofIssue,
    ofComment,
    sha,
  }
  const tokens = { good: github.mintToken(USUAL), bad: 'ghs_nonsense', blind: github.mintToken({}) }
  const pathOf = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(known[name]))
  return { github, tokens, pathOf }
}

const WITHOUT_REPOSITORY = ['/user', '/rate_limit', '/graphql']

test.each(ROWS)('$name', async (row) => {
  const [open, closed] = [await worldFor(false), await worldFor(true)]
  const seen: string[] = []
  const wanted: string[] = []
  for (const { kind, line, token, body, status, headers } of cellsOf(row)) {
    const [method = '', path = ''] = line.split(' ')
    const { github, tokens, pathOf } = token === 'blind' ? closed : open
    const place = WITHOUT_REPOSITORY.includes(path) ? path : `/repos/acme/widgets${pathOf(path)}`
    const told = await call(github, token && tokens[token], `${method} ${place}`, body, headers)
    seen.push(`${kind}: ${told.status}`)
    wanted.push(`${kind}: ${status}`)
    expect(github.server.calls.at(-1)?.route).toBe(row.name)
    expect(told.headers.get('x-ratelimit-resource')).toBe(row.name === 'graphql' ? 'graphql' : 'core')
    if (method === 'GET' && told.status === 200) expect(told.headers.get('etag')).toMatch(/^W\/"/)
    if (told.status >= 400)
      expect(told.json).toMatchObject({ message: expect.any(String), status: String(told.status) })
  }
  expect(seen).toEqual(wanted)
  await Promise.all([open.github.stop(), closed.github.stop()])
})

test('no call is left out: 50 of them, tried in 246 ways', () => {
  const names = [...ROUTES.map(({ name }) => name), 'rateLimit.get']
  expect(ROWS.map(({ name }) => name).sort()).toEqual(names.sort())
  expect([ROWS.length, ROWS.flatMap(cellsOf).length]).toEqual([50, 246])
})
