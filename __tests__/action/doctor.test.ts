/** `mode: doctor`: everything that the set-up needs is looked at, told at once, and nothing is changed. */
import { readFileSync } from 'node:fs'
import type { Answer } from '../../emulator/route.ts'
import type { DirectRun } from '../../emulator/world.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { JULES_KEY, julesCalls, last, type Told, tell, tellDirectly, verdict, writes } from '../support/story.ts'

const stage = useStage()

/** A world in which nothing is amiss. */
async function sound(): Promise<Told> {
  const world = await tellDirectly({ start: stage.start })
  world.github.label(world.ann, world.issue, 'ask-jules')
  return world
}

function examine(world: Told, { inputs, ...given }: DirectRun = {}) {
  world.github.dispatch(world.ann)
  return world.run(last(world, 'workflow_dispatch'), { ...given, inputs: { mode: 'doctor', ...inputs } }).done
}

/** Title of each check → its result; and what was found, for those that are not fine. */
function told(summary: string): { results: Record<string, string>; words: string[] } {
  const cells = summary
    .split('\n')
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
    .filter(([, result = '']) => /^[✅❌❔💡]/u.test(result))
  const results = Object.fromEntries(cells.map(([title = '', result = '']) => [title, result.replace(/^\S+ /, '')]))
  return { results, words: cells.filter(([, result]) => result !== '✅ fine').map(([, , words = '']) => words) }
}

const FINE = {
  'Jules API key': 'fine',
  'Jules source': 'fine',
  '`github-token`': 'fine',
  'Starting branch': 'fine',
  '`contents: read`': 'fine',
  '`issues: write`': 'fine',
  '`pull-requests: write`': 'fine',
  'Trigger label': 'fine',
  'Issue templates': 'fine',
}

/** Jules answers such calls so, whatever it is asked. */
function answerAlways(world: Told, route: string, answer: Answer): void {
  world.jules.server.faults.add({ route, phase: 'before', times: 99, act: { kind: 'answer', answer } })
}

/** Takes the repository out of Jules's account. */
function disconnect(world: Told): void {
  answerAlways(world, 'sources.get', { status: 404, body: { error: { code: 404, status: 'NOT_FOUND' } } })
  answerAlways(world, 'sources.list', { body: {} })
}

test('a sound set-up is healthy: every check in the summary and in the log, and nothing changed', async () => {
  const world = await sound()
  const before = JSON.stringify(world.github.store)
  const deliveries = world.deliveries.length
  const result = await examine(world)

  expect([verdict(result), result.code]).toEqual(['healthy/done', 0])
  expect(told(result.summary)).toEqual({ results: FINE, words: [] })
  for (const title of Object.keys(FINE)) expect(result.stdout).toContain(`✅ fine: ${title}. `)
  expect(result.summary).toContain('Jules knows this repository as `sources/github/acme/widgets`.')
  expect(result.summary).toContain('There is `main`.')
  expect(result.annotations).toEqual([])
  // The probes are the only writes, and find nothing to write to.
  expect(writes(world).map(({ route, status }) => [route, status])).toEqual([
    ['issues.removeSubIssue', 404],
    ['pulls.update', 404],
  ])
  expect(JSON.stringify(world.github.store)).toBe(before)
  // The dispatch alone.
  expect(world.deliveries).toHaveLength(deliveries + 1)
  expect(julesCalls(world).filter(({ method }) => method !== 'GET')).toEqual([])
  expect(world.jules.sessions()).toEqual([])
})

const PERMISSIONS = [
  { missing: 'issues: write', granted: { contents: 'read', pull_requests: 'write' } as const },
  { missing: 'pull-requests: write', granted: { contents: 'read', issues: 'write' } as const },
]
test.each(PERMISSIONS)('T-117 without `$missing`: one message, with the line to add', async ({ missing, granted }) => {
  const world = await sound()
  const result = await examine(world, { permissions: granted })

  expect([verdict(result), result.code]).toEqual(['unhealthy/done', 1])
  expect(told(result.summary)).toEqual({
    results: { ...FINE, [`\`${missing}\``]: 'wrong' },
    words: [
      `Add the line \`${missing}\` under \`permissions:\` of the job, or give a token of your own this permission.`,
    ],
  })
  expect(result.annotations.map(({ message }) => message)).toEqual([
    expect.stringContaining(`Add the line \`${missing}\``),
    '❌ The set-up is not right. What to do stands beside each check in the job summary.',
  ])
  expect(
    writes(world)
      .map(({ status }) => status)
      .sort(),
  ).toEqual([403, 404])
})

test('T-117 without `contents: read` in a private repository: told once, and what rests on it is not guessed', async () => {
  const world = await sound()
  world.github.store.repository.private = true
  const result = await examine(world, { permissions: { issues: 'write', pull_requests: 'write' } })

  expect(verdict(result)).toBe('unhealthy/done')
  expect(told(result.summary).results).toEqual({
    ...FINE,
    'Starting branch': 'cannot be told',
    '`contents: read`': 'wrong',
    'Issue templates': 'cannot be told',
  })
  expect(result.stdout.match(/Add the line `contents: read`/g)).toHaveLength(1)
})

