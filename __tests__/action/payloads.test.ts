/** One of every event that GitHub sends, through the built action: one truthful verdict each, and never a crash. */

import type { ActionResult } from '../../emulator/runner/process.ts'
import { text } from '../../src/core/outside.ts'
import { EXAMPLES, type Example } from '../core/event/payload.ts'
import { mutants, SEED } from '../support/mutate.ts'
import { endWorlds, JULES_KEY, julesCalls, last, type Told, tellDirectly, verdict, writes } from '../support/story.ts'

const AT_ONCE = 4

let world: Told
beforeAll(async () => {
  world = await tellDirectly({ inputs: { 'wait-minutes': '0' } })
})
afterAll(endWorlds)

/** The first example of each event, and the events of a workflow that the examples leave out. */
const FIRSTS: Example[] = [
  ...new Map(EXAMPLES.toReversed().map((example) => [example.event, example])).values(),
  { name: 'schedule', event: 'schedule', action: '', payload: { schedule: '17 */2 * * *', repository: {} } },
]

/** As this repository would have sent it. */
function sentByUs({ payload }: Example): object {
  const { id } = world.github.store.repository
  return JSON.parse(JSON.stringify(payload), (_, value) => {
    if (typeof value !== 'object' || value === null || text(value, 'full_name') === '') return value
    return { ...value, id, full_name: 'acme/widgets' }
  })
}

type Ended = { name: string; result: ActionResult }

/** A few at a time, for each is a process of its own. */
async function runAll(examples: Example[], inputs: Record<string, string>, sent = sentByUs): Promise<Ended[]> {
  const waiting = [...examples]
  const ended: Ended[] = []
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const run = world.run({ name: next.event, payload: sent(next) }, { inputs })
      ended.push({ name: next.event, result: await run.done })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return ended.sort((a, b) => a.name.localeCompare(b.name))
}

/** What no run may leave behind, whatever it was started for. */
function faultsOf({ name, result }: Ended): string[] {
  const page = `${result.stdout}\n${result.summary}`.replaceAll(JULES_KEY, '')
  const found = [
    [0, 1].includes(result.code ?? -1) ? '' : `exit code ${result.code}`,
    result.stderr === '' ? '' : `stderr: ${result.stderr.slice(0, 300)}`,
    /\n\s+at |undefined|\[object Object\]|NaN/.test(page) ? `page: ${page.slice(0, 500)}` : '',
    Object.keys(result.outputs).length === 11 ? '' : `outputs: ${Object.keys(result.outputs).join()}`,
    result.outputs.reason === 'bug' ? 'a bug' : '',
    result.summary.trim() === '' ? 'no summary' : '',
  ]
  return found.filter((fault) => fault !== '').map((fault) => `${name}: ${fault}`)
}

const PLAIN: Record<string, string> = {
  issue_comment: 'ignored/not-a-command',
  pull_request: 'ignored/not-our-pull-request',
  pull_request_review: 'ignored/not-a-command',
  pull_request_review_comment: 'ignored/not-a-command',
}

test('F-47 an event that asks nothing is left alone, each of them', async () => {
  const ended = await runAll(FIRSTS, {})

  expect(ended.flatMap(faultsOf)).toEqual([])
  expect(ended.map(({ name, result }) => `${name}: ${verdict(result)}, ${result.code}`)).toEqual(
    ended.map(({ name }) => `${name}: ${PLAIN[name] ?? 'ignored/event-not-handled'}, 0`),
  )
  expect(writes(world)).toEqual([])
  expect(julesCalls(world)).toEqual([])
})

test('F-47 an event of another repository is left alone', async () => {
  const some = FIRSTS.filter(({ event }) =>
    ['issues', 'issue_comment', 'pull_request', 'push', 'release'].includes(event),
  )
  const ended = await runAll(some, { prompt: 'Do it' }, ({ payload }) => Object.assign({}, payload))

  expect(ended.flatMap(faultsOf)).toEqual([])
  expect(ended.map(({ result }) => verdict(result))).toEqual(Array(5).fill('ignored/other-repository'))
})

/** Nobody here knows the people of the examples. `schedule` and `push` carry the workflow file's words alone. */
const WITH_PROMPT: Record<string, string> = {
  ...PLAIN,
  deployment: 'ignored/permission-unknown',
  issues: 'ignored/permission-unknown',
  merge_group: 'ignored/permission-unknown',
  pull_request: 'ignored/permission-unknown',
  push: 'running/nobody-follows',
  release: 'ignored/permission-unknown',
  repository_dispatch: 'ignored/permission-unknown',
  schedule: 'running/nobody-follows',
  workflow_dispatch: 'ignored/permission-unknown',
  workflow_run: 'ignored/permission-unknown',
}

test('F-47 with a prompt, an event starts what its sender may start', async () => {
  const some = FIRSTS.filter(({ event }) => Object.hasOwn(WITH_PROMPT, event))
  const ended = await runAll(some, { prompt: 'Update the changelog.' })

  expect(ended.flatMap(faultsOf)).toEqual([])
  expect(Object.fromEntries(ended.map(({ name, result }) => [name, verdict(result)]))).toEqual(WITH_PROMPT)
  expect(julesCalls(world, 'sessions.create').length).toBe(2)
})

test(`F-47 F-60 damaged requests of somebody who may ask are answered or refused, SEED=${SEED}`, async () => {
  world.github.comment(world.ann, world.issue, '/jules fix it')
  world.github.label(world.ann, world.issue, 'ask-jules')
  const keys = ['id', 'login', 'number', 'body', 'title', 'updated_at', 'name', 'html_url', 'type']
  const damaged = [last(world, 'issues', 'labeled'), last(world, 'issue_comment')].flatMap(({ event, payload }) =>
    [...mutants(payload, { keys, count: 6, name: event })].map(({ value, damage }) => ({
      name: damage,
      event,
      action: '',
      payload: value,
    })),
  )
  const before = writes(world).length
  const ended = await runAll(damaged, { 'dry-run': 'true' }, ({ payload }) => Object(payload))

  expect(ended.flatMap(faultsOf)).toEqual([])
  expect(ended.length).toBe(12)
  expect(writes(world).length).toBe(before)
})
