import { readFileSync } from 'node:fs'
import type { Delivery } from '../../emulator/github/index.ts'
import { isUntrusted } from '../../emulator/runner/permission.ts'
import { at, textsOf } from '../../emulator/runner/piece.ts'
import { deafness } from '../../emulator/runner/trigger.ts'
import { contextsFor, type JobContext, legsOf, planJob } from '../../emulator/runner/workflow.ts'
import { readWorkflow } from '../../emulator/runner/workflow-file.ts'

const example = readFileSync(new URL('../../examples/jules.yml', import.meta.url), 'utf8')

function delivery(event: string, payload: object): Delivery {
  return { event, payload, cause: 'user' }
}

/** The only job of a workflow as it stands for a delivery; what its first step is given, too. */
async function jobOf(text: string, given: Delivery, context: JobContext = {}) {
  const workflow = await readWorkflow(text)
  const deaf = deafness(workflow.events, given)
  const [job, ...others] = workflow.jobs
  if (job === undefined || others.length > 0) throw new Error('The workflow should have one job.')
  const contexts = contextsFor(workflow, given, context)
  const plan = planJob(workflow, job, contexts)
  const [leg] = legsOf(plan)
  const step = textsOf(at(job.steps[0]?.piece ?? null, 'with'), contexts)
  return { ...leg, ...plan, runs: plan.runs && deaf === undefined, why: deaf ?? plan.why, with: step }
}

const issue = { number: 7 }
const pull_request = { number: 9 }

test.each([
  ['issues', { action: 'labeled', label: { name: 'ask-jules' }, issue }, true],
  ['issues', { action: 'labeled', label: { name: 'Ask-Jules' }, issue }, true],
  ['issues', { action: 'labeled', label: { name: 'bug' }, issue }, false],
  ['issues', { action: 'closed', issue }, true],
  ['issues', { action: 'opened', issue }, false],
  ['issues', { action: 'edited', issue }, false],
  ['issue_comment', { action: 'created', comment: { body: '/jules fix it' }, issue }, true],
  ['issue_comment', { action: 'created', comment: { body: 'thanks' }, issue }, false],
  ['issue_comment', { action: 'edited', comment: { body: '/jules' }, issue }, false],
  ['pull_request', { action: 'labeled', label: { name: 'ask-jules' }, pull_request }, true],
  ['pull_request', { action: 'opened', pull_request }, true],
  ['pull_request', { action: 'closed', pull_request }, true],
  ['pull_request', { action: 'reopened', pull_request }, true],
  ['pull_request', { action: 'synchronize', pull_request }, false],
  ['pull_request', { action: 'opened', pull_request: { ...pull_request, mergeable: false } }, false],
  ['pull_request', { action: 'closed', pull_request: { ...pull_request, mergeable: false } }, true],
  ['pull_request_review', { action: 'submitted', review: { body: '/jules go on' }, pull_request }, true],
  // Its comments on lines may hold commands, which the event does not tell.
  ['pull_request_review', { action: 'submitted', review: { body: null }, pull_request }, true],
  ['pull_request_review_comment', { action: 'created', comment: { body: '/jules why?' }, pull_request }, true],
  ['pull_request_review_comment', { action: 'created', comment: { body: 'why?' }, pull_request }, false],
  ['schedule', { schedule: '17 */2 * * *' }, true],
  ['schedule', { schedule: '0 0 * * *' }, false],
  ['workflow_dispatch', { inputs: null }, false],
  ['push', { ref: 'refs/heads/main' }, false],
])('examples/jules.yml on %s %j: runs %s', async (event, payload, runs) => {
  const job = await jobOf(example, delivery(event, payload))
  expect(job.runs).toBe(runs)
  expect(job.why).toMatch(runs ? /^Runs:/ : /^(the workflow|GitHub|Skipped)/)
})

test('a job that runs comes with everything it is given', async () => {
  const given = delivery('issues', { action: 'closed', issue })
  const job = await jobOf(example, given, { secrets: { JULES_API_KEY: 'key' } })
  expect(job).toMatchObject({
    job: { id: 'jules' },
    with: { 'jules-api-key': 'key', mode: 'auto' },
    permissions: { contents: 'read', issues: 'write', 'pull-requests': 'write' },
    concurrency: { group: 'jules-7', cancelInProgress: false, queue: 'max' },
    timeoutMinutes: 25,
  })
})

test('the example sweeps on its schedule, in a group of its own', async () => {
  const job = await jobOf(example, delivery('schedule', { schedule: '17 */2 * * *' }), { github: { run_id: '42' } })
  expect(job.with.mode).toBe('sweep')
  expect(job.with['jules-api-key']).toBe('')
  expect(job.concurrency?.group).toBe('jules-42')
})

const workflow = (rest: string, on = 'on: workflow_dispatch') => `${on}
jobs:
  one:
    runs-on: ubuntu-latest
    ${rest}
`

const dispatched = delivery('workflow_dispatch', { inputs: null })

test.each([
  ['no permissions at all', '', { contents: 'read', packages: 'read' }],
  ['an empty mapping', 'permissions: {}', {}],
  ['none is no permission', 'permissions: { issues: write, contents: none }', { issues: 'write' }],
])('permissions: %s', async (_, line, permissions) => {
  const job = await jobOf(workflow(`${line}\n    steps: [{ uses: ./ }]`), dispatched)
  expect(job.permissions).toEqual(permissions)
})

