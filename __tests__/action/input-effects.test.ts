/** What each input of the action does, seen from outside: in what Jules is asked, and in what the thread shows. */
import { useStage } from '../support/stage/use-stage.ts'
import {
  bodyOf,
  julesCalls,
  labelsOf,
  last,
  notes,
  type Told,
  tellDirectly,
  verdict,
  writes,
} from '../support/story.ts'

const stage = useStage()

type Inputs = Record<string, string>

async function labeled(inputs: Inputs, options = {}): Promise<{ world: Told; said: string }> {
  const world = await tellDirectly({ start: stage.start, ...options })
  world.github.store.branches.push({ name: 'release/1.x', sha: 'a'.repeat(40) })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const result = await world.run(last(world, 'issues', 'labeled'), { inputs }).done
  return { world, said: verdict(result) }
}

const sourceContext = (branch: string) => ({
  source: 'sources/github/acme/widgets',
  githubRepoContext: { startingBranch: branch },
})

test.each<{ name: string; inputs: Inputs; body: object; without?: string[] }>([
  { name: 'title', inputs: { title: 'Dates, once more' }, body: { title: 'Dates, once more' } },
  {
    name: 'instructions',
    inputs: { instructions: 'Use npm.\nAdd a test.' },
    body: { prompt: expect.stringContaining('\n\nUse npm.\nAdd a test.\n\n') },
  },
  {
    name: 'starting-branch',
    inputs: { 'starting-branch': 'release/1.x' },
    body: { sourceContext: sourceContext('release/1.x') },
  },
  {
    name: 'require-plan-approval',
    inputs: { 'require-plan-approval': 'True' },
    body: { requirePlanApproval: true },
  },
  {
    name: 'automation-mode',
    inputs: { 'automation-mode': 'AUTOMATION_MODE_UNSPECIFIED' },
    body: {},
    without: ['automationMode'],
  },
  {
    name: 'environment-variables',
    inputs: { 'environment-variables': 'TRUE' },
    body: { sourceContext: { ...sourceContext('main'), environmentVariablesEnabled: true } },
  },
  {
    name: 'none',
    inputs: {},
    body: { title: 'Flaky date test (#1)', sourceContext: sourceContext('main'), automationMode: 'AUTO_CREATE_PR' },
    without: ['requirePlanApproval'],
  },
])('$name: what Jules is asked for', async ({ inputs, body, without = [] }) => {
  const { world, said } = await labeled({ 'wait-minutes': '0', ...inputs })
  const [asked = {}] = julesCalls(world, 'sessions.create').map(bodyOf)

  expect(said).toBe('running/handed-over')
  expect(asked).toMatchObject(body)
  for (const name of without) expect(asked).not.toHaveProperty(name)
})

test('source: the one that is named is taken as it is, and no other is asked for', async () => {
  const inputs = { source: 'sources/github-acme-widgets', 'wait-minutes': '0' }
  const { world } = await labeled(inputs, { sourceNaming: 'dashed' })

  expect(julesCalls(world, 'sources.get').map(({ path }) => path)).toEqual(['/v1alpha/sources/github-acme-widgets'])
  expect(julesCalls(world, 'sessions.create').map(bodyOf)).toMatchObject([{ sourceContext: { source: inputs.source } }])
})

test('source: one that Jules does not know is not replaced by another', async () => {
  const { world, said } = await labeled({ source: 'sources/github/acme/other' })

  expect(said).toBe('failed/source-not-connected')
  expect(julesCalls(world, 'sessions.create')).toEqual([])
})

test('trigger-label: any other name, in any case, and no longer the usual one', async () => {
  const world = await tellDirectly({ start: stage.start })
  const inputs = { 'trigger-label': 'Fix it Please', 'wait-minutes': '0' }
  world.github.label(world.ann, world.issue, 'FIX IT please')
  const own = last(world, 'issues', 'labeled')
  world.github.label(world.ann, world.issue, 'ask-jules')
  const usual = last(world, 'issues', 'labeled')

  expect(verdict(await world.run(usual, { inputs }).done)).toBe('ignored/event-not-handled')
  expect(verdict(await world.run(own, { inputs }).done)).toBe('running/handed-over')
  expect(labelsOf(world).sort()).toEqual(['ask-jules', 'jules: running'])
})