test('a key that Jules refuses is told once; the rest is looked at all the same', async () => {
  const world = await sound()
  const result = await examine(world, { inputs: { 'jules-api-key': 'another-key-that-is-not-known' } })

  expect([verdict(result), result.code]).toEqual(['unhealthy/done', 1])
  expect(told(result.summary).results).toEqual({
    ...FINE,
    'Jules API key': 'wrong',
    'Jules source': 'cannot be told',
  })
  expect(told(result.summary).words[0]).toContain('make a new one in the settings of jules.google.com')
})

test('a repository that Jules does not know: where to install its app', async () => {
  const world = await sound()
  disconnect(world)
  const result = await examine(world)

  expect([verdict(result), result.code]).toEqual(['unhealthy/done', 1])
  expect(told(result.summary)).toEqual({
    results: { ...FINE, 'Jules source': 'wrong' },
    words: ['Jules does not know this repository: install its app for it at https://jules.google.com.'],
  })
})

test('a source by the other form of its name is found; one that is not there is told by name', async () => {
  const world = await tellDirectly({ start: stage.start, sourceNaming: 'dashed' })
  const found = await examine(world)
  const wrong = await examine(world, { inputs: { source: 'sources/github/acme/gadgets' } })

  expect(found.summary).toContain('Jules knows this repository as `sources/github-acme-widgets`.')
  expect(wrong.summary).toContain('Jules knows no source `sources/github/acme/gadgets`')
  expect(verdict(wrong)).toBe('unhealthy/done')
})

test('while Jules is down nothing is said of the key, and the set-up is not called healthy', async () => {
  const world = await sound()
  answerAlways(world, '*', { status: 503, body: { error: { code: 503, status: 'UNAVAILABLE' } } })
  const result = await examine(world)

  expect([verdict(result), result.code]).toEqual(['unhealthy/done', 1])
  expect(told(result.summary).results).toEqual({
    ...FINE,
    'Jules API key': 'cannot be told',
    'Jules source': 'cannot be told',
  })
  expect(result.summary).toContain('## ❔ The set-up could not be checked in full')
  expect(result.summary).toContain('Jules could not be reached (503 UNAVAILABLE). Try again later.')
})

test('a branch that is not there, with names near to it', async () => {
  const world = await sound()
  world.github.store.branches.push({ name: 'mail', sha: 'a'.repeat(40) })
  const result = await examine(world, { inputs: { 'starting-branch': 'maim' } })

  expect(verdict(result)).toBe('unhealthy/done')
  expect(told(result.summary).words).toEqual([
    'There is no `maim`: push it, or name another one in `starting-branch`, such as `main`, `mail`.',
  ])
})

test('a trigger label that the repository does not have is advice', async () => {
  const world = await tellDirectly({ start: stage.start })
  const result = await examine(world)

  expect([verdict(result), result.code]).toEqual(['healthy/done', 0])
  expect(told(result.summary)).toEqual({
    results: { ...FINE, 'Trigger label': 'advice' },
    words: ['There is no label `ask-jules`: make it in the repository, for people need it to ask.'],
  })
  expect(result.annotations.map(({ level }) => level)).toEqual(['notice'])
})

test('T-09 templates that put the trigger label on by themselves are advice, each by its path', async () => {
  const world = await sound()
  const { files } = world.github.store
  files.set('.github/ISSUE_TEMPLATE/bug.yml', 'name: Bug\nlabels: [bug, "Ask-Jules"]\nbody: []\n')
  files.set('.github/ISSUE_TEMPLATE/idea.md', '---\nname: Idea\nlabels: idea, ask-jules\n---\nSay it.\n')
  files.set('.github/ISSUE_TEMPLATE/question.yml', 'name: Question\nlabels: [question]\nbody: []\n')
  files.set('.github/ISSUE_TEMPLATE/config.yml', 'blank_issues_enabled: false\n')
  files.set('.github/ISSUE_TEMPLATE/more/nested.yml', 'labels: [ask-jules]\n')
  const result = await examine(world)

  expect(verdict(result)).toBe('healthy/done')
  expect(told(result.summary)).toEqual({
    results: { ...FINE, 'Issue templates': 'advice' },
    words: [expect.stringContaining('by `.github/ISSUE_TEMPLATE/bug.yml`, `.github/ISSUE_TEMPLATE/idea.md`, so')],
  })
})

test('everything that is wrong is told at once', async () => {
  const world = await tellDirectly({ start: stage.start })
  disconnect(world)
  const result = await examine(world, { permissions: { contents: 'read' }, inputs: { 'starting-branch': 'none' } })

  expect(told(result.summary).results).toEqual({
    ...FINE,
    'Jules source': 'wrong',
    'Starting branch': 'wrong',
    '`issues: write`': 'wrong',
    '`pull-requests: write`': 'wrong',
    'Trigger label': 'advice',
  })
  expect(writes(world).map(({ status }) => status)).toEqual([403, 403])
})

