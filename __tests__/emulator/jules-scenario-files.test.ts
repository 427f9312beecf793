import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLibrary } from '../../emulator/jules/scenario-file/library.ts'
import { ScenarioError } from '../../emulator/jules/scenario-file/mistake.ts'
import { readScenario } from '../../emulator/jules/scenario-file/read.ts'
import { type Caller, startCaller } from './jules-caller.ts'

let caller: Caller
beforeEach(async () => {
  caller = await startCaller()
})
afterEach(() => caller.jules.stop())

/** A scenario with these steps, the first of which stands in line 3. */
const withSteps = (...steps: string[]) => ['about: Mine.', 'steps:', ...steps.map((step) => `  - ${step}`)].join('\n')

const MISTAKES = [
  { name: 'nothing', text: '', says: ['1:1: The file is empty.'] },
  { name: 'no mapping', text: '- one\n- two', says: ['1:1: The file is a list; it has to be a scenario'] },
  { name: 'not YAML', text: withSteps('{ after: 1'), says: ['3:15: This is not the YAML that was expected: Flow map'] },
  { name: 'tabs', text: 'about: x\nsteps:\n\t- x', says: ['3:1: This is not the YAML that was expected: Tabs'] },
  { name: 'a field twice', text: `about: x\n${withSteps('use: planning')}`, says: ['2:1: ', 'must be unique.'] },
  {
    name: 'two documents',
    text: `${withSteps('use: planning')}\n---\nabout: x`,
    says: ['4:1: ', 'multiple documents'],
  },
  { name: 'a tag', text: 'about: !!js/function x', says: ['1:8: ', 'Unresolved tag'] },
  { name: 'deep nesting', text: '['.repeat(20_000), says: ['This is nested too deeply to be a scenario.'] },
  { name: 'more than 1 MiB', text: `#${'x'.repeat(1024 * 1024)}`, says: ['1:1: The file is larger than 1 MiB.'] },
  {
    name: 'an alias bomb',
    text: `a: &a [x, x]\n${['b', 'c', 'd', 'e', 'f', 'g'].map((to, at) => `${to}: &${to} [${`*${'abcdef'[at]}, `.repeat(50)}]`).join('\n')}`,
    says: ['2:8: Aliases such as *a are not used here. Name a stretch, and `use` it.'],
  },
  { name: 'no steps', text: 'about: Mine.', says: ['1:1: `steps` is missing; a scenario needs it.'] },
  { name: 'empty steps', text: 'about: Mine.\nsteps: []', says: ['2:8: `steps` is an empty list; it has to be'] },
  {
    name: 'an unknown field',
    text: `${withSteps('use: planning')}\nlateaproval: works`,
    says: ['4:1: There is no `lateaproval` in a scenario; it has about,', 'Did you mean "lateApproval"?'],
  },
  { name: 'a flag that is text', text: `gated: 'yes'\n${withSteps('use: planning')}`, says: ['1:8: `gated` is "yes"'] },
  { name: 'no act', text: withSteps('after: 3'), says: ['3:5: A step says with `do` what happens'] },
  {
    name: 'an unknown act',
    text: withSteps('{ after: 3, do: progres }'),
    says: ['3:21: ', 'Did you mean "progress"?'],
  },
  { name: 'no after', text: withSteps('do: publish'), says: ['3:5: `after` is missing; a step that does "publish"'] },
  { name: 'an after for await', text: withSteps('{ after: 3, do: await }'), says: ['3:7: There is no `after` in'] },
  {
    name: 'a negative time',
    text: withSteps('{ after: -1, do: publish }'),
    says: ['3:14: `after` is -1; it has to be'],
  },
  { name: 'an endless time', text: withSteps('{ after: .inf, do: publish }'), says: ['3:14: `after` is Infinity'] },
  { name: 'a time in words', text: withSteps('{ after: soon, do: publish }'), says: ['3:14: `after` is "soon"'] },
  {
    name: 'a wrong state',
    text: withSteps('{ after: 1, do: become, state: in_progress }'),
    says: ['3:36: `state` is "in_progress"; it has to be one of QUEUED, PLANNING,', 'Did you mean "IN_PROGRESS"?'],
  },
  {
    name: 'a state that only a plan leads to',
    text: withSteps('{ after: 1, do: become, state: AWAITING_PLAN_APPROVAL }'),
    says: ['3:36: `state` is "AWAITING_PLAN_APPROVAL"'],
  },
  {
    name: 'a plan without steps',
    text: withSteps('{ after: 1, do: plan, plan: [] }'),
    says: ['3:33: `plan` is an empty'],
  },
  { name: 'no plan', text: withSteps('{ after: 1, do: plan }'), says: ['3:5: `plan` is missing'] },
  {
    name: 'a step of a plan without a title',
    text: withSteps('{ after: 1, do: plan, plan: [{}] }'),
    says: ['3:34: `title`'],
  },
  {
    name: 'text that is a number',
    text: withSteps('{ after: 1, do: say, text: 404 }'),
    says: ['3:32: `text` is 404; '],
  },
  {
    name: 'an unknown stretch',
    text: withSteps('use: plannig'),
    says: ['3:5: There is no stretch "plannig".', '"planning"?'],
  },
  {
    name: 'a stretch that uses itself',
    text: `${withSteps('use: one')}\nstretches:\n  one: [{ use: two }]\n  two: [{ use: one, repeat: 20000 }]`,
    says: ['3:5: The stretch "one" uses itself, so it would never end.'],
  },
  {
    name: 'billions of steps',
    text: `${withSteps('{ use: many, repeat: 20000 }')}\nstretches: { many: [{ use: planning, repeat: 20000 }] }`,
    says: ['3:5: These are more than 20000 steps, too many for a session.'],
  },
  { name: 'no repetition', text: withSteps('{ after: 1, repeat: 0, do: publish }'), says: ['3:25: `repeat` is 0'] },
  {
    name: 'bad base64',
    text: withSteps('{ after: 1, do: progress, artifacts: [{ media: { data: a%b=, mimeType: image/png } }] }'),
    says: ['3:60: `data` is "a%b="; it has to be base64.'],
  },
  {
    name: 'two artifacts in one',
    text: withSteps('{ after: 1, do: progress, artifacts: [{}] }'),
    says: ['3:43: An artifact is exactly one of `bashOutput` and `media`.'],
  },
  {
    name: 'a change without a patch',
    text: withSteps('{ after: 1, do: change, title: x }'),
    says: ['3:5: A change has'],
  },
  { name: 'no patch', text: withSteps('{ after: 1, do: change, title: x, patch: y }'), says: ['3:46: `patch` is "y"'] },
  {
    name: 'a file beside no file',
    text: withSteps('{ after: 1, do: change, title: x, patchFile: y.diff }'),
    says: ['3:50: `patchFile` is "y.diff"; it has to be left out'],
  },
  {
    name: 'an activity with an id',
    text: withSteps('{ after: 1, do: activity, activity: { id: x } }'),
    says: ['3:43: The emulator gives an activity its `id`; leave it out.'],
  },
]

