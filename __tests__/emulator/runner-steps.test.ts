import type { Run } from '../../emulator/runner/index.ts'
import type { WorldOptions } from '../../emulator/world.ts'
import { makeAction } from './runner-action.ts'
import { commentsIn, endWorlds, removeFiles, worldOf } from './runner-world.ts'

const cautious = makeAction({ postIf: 'failure()' })

afterEach(endWorlds)
afterAll(() => {
  removeFiles()
  cautious.remove()
})

/** The run of a job with these steps. */
async function ended(steps: string, given: WorldOptions & { job?: string; top?: string } = {}): Promise<Run> {
  const { job = '', top = '', ...options } = given
  const lines = ['on: issue_comment', top, 'jobs:', '  one:', '    runs-on: x', `    ${job}`, '    steps:']
  const workflow = `${lines.join('\n')}\n${steps.replace(/^/gm, '      ')}\n`
  const world = await worldOf({ workflow, ...options })
  commentsIn(world, 'go')
  const [run] = world.runner.runs
  if (run === undefined) throw new Error(`Nothing started: ${world.runner.skipped.map(({ why }) => why).join()}`)
  return run.done
}

/** `stage name: conclusion` of every step. */
function told(run: Run): string[] {
  return run.steps.map(({ stage, name, conclusion }) => `${stage} ${name}: ${conclusion}`)
}

function log(run: Run, at: number): string[] {
  return (run.steps[at]?.result?.stdout ?? '').trim().split('\n')
}

test('steps hand on outputs, variables and paths; what is not the action is listed as skipped', async () => {
  const run = await ended(
    `- uses: actions/checkout@v5
- { run: echo hello, name: Greet }
- id: first
  uses: ./staged
  env: { OWN: '\${{ env.OUTER }}-\${{ env.INNER }}', OUTER: step }
  with: { main: 'put OUTPUT colour=red;put ENV SHARED=yes;put ENV NODE_OPTIONS=-x;put PATH /mine;show OWN;show OUTER' }
- uses: ./staged
  if: steps.first.outputs.colour == 'red' && steps.first.outcome == 'success'
  with: { main: 'print \${{ steps.first.outputs.colour }} \${{ env.SHARED }} \${{ job.status }};show SHARED;show PATH;show OUTER;show NODE_OPTIONS' }
- { uses: ./staged, if: failure() }`,
    {
      top: 'env: { OUTER: a }',
      job: `env: { INNER: b }\n    outputs: { paint: "\${{ steps.first.outputs.colour }}", none: "\${{ steps.x }}" }`,
    },
  )
  expect(told(run)).toEqual([
    'main Run actions/checkout@v5: skipped',
    'main Greet: skipped',
    'main Run ./staged: success',
    'main Run ./staged: success',
    'main Run ./staged: skipped',
    'post Post Run ./staged: success',
    'post Post Run ./staged: success',
  ])
  expect(log(run, 2)).toEqual(['[main]', 'OWN=a-b', 'OUTER=step'])
  expect(log(run, 3)).toEqual([
    '[main]',
    'red yes success',
    'SHARED=yes',
    expect.stringMatching(/^PATH=\/mine:\/usr/),
    'OUTER=a',
    'NODE_OPTIONS=undefined',
  ])
  expect(run).toMatchObject({ conclusion: 'success', outputs: { paint: 'red' }, result: run.steps[2]?.result })
  expect(run.steps[2]?.annotations).toEqual([
    { level: 'warning', message: "`pre` execution is not supported for local action from './staged'" },
    { level: 'error', message: "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command." },
  ])
})

test('after a failure only those run that want to, and every `post:`, the last first, with its own state', async () => {
  const run = await ended(
    `- { uses: ./staged, name: A, with: { main: 'put STATE Mine=a;print ::save-state name=more::b', post: 'show STATE_Mine;show STATE_more' } }
- { uses: ./staged, name: B, id: b, continue-on-error: true, with: { main: exit 1 } }
- { uses: ./staged, name: C, if: steps.b.outcome == 'failure' && steps.b.conclusion == 'success', with: { main: exit 2, post: show STATE_Mine } }
- { uses: ./staged, name: D }
- { uses: ./staged, name: E, if: 'failure() && !cancelled()', with: { old: 1 } }
- { uses: ./staged, name: F, if: always(), with: { main: 'print \${{ job.status }}', post: exit 4 } }`,
  )
  expect(told(run)).toEqual([
    'main A: success',
    'main B: success',
    'main C: failure',
    'main D: skipped',
    'main E: success',
    'main F: success',
    'post Post F: failure',
    'post Post E: success',
    'post Post C: success',
    'post Post B: success',
    'post Post A: success',
  ])
  expect(run).toMatchObject({ conclusion: 'failure', why: 'Ended with exit code 4.', result: { code: 0 } })
  expect(log(run, 5)).toEqual(['[main]', 'failure'])
  expect(log(run, 8)).toEqual(['[post]', 'STATE_Mine=undefined'])
  expect(log(run, 10)).toEqual(['[post]', 'STATE_Mine=a', 'STATE_more=b'])
  expect(run.steps[4]?.annotations).toContainEqual({
    level: 'warning',
    message: "Input 'old' has been deprecated with message: Use main.",
  })
})

