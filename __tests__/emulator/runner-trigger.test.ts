import type { Delivery } from '../../emulator/github/index.ts'
import { dispatchInputs, withDefaults } from '../../emulator/runner/dispatch.ts'
import { matchesAny } from '../../emulator/runner/glob.ts'
import { originOf } from '../../emulator/runner/origin.ts'
import { deafness } from '../../emulator/runner/trigger.ts'
import { readWorkflow } from '../../emulator/runner/workflow-file.ts'

function delivery(event: string, payload: object): Delivery {
  return { event, payload, cause: 'user' }
}

/** `on:` as GitHub's parser reads it. */
async function eventsOf(on: string): Promise<Record<string, unknown>> {
  return (await readWorkflow(`on: ${on}\njobs: { one: { runs-on: x, steps: [{ uses: ./ }] } }`)).events
}

test.each([
  ['main', ['main'], true],
  ['main2', ['main'], false],
  ['releases/1', ['releases/*'], true],
  ['releases/1/2', ['releases/*'], false],
  ['releases/1/2', ['releases/**'], true],
  ['a/b/docs/c/d.md', ['**/docs/**'], true],
  ['docs/d.md', ['**/docs/**'], true],
  ['a/b.js', ['**.js'], true],
  ['a/b.js', ['*.js'], false],
  ['page.jsx', ['*.jsx?'], true],
  ['v1.10', ['v[12].[0-9]+'], true],
  ['v3.10', ['v[12].[0-9]+'], false],
  ['a.b', ['a?b'], false],
  ['release/10-x', ['release/**', '!release/**-x'], false],
  ['release/1-x', ['release/**', '!release/**-x', 'release/1*'], true],
  ['a', ['!b'], false],
])('%s among %j: %s', (name, patterns, matches) => {
  expect(matchesAny(patterns, name)).toBe(matches)
})

const pull = (base: string) => ({ action: 'opened', pull_request: { number: 9, base: { ref: base } } })

test.each([
  ['{ push: { branches: [main] } }', 'push', { ref: 'refs/heads/main' }, undefined, true],
  ['{ push: { branches: [main] } }', 'push', { ref: 'refs/heads/dev' }, undefined, false],
  ['{ push: { branches: main } }', 'push', { ref: 'refs/tags/main' }, undefined, false],
  ['{ push: { tags: [v*] } }', 'push', { ref: 'refs/tags/v1' }, undefined, true],
  ['{ push: { tags: [v*] } }', 'push', { ref: 'refs/heads/v1' }, undefined, false],
  ['push', 'push', { ref: 'refs/tags/v1' }, undefined, true],
  ['push', 'push', { ref: 'refs/heads/dev', deleted: true }, undefined, false],
  ['{ push: { branches-ignore: ["dev/**"] } }', 'push', { ref: 'refs/heads/dev/a' }, undefined, false],
  ['{ push: { paths: ["src/**"] } }', 'push', { ref: 'refs/heads/a' }, ['a.md', 'src/a.ts'], true],
  ['{ push: { paths: ["src/**", "!src/gen/**"] } }', 'push', { ref: 'refs/heads/a' }, ['src/gen/a.ts'], false],
  ['{ push: { paths-ignore: ["**.md"] } }', 'push', { ref: 'refs/heads/a' }, ['a.md', 'b/c.md'], false],
  ['{ push: { paths-ignore: ["**.md"] } }', 'push', { ref: 'refs/heads/a' }, ['a.md', 'b.ts'], true],
  ['{ push: { paths: ["src/**"] } }', 'push', { ref: 'refs/heads/a' }, undefined, true],
  ['{ pull_request: { branches: [main] } }', 'pull_request', pull('main'), undefined, true],
  ['{ pull_request: { branches: [main] } }', 'pull_request', pull('dev'), undefined, false],
  ['{ pull_request_target: { branches-ignore: [main] } }', 'pull_request_target', pull('main'), undefined, false],
  ['pull_request_target', 'pull_request_target', { ...pull('main'), action: 'labeled' }, undefined, false],
  ['{ repository_dispatch: { types: [go] } }', 'repository_dispatch', { action: 'go' }, undefined, true],
  ['{ repository_dispatch: { types: [go] } }', 'repository_dispatch', { action: 'stop' }, undefined, false],
  [
    '{ workflow_run: { workflows: [CI] } }',
    'workflow_run',
    { action: 'completed', workflow_run: { name: 'CI' } },
    undefined,
    true,
  ],
  [
    '{ workflow_run: { workflows: [CI] } }',
    'workflow_run',
    { action: 'completed', workflow_run: { name: 'X' } },
    undefined,
    false,
  ],
  ['{ schedule: [{ cron: "0 0 * * *" }] }', 'schedule', { schedule: '0 0 * * *' }, undefined, true],
])('on: %s hears %s %j with the files %j: %s', async (on, event, payload, files, hears) => {
  expect(deafness(await eventsOf(on), delivery(event, payload), files) === undefined).toBe(hears)
})