test.each(MISTAKES)('$name: the mistake is told with its line', ({ text, says }) => {
  const told = mistakesIn(text)
  for (const part of says) expect(told).toContain(part)
  expect(told).toMatch(/^mine:\d+:\d+: /)
})

test('all mistakes of a file are told at once, in the order of its lines', () => {
  const text = `${withSteps('{ after: -1, do: publish }', 'do: complete', '{ after: 1, do: says }')}\nturn: []`
  expect(mistakesIn(text).split('\n')).toEqual([
    expect.stringMatching(/^mine:3:14: /),
    expect.stringMatching(/^mine:4:5: /),
    expect.stringMatching(/^mine:5:21: /),
    expect.stringMatching(/^mine:6:7: /),
  ])
})

function mistakesIn(text: string): string {
  try {
    readScenario({ name: 'mine', text })
  } catch (error) {
    if (error instanceof ScenarioError) return error.message
    throw error
  }
  return ''
}

test.each(openLibrary().list())('$name is valid, and a session that takes it comes to an end', async ({ name }) => {
  const id = await caller.create(`[scenario: ${name}]`)
  const isSettled = () => ['COMPLETED', 'FAILED'].includes(caller.state(id).state)
  caller.clock.move(10 * 3_600_000)
  if (!isSettled()) await caller.call('POST', `/sessions/${id}:sendMessage`, { prompt: 'Go on.' })
  caller.clock.move(10 * 3_600_000)
  expect(isSettled()).toBe(true)
  expect(caller.state(id).activities.length).toBeGreaterThan(0)
})

test('the example of the document runs as it says', async () => {
  const document = readFileSync(new URL('../../emulator/SCENARIOS.md', import.meta.url), 'utf8')
  const text = /```yaml\n([\s\S]*?)```/.exec(document)?.[1] ?? ''
  expect(caller.jules.loadScenario(text, { name: 'slow-query' }).about).toContain('slow query')
  const id = await caller.create('[scenario: slow-query]')
  const say = (prompt: string) => caller.call('POST', `/sessions/${id}:sendMessage`, { prompt })
  expect(caller.follow(id, 300)).toEqual(['QUEUED', 'PLANNING', 'IN_PROGRESS', 'AWAITING_USER_FEEDBACK'])
  await say('Yes, please.')
  expect(caller.follow(id, 120)).toEqual(['AWAITING_USER_FEEDBACK', 'IN_PROGRESS', 'COMPLETED'])
  const pullRequest = expect.objectContaining({ title: 'Add an index to orders', headRef: `index-orders-${id}` })
  expect(caller.state(id).outputs[1]).toEqual({ pullRequest })
  await say('Does it cost anything?')
  expect(caller.follow(id, 60)).toEqual(['COMPLETED', 'IN_PROGRESS', 'COMPLETED'])
  const told = caller.state(id).activities.flatMap(({ progressUpdated }) => progressUpdated?.title ?? [])
  expect(told).toEqual([1, 2, 3].map((n) => `Read the log of server ${n} of 3`).concat('Measured the query again'))
})

