import { readFileSync } from 'node:fs'
import type { Delivery } from '../../emulator/github/index.ts'
import { isUntrusted } from '../../emulator/runner/permission.ts'
import { type JobContext, jobsFor } from '../../emulator/runner/workflow.ts'
import { readWorkflow } from '../../emulator/runner/workflow-file.ts'

const example = readFileSync(new URL('../../examples/jules.yml', import.meta.url), 'utf8')

function delivery(event: string, payload: object): Delivery {
  return { event, payload, cause: 'user' }
}

async function jobOf(text: string, given: Delivery, context: JobContext = {}) {
  const [job, ...others] = await jobsFor(text, given, context)
  if (job === undefined || others.length > 0) throw new Error('The workflow should have one job.')
  return job
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
  expect(job.why).toMatch(runs ? /^Runs:/ : /^(Nothing starts|Skipped):? .*\.$/)
})

test('a job that runs comes with everything it is given', async () => {
  const given = delivery('issues', { action: 'closed', issue })
  const job = await jobOf(example, given, { secrets: { JULES_API_KEY: 'key' } })
  expect(job).toMatchObject({
    id: 'jules',
    with: { 'jules-api-key': 'key', mode: 'auto' },
    permissions: { contents: 'read', issues: 'write', 'pull-requests': 'write' },
    concurrency: { group: 'jules-7', cancelInProgress: false, queue: 'max' },
    timeoutMinutes: 25,
    skippedSteps: [],
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

const dispatched = delivery('workflow_dispatch', { inputs: { text: 'hello' } })

test('only the step that uses the action is run, with env, vars and inputs', async () => {
  const text = `on:
  workflow_dispatch:
    inputs:
      text: { type: string }
      dry: { type: boolean, default: true }
env: { OUTER: a }
jobs:
  one:
    runs-on: ubuntu-latest
    env: { INNER: '\${{ vars.COLOUR }}' }
    steps:
      - uses: actions/checkout@v5
      - run: echo hello
      - uses: ./
        env: { DEEP: '\${{ env.OUTER }}-\${{ env.INNER }}' }
        with:
          prompt: '\${{ inputs.text }} \${{ env.DEEP }}'
          dry-run: \${{ inputs.dry }}
          wait-minutes: 0
          title:
`
  const job = await jobOf(text, dispatched, { vars: { COLOUR: 'red' } })
  expect(job.with).toEqual({ prompt: 'hello a-red', 'dry-run': 'true', 'wait-minutes': '0', title: '' })
  expect(job.environment).toEqual({ OUTER: 'a', INNER: 'red', DEEP: 'a-red' })
  expect(job.skippedSteps).toHaveLength(2)
})

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

test.each([
  ['no step uses the action', 'steps: [{ run: echo }]'],
  ['the step’s `if` does not hold', 'steps: [{ uses: ./, if: failure() }]'],
])('skipped: %s', async (why, rest) => {
  const job = await jobOf(workflow(rest), dispatched)
  expect(job).toMatchObject({ runs: false, with: {} })
  expect(job.why.replace('no step of the job uses', 'no step uses')).toContain(why)
})

test('a file that GitHub would refuse is refused with its words', async () => {
  await expect(readWorkflow('on: push\njobs: { one: { stepz: [] } }')).rejects.toThrow(/GitHub would refuse.*stepz/s)
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
  ['Dependabot labelling an issue', 'issues', { sender: { login: 'dependabot[bot]' } }, false],
])('%s', (_, event, payload, untrusted) => {
  expect(isUntrusted(delivery(event, payload), 'acme/widgets')).toBe(untrusted)
})