test('a dry run writes nothing, and says what only a write could tell', async () => {
  const world = await sound()
  const result = await examine(world, { inputs: { 'dry-run': 'true' } })

  expect([verdict(result), result.code]).toEqual(['healthy/done', 0])
  expect(told(result.summary)).toEqual({
    results: { ...FINE, '`issues: write`': 'cannot be told', '`pull-requests: write`': 'cannot be told' },
    words: Array(2).fill('A dry run sends no write, and only a write can tell.'),
  })
  expect(result.summary).toContain('✅ The set-up is right, as far as it could be checked')
  expect(writes(world)).toEqual([])
})

test('a token that GitHub does not accept is told once, and Jules is looked at all the same', async () => {
  const world = await sound()
  const result = await examine(world, { token: 'ghs_nonsense' })

  expect([verdict(result), result.code]).toEqual(['unhealthy/done', 1])
  expect(Object.entries(told(result.summary).results).filter(([, one]) => one === 'wrong')).toEqual([
    ['`github-token`', 'wrong'],
  ])
  expect(told(result.summary).results).toMatchObject({ 'Jules API key': 'fine', 'Jules source': 'fine' })
  expect(result.stdout.match(/GitHub does not accept/g)).toHaveLength(1)
  expect(writes(world)).toEqual([])
})

test('a token that does not see the repository is told as such, not as an outage', async () => {
  const world = await sound()
  const answer = { status: 404, body: { message: 'Not Found' } }
  world.github.server.faults.add({ route: 'repos.get', phase: 'before', act: { kind: 'answer', answer } })
  const result = await examine(world)

  expect(told(result.summary).words[0]).toBe(
    'GitHub does not accept it, or not for this repository: check where the workflow gets it from.',
  )
  expect(writes(world)).toEqual([])
})

test('while GitHub is down nothing is said of the token; Jules is looked at all the same', async () => {
  const world = await sound()
  const answer = { status: 502, body: {} }
  world.github.server.faults.add({ route: '*', phase: 'before', times: 99, act: { kind: 'answer', answer } })
  const result = await examine(world)

  expect([verdict(result), result.code]).toEqual(['unhealthy/done', 1])
  expect(told(result.summary).results).toMatchObject({
    'Jules source': 'fine',
    '`github-token`': 'cannot be told',
    '`issues: write`': 'cannot be told',
  })
  expect(result.summary).toContain('GitHub did not answer `repos.get` (502). Run the job again.')
})

test('any event may start it, whoever caused it, and nothing comes of the event itself', async () => {
  const world = await sound()
  world.github.comment(world.rob, world.issue, '/jules fix it')
  const result = await world.run(last(world, 'issue_comment'), { inputs: { mode: 'doctor', prompt: 'Do it.' } }).done

  expect(verdict(result)).toBe('healthy/done')
  expect(world.github.comments(world.issue)).toHaveLength(1)
})

test('it works as the README shows it, from a workflow that is started by hand', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const [, workflow = ''] = /## Check the set-up[\s\S]*?```yaml\n([\s\S]*?)```/.exec(readme) ?? []
  const world = await tell({ start: stage.start, workflow })
  world.github.dispatch(world.ann)
  await world.runner.idle()
  const outputs = world.runner.runs.map(({ result }) => result?.outputs.outcome)

  expect(outputs).toEqual(['healthy'])
})

test('without a key it fails as every mode does; where there are no secrets it is ignored', async () => {
  const world = await sound()
  world.github.openPullRequest(world.rob, { title: 'Mine', head: 'mine', fork: true })
  const inputs = { mode: 'doctor', 'jules-api-key': '' }
  const own = await examine(world, { inputs })
  const fork = await world.run(last(world, 'pull_request'), { inputs }).done

  expect([verdict(own), own.code]).toEqual(['failed/key-missing', 1])
  expect([verdict(fork), fork.code]).toEqual(['ignored/no-secrets-here', 0])
})

test('invalid inputs are told as in every mode', async () => {
  const world = await sound()
  const result = await examine(world, { inputs: { 'wait-minutes': 'x' } })

  expect(verdict(result)).toBe('failed/inputs-invalid')
  expect(world.github.server.calls).toEqual([])
})

test('no secret stands in any sink, even where a service says it', async () => {
  const world = await sound()
  disconnect(world)
  const answer = { status: 403, body: { message: `No: ${JULES_KEY}` } }
  world.github.server.faults.add({
    route: 'issues.getLabel',
    phase: 'before',
    times: 9,
    act: { kind: 'answer', answer },
  })
  const result = await examine(world, { inputs: { source: `sources/github/${JULES_KEY}` } })
  const sinks = [
    result.stdout.replace(/^::add-mask::.*$/gm, ''),
    result.stderr,
    result.summary,
    JSON.stringify(result.outputs),
  ].join('\n')

  expect(verdict(result)).toBe('unhealthy/done')
  expect(sinks).toContain('Jules knows no source `sources/github/***`')
  expect(sinks).not.toContain(JULES_KEY.slice(0, 12))
})