test("a stretch of one's own stands in for the shared one, inside others too", async () => {
  const text = `${withSteps('use: planning', 'use: execution')}
stretches:
  repair:
    - { after: 1, do: change, title: My own change, patch: 'diff --git a/x b/x' }`
  caller.jules.loadScenario(text, { name: 'mine' })
  caller.jules.useScenario('mine')
  const id = await caller.create('Fix it')
  caller.clock.move(300_000)
  expect(caller.state(id).outputs).toMatchObject([
    { changeSet: { gitPatch: { unidiffPatch: 'diff --git a/x b/x', suggestedCommitMessage: 'My own change' } } },
    { pullRequest: { title: 'My own change', headRef: `my-own-change-${id}` } },
  ])
})

test('a change is read from a file beside the scenario, and from nowhere else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'scenario-'))
  const file = join(folder, 'mine.yml')
  const reading = (patchFile: string) => {
    const text = withSteps(`{ after: 1, do: change, title: x, patchFile: ${patchFile} }`)
    return readScenario({ name: 'mine', file, text }).steps[0]
  }
  await writeFile(join(folder, 'good.diff'), 'diff --git a/x b/x\n')
  await writeFile(join(folder, 'bad.diff'), 'nonsense')
  expect(reading('good.diff')).toMatchObject({ do: 'change', change: { patch: 'diff --git a/x b/x\n' } })
  expect(() => reading('bad.diff')).toThrow(`${file}:3:50: \`patchFile\` is "bad.diff"`)
  expect(() => reading('none.diff')).toThrow('the name of a file that is there')
  expect(() => reading('../good.diff')).toThrow('in the same folder or below')
  expect(() => reading(join(folder, 'good.diff'))).toThrow('in the same folder or below')
  await rm(folder, { recursive: true })
})

test('scenarios can be there from the start, and stand in for those that are built in', async () => {
  const text = withSteps('{ after: 1, do: complete }')
  const other = await startCaller({ scenarios: [{ name: 'question', text }], scenario: 'question' })
  const id = await other.create('Fix it')
  expect(other.follow(id, 5)).toEqual(['QUEUED', 'COMPLETED'])
  await expect(startCaller({ scenario: 'qestion' })).rejects.toThrow('Did you mean "question"?')
  expect(() => other.jules.loadScenario(text, { name: 'Two words' })).toThrow('small letters, digits and hyphens')
  await other.jules.stop()
})

describe('over HTTP', () => {
  const send = (query: string, type: string, body: string) =>
    fetch(`${caller.jules.server.url}/emulator/scenarios${query}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    })
  const text = withSteps('{ after: 1, do: complete }')

  test('the scenarios are listed with what they do', async () => {
    const answer = await fetch(`${caller.jules.server.url}/emulator/scenarios`)
    expect(await answer.json()).toEqual({ scenarios: openLibrary().list() })
  })

  test.each([
    { name: 'YAML', query: '?name=mine', type: 'text/yaml', body: text },
    { name: 'JSON', query: '', type: 'application/json', body: JSON.stringify({ name: 'mine', text }) },
  ])('one is brought along as $name', async ({ query, type, body }) => {
    const answer = await send(query, type, body)
    expect([answer.status, await answer.json()]).toEqual([200, { name: 'mine', about: 'Mine.' }])
    const id = await caller.create('[scenario: mine]')
    expect(caller.follow(id, 5)).toEqual(['QUEUED', 'COMPLETED'])
  })

  test('mistakes are listed with their places', async () => {
    const answer = await send('?name=mine', 'text/yaml', withSteps('{ after: -1, do: complete }', 'do: wait'))
    expect([answer.status, await answer.json()]).toEqual([
      400,
      {
        error: expect.objectContaining({
          status: 'INVALID_ARGUMENT',
          message: expect.stringMatching(/^mine:3:14: .*\nmine:4:9: .*/),
          details: [
            { line: 3, column: 14, message: expect.stringContaining('`after` is -1') },
            { line: 4, column: 9, message: expect.stringContaining('Did you mean "await"?') },
          ],
        }),
      },
    ])
  })

  test.each([
    { name: 'without a name', query: '', type: 'text/yaml', body: text, says: 'content-type: application/json' },
    { name: 'as JSON without a text', query: '', type: 'application/json', body: '{"name": "mine"}', says: '"text"' },
    { name: 'as JSON that is none', query: '', type: 'application/json', body: '{', says: 'JSON' },
  ])('a scenario $name is refused', async ({ query, type, body, says }) => {
    const answer = await send(query, type, body)
    expect([answer.status, (await answer.json()).error.message]).toEqual([400, expect.stringContaining(says)])
  })
})