test('read-all reads everything', async () => {
  const job = await jobOf(workflow('permissions: read-all\n    steps: [{ uses: ./ }]'), dispatched)
  expect(job.permissions).toMatchObject({ issues: 'read', 'pull-requests': 'read' })
})

test.each([
  ['a group by name', 'concurrency: Main', { group: 'Main', cancelInProgress: false, queue: 'single' }],
  [
    'cancel in progress',
    'concurrency: { group: a, cancel-in-progress: true }',
    { group: 'a', cancelInProgress: true, queue: 'single' },
  ],
])('concurrency: %s', async (_, line, concurrency) => {
  const job = await jobOf(workflow(`${line}\n    steps: [{ uses: acme/jules-relay@v1 }]`), dispatched)
  expect(job).toMatchObject({ runs: true, concurrency, timeoutMinutes: 360 })
})

test.each([
  ['on: pull_request', 'pull_request', 'opened', true],
  ['on: pull_request', 'pull_request', 'labeled', false],
  ['on: [issues, issue_comment]', 'issues', 'labeled', true],
  ['on: [issues, issue_comment]', 'issue_comment', 'deleted', true],
])('%s without types: %s %s → %s', async (on, event, action, runs) => {
  const job = await jobOf(workflow('steps: [{ uses: ./ }]', on), delivery(event, { action }))
  expect(job.runs).toBe(runs)
})

test('a job without a step that uses the action has nothing to run', async () => {
  const job = await jobOf(workflow('steps: [{ run: echo }]'), dispatched)
  expect(job).toMatchObject({ holds: true, runs: false, why: 'Skipped: no step of the job uses the action.' })
})

test('the workflows of the README are accepted', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const workflows = [...readme.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text = '']) => text).filter(isWorkflow)
  expect(workflows.length).toBeGreaterThan(0)
  for (const text of workflows) expect((await readWorkflow(text)).jobs.length).toBeGreaterThan(0)
})

function isWorkflow(text: string): boolean {
  return /^on:/m.test(text) && /^jobs:/m.test(text)
}

const step = (line: string) => workflow(`steps: [{ uses: ./, ${line} }]`)

test.each([
  ['an unknown key', 'on: push\njobs: { one: { stepz: [] } }', /stepz/],
  ['an unknown event', workflow('steps: [{ uses: ./ }]', 'on: pushh'), /Unexpected value 'pushh'/],
  ['a secret in a job’s if', workflow('if: secrets.KEY\n    steps: []'), /Unrecognized named-value: 'secrets'/],
  ['a secret in a step’s if', step('if: secrets.KEY'), /Unrecognized named-value: 'secrets'/],
  ['an unknown context', step(`with: { a: '\${{ nobody.x }}' }`), /Unrecognized named-value: 'nobody'/],
  ['an unknown function', step(`with: { a: '\${{ shout(1) }}' }`), /Unrecognized function: 'shout'/],
  ['an unknown scope', workflow('permissions: { issue: write }\n    steps: []'), /Unexpected value 'issue'/],
  [
    'two steps of one name',
    workflow('steps: [{ id: a, uses: ./ }, { id: a, uses: ./ }]'),
    /'a' may not be used more than once/,
  ],
  ['a need that is nowhere', workflow('needs: two\n    steps: []'), /at least one job with no dependencies/],
  ['a schedule that is none', workflow('steps: []', "on: { schedule: [{ cron: '* *' }] }"), /Invalid cron expression/],
  [
    'both kinds of a filter',
    workflow('steps: []', 'on: { push: { branches: [a], branches-ignore: [b] } }'),
    /only define one of/,
  ],
  [
    'a queue that is cancelled',
    workflow('concurrency: { group: a, queue: max, cancel-in-progress: true }\n    steps: []'),
    /cannot be combined/,
  ],
])('GitHub refuses %s, in its words', async (_, text, words) => {
  await expect(readWorkflow(text)).rejects.toThrow(/^GitHub would refuse this workflow file:\n/)
  await expect(readWorkflow(text)).rejects.toThrow(words)
})

const repository = { full_name: 'acme/widgets' }
const inside = { head: { repo: repository } }
const fork = { head: { repo: { full_name: 'eve/widgets' } } }

test.each([
  ['a pull request of the repository', 'pull_request', { pull_request: inside }, false],
  ['a fork’s pull request', 'pull_request', { pull_request: fork }, true],
  ['a pull request whose fork is gone', 'pull_request', { pull_request: { head: { repo: null } } }, true],
  ['a review of a fork’s pull request', 'pull_request_review', { pull_request: fork }, true],
  ['a comment on a fork’s pull request', 'issue_comment', { issue: { pull_request: {} } }, false],
  ['Dependabot’s pull request', 'pull_request', { pull_request: inside, sender: { login: 'dependabot[bot]' } }, true],
  ['a fork’s pull request, trusted on purpose', 'pull_request_target', { pull_request: fork }, false],
  ['Dependabot labelling an issue', 'issues', { sender: { login: 'dependabot[bot]' } }, false],
])('%s', (_, event, payload, untrusted) => {
  expect(isUntrusted(delivery(event, payload), 'acme/widgets')).toBe(untrusted)
})