test('command: another word, and no longer the usual one; answers name it', async () => {
  const world = await tellDirectly({ start: stage.start })
  const inputs = { command: '@relay', 'wait-minutes': '0' }
  world.github.comment(world.ann, world.issue, '/jules help')
  const usual = last(world, 'issue_comment')
  world.github.comment(world.ann, world.issue, '@relay help')
  const own = last(world, 'issue_comment')

  expect(verdict(await world.run(usual, { inputs }).done)).toBe('ignored/not-a-command')
  expect(verdict(await world.run(own, { inputs }).done)).toBe('answered/help')
  expect(notes(world)).toEqual([expect.stringContaining('`@relay <text>`')])
  expect(notes(world).join()).not.toContain('/jules')
})

const PERMISSIONS = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const
test.each(['triage', 'write', 'maintain', 'admin'] as const)(
  'minimum-permission: %s and above may ask',
  async (least) => {
    const world = await tellDirectly({ start: stage.start, inputs: { 'minimum-permission': least, 'dry-run': 'true' } })
    const verdicts: Record<string, string> = {}
    for (const permission of PERMISSIONS) {
      const person = world.github.person(`p-${permission}`, permission)
      world.github.comment(person, world.issue, '/jules fix it')
      verdicts[permission] = verdict(await world.run(last(world, 'issue_comment')).done)
    }
    const enough = PERMISSIONS.slice(PERMISSIONS.indexOf(least))

    expect(verdicts).toEqual(
      Object.fromEntries(
        PERMISSIONS.map((permission) => [
          permission,
          enough.includes(permission) ? 'dry-run/done' : 'ignored/permission-too-low',
        ]),
      ),
    )
  },
)

test('T-02 allowed-bots: by name or by id, that bot alone', async () => {
  const world = await tellDirectly({ start: stage.start, inputs: { 'dry-run': 'true' } })
  const renovate = world.github.person('renovate[bot]', 'write', 'Bot')
  const verdicts: string[] = []
  world.github.comment(renovate, world.issue, '/jules fix it')
  for (const bots of ['', 'Renovate[bot]', `dependabot[bot], ${renovate.id}`, 'dependabot[bot]', `${renovate.id}1`]) {
    const run = world.run(last(world, 'issue_comment'), { inputs: { 'allowed-bots': bots } })
    verdicts.push(verdict(await run.done))
  }
  const refused = 'ignored/bot-not-allowed'

  expect(verdicts).toEqual([refused, 'dry-run/done', 'dry-run/done', refused, refused])
})

test('wait-minutes: 0 hands over at once, 2 follows for two minutes', async () => {
  const [none, two] = [await labeled({ 'wait-minutes': '0' }), await labeled({ 'wait-minutes': '2' })]
  const spent = ({ world }: { world: Told }) => {
    const calls = julesCalls(world).filter(({ route }) => route === 'sessions.get' || route === 'activities.list')
    return [calls.length, (calls.at(-1)?.at ?? 0) - (julesCalls(world, 'sessions.create')[0]?.at ?? 0)] as const
  }

  expect([none.said, two.said]).toEqual(['running/handed-over', 'running/handed-over'])
  expect(spent(none)[0]).toBeLessThanOrEqual(3)
  expect(spent(two)[0]).toBeGreaterThan(3)
  expect(spent(two)[1]).toBeGreaterThan(90_000)
  expect(spent(two)[1]).toBeLessThan(150_000)
})

test('poll-seconds: no two looks are nearer than that', async () => {
  const { world, said } = await labeled({ 'poll-seconds': '50' })
  // The first look follows the start at once.
  const looks = julesCalls(world, 'sessions.get').map(({ at }) => at)
  const gaps = looks.slice(1).map((at, index) => at - (looks[index] ?? 0))

  expect(said).toBe('pull-request/completed')
  expect(gaps.length).toBeGreaterThan(1)
  expect(Math.min(...gaps)).toBeGreaterThan(49_000)
})

test('status-labels: false leaves no label, and takes the trigger label off all the same', async () => {
  const { world, said } = await labeled({ 'status-labels': 'false', 'wait-minutes': '0' })

  expect(said).toBe('running/handed-over')
  expect(labelsOf(world)).toEqual([])
  expect(writes(world).filter(({ route }) => route === 'issues.addLabels')).toEqual([])
})

test.each([
  { notify: 'needed', asked: 1, done: 0 },
  { notify: 'always', asked: 1, done: 1 },
  { notify: 'never', asked: 0, done: 0 },
])('notify: $notify', async ({ notify, asked, done }) => {
  const question = await labeled({ notify }, { scenario: 'question' })
  const ending = await labeled({ notify })

  expect([question.said, ending.said]).toEqual(['waiting-for-reply/question', 'pull-request/completed'])
  expect([notes(question.world).length, notes(ending.world).length]).toEqual([asked, done])
  for (const note of [...notes(question.world), ...notes(ending.world)]) expect(note).toMatch(/^@ann\n/)
})