test('a downloaded action has its `pre:` before the first step, and `post-if` is obeyed', async () => {
  const action = `${cautious.folder}/staged`
  const run = await ended(
    `- { run: echo }
- { uses: acme/jules-relay@v2, id: it, with: { pre: 'put STATE x=1;show GITHUB_ACTION_REF', main: show STATE_x } }`,
    { action },
  )
  expect(told(run)).toEqual([
    'pre Pre Run acme/jules-relay@v2: success',
    'main Run echo: skipped',
    'main Run acme/jules-relay@v2: success',
    'post Post Run acme/jules-relay@v2: skipped',
  ])
  expect([...log(run, 0), ...log(run, 2)]).toEqual(['[pre]', 'GITHUB_ACTION_REF=v2', '[main]', 'STATE_x=1'])
  const failed = await ended('- { uses: acme/jules-relay@v2, with: { pre: exit 1 } }', { action })
  expect(told(failed).map((line) => line.split(': ')[1])).toEqual(['failure', 'skipped', 'success'])
})

test('cancelling interrupts a step unless its `if` holds even then; `post:` runs to its end', async () => {
  const ready: string[] = []
  const onLine = (line: string, run: Run) => {
    if (line !== 'ready') return
    ready.push(line)
    run.cancel()
    run.cancel()
  }
  const run = await ended(
    `- { uses: ./staged, name: A, with: { main: wait 60000, post: wait 100 } }
- { uses: ./staged, name: B }
- { uses: ./staged, name: C, if: cancelled(), with: { main: 'print \${{ job.status }}' } }`,
    { onLine },
  )
  expect(told(run)).toEqual([
    'main A: cancelled',
    'main B: skipped',
    'main C: success',
    'post Post C: success',
    'post Post A: success',
  ])
  expect(run).toMatchObject({ conclusion: 'cancelled', why: 'Cancelled by a person.', result: { signal: 'SIGINT' } })
  expect(run.steps[0]?.annotations).toContainEqual({ level: 'error', message: 'The operation was canceled.' })
  expect(log(run, 2)).toEqual(['[main]', 'cancelled'])
  expect(ready).toHaveLength(2)
})

test('a job whose own `if` holds even then is not cancelled', async () => {
  const onLine = (line: string, run: Run) => line === 'ready' && run.cancel()
  const run = await ended('- { uses: ./staged, with: { main: wait 200 } }', { job: 'if: always()', onLine })
  expect(run).toMatchObject({ conclusion: 'success', result: { code: 0 } })
})

test('five minutes after it was cancelled, GitHub ends what is left by force', async () => {
  const onLine = (line: string, run: Run) => line === 'ready' && run.cancel()
  const steps =
    '- { uses: ./staged, if: always(), with: { main: "ignore SIGINT;ignore SIGTERM;wait 900000" } }\n- { uses: ./staged, if: always() }'
  const run = await ended(steps, { speed: 1000, onLine })
  expect(run).toMatchObject({ conclusion: 'cancelled', result: { signal: 'SIGKILL' } })
  expect((run.completedAt ?? 0) - (run.startedAt ?? 0)).toBeGreaterThanOrEqual(300_000)
  expect(told(run).slice(1)).toEqual(['main Run ./staged: skipped', 'post Post Run ./staged: skipped'])
})

test('a step that outlives its `timeout-minutes` fails, and its job goes on', async () => {
  const run = await ended(
    `- { uses: ./staged, name: A, timeout-minutes: 1, with: { main: wait 600000 } }
- { uses: ./staged, name: B, if: failure() }`,
    { speed: 200 },
  )
  expect(told(run).slice(0, 2)).toEqual(['main A: failure', 'main B: success'])
  expect(run.steps[0]?.annotations).toContainEqual({
    level: 'error',
    message: "The action 'A' has timed out after 1 minutes.",
  })
  expect(run.conclusion).toBe('failure')
})

test('a lost runner takes the job with it: no `post:`, no output', async () => {
  const onLine = (line: string, run: Run) => line === 'ready' && run.lose()
  const run = await ended('- { id: a, uses: ./staged, with: { main: "put OUTPUT x=1;wait 60000" } }', {
    onLine,
    job: `outputs: { x: "\${{ steps.a.outputs.x }}" }`,
  })
  expect(run).toMatchObject({
    conclusion: 'failure',
    why: 'The runner was lost.',
    outputs: {},
    result: { signal: 'SIGKILL' },
  })
  expect(told(run)).toEqual(['main Run ./staged: failure', 'post Post Run ./staged: skipped'])
})

test('secrets are hidden in the log, in annotations and in the summary, and no output carries one', async () => {
  const lines: string[] = []
  const run = await ended(
    `- id: a
  uses: ./staged
  with: { main: 'print key \${{ secrets.OTHER }} \${{ vars.COLOUR }};print ::error::\${{ secrets.OTHER }};put STEP_SUMMARY a \${{ secrets.OTHER }};put OUTPUT k=\${{ secrets.OTHER }};print \${{ github.token }};show RUNNER_DEBUG' }`,
    {
      secrets: { OTHER: 'other-secret', ACTIONS_STEP_DEBUG: 'true' },
      vars: { COLOUR: 'red' },
      job: `outputs: { key: "\${{ steps.a.outputs.k }}" }`,
      onLine: (line) => lines.push(line),
    },
  )
  expect(lines).toEqual(expect.arrayContaining(['key *** red', '::error::***', '***', 'RUNNER_DEBUG=1']))
  expect(run.steps[0]).toMatchObject({ summary: 'a ***\n', outputs: { k: 'other-secret' } })
  expect(run.steps[0]?.annotations.at(-1)).toEqual({ level: 'error', message: '***' })
  expect(run.outputs).toEqual({})
})

test('a step whose settings cannot be read fails before it starts', async () => {
  const run = await ended(`- { uses: ./staged, with: { main: "\${{ fromJSON('{') }}" } }`)
  expect(run).toMatchObject({ conclusion: 'failure', result: undefined })
  expect(run.steps[0]?.annotations).toHaveLength(1)
})