const dispatch = `{ workflow_dispatch: { inputs: {
  who: { type: string, required: true }, dry: { type: boolean, default: true }, wet: { type: boolean },
  how: { type: choice, options: [slow, fast], default: slow }, often: { type: number, default: 3 }, note: {} } } }`

test.each([
  [{ who: 'ana' }, undefined],
  [{ who: 'ana', how: 'fast', often: '2.5', dry: 'false' }, undefined],
  [{}, "required input 'who' not provided"],
  [{ who: '' }, "required input 'who' not provided"],
  [{ who: 'ana', where: 'here' }, 'unexpected inputs provided: ["where"]'],
  [{ who: 'ana', how: 'soon' }, "provided value 'soon' for input 'how' not in the list of allowed values"],
  [{ who: 'ana', dry: 'perhaps' }, "provided value 'perhaps' for input 'dry' is not a boolean"],
  [{ who: 'ana', often: 'x' }, "provided value 'x' for input 'often' is not a number"],
])('a dispatch with %j: %s', async (inputs, problem) => {
  expect(deafness(await eventsOf(dispatch), delivery('workflow_dispatch', { inputs }))).toBe(problem)
})

test('a dispatch gets the defaults: typed as inputs, as texts in the event', async () => {
  const { workflow_dispatch: rule } = await eventsOf(dispatch)
  const given = delivery('workflow_dispatch', { ref: 'refs/heads/dev', inputs: { who: 'ana' } })
  expect(dispatchInputs(rule, given)).toEqual({ who: 'ana', dry: true, wet: false, how: 'slow', often: 3, note: '' })
  expect(withDefaults(rule, given).payload).toEqual({
    ref: 'refs/heads/dev',
    inputs: { who: 'ana', dry: 'true', wet: 'false', how: 'slow', often: '3', note: '' },
  })
})

const pull_request = { number: 9, merge_commit_sha: 'abc', base: { ref: 'main' } }
test.each([
  ['pull_request', { action: 'opened', pull_request }, 'refs/pull/9/merge', 'abc'],
  ['pull_request', { action: 'closed', pull_request: { ...pull_request, merged: true } }, 'refs/heads/main', 'abc'],
  ['pull_request_review', { pull_request }, 'refs/pull/9/merge', 'abc'],
  ['pull_request_target', { pull_request }, 'refs/heads/trunk', undefined],
  ['issue_comment', { issue: {} }, 'refs/heads/trunk', undefined],
  ['push', { ref: 'refs/tags/v1', after: 'def' }, 'refs/tags/v1', 'def'],
  ['workflow_dispatch', { ref: 'dev' }, 'refs/heads/dev', undefined],
])('%s %j runs on %s', (event, payload, ref, sha) => {
  const origin = originOf(
    { event, payload: { ...payload, repository: { id: 1, default_branch: 'trunk' } } },
    'acme/widgets',
  )
  expect(origin.ref).toBe(ref)
  expect(origin.sha).toEqual(sha ?? expect.stringMatching(/^[0-9a-f]{40}$/))
})
