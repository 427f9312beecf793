import { combinationsOf } from '../../emulator/runner/matrix.ts'
import type { World, WorldOptions } from '../../emulator/world.ts'
import { commentsIn, endWorlds, removeFiles, worldOf } from './runner-world.ts'

afterEach(endWorlds)
afterAll(removeFiles)

type Job = { main?: string; [key: string]: unknown }

/** A workflow of jobs with one step each, after everything has ended. */
async function played(
  jobs: Record<string, Job>,
  given: WorldOptions & { on?: string; top?: string } = {},
): Promise<World> {
  const { on = 'issue_comment', top = '', ...options } = given
  const lines = Object.entries(jobs).map(([id, { main = '', ...rest }]) => {
    const steps = [{ id: 's', uses: './single', with: { main } }]
    return `  ${id}: ${JSON.stringify({ 'runs-on': 'x', steps, ...rest })}`
  })
  const world = await worldOf({ workflow: `on: ${on}\n${top}\njobs:\n${lines.join('\n')}\n`, ...options })
  commentsIn(world, 'go')
  await world.runner.idle()
  return world
}

function told({ runner }: World): string[] {
  return runner.runs.map(({ job, conclusion }) => `${job}: ${conclusion}`)
}

const colour = `\${{ steps.s.outputs.colour }}`

test('a job waits for those it needs, and gets their outputs', async () => {
  const world = await played({
    last: { needs: ['middle'], main: `print \${{ needs.middle.outputs.paint }} \${{ needs.middle.result }}` },
    middle: {
      needs: 'first',
      main: `put OUTPUT colour=\${{ needs.first.outputs.paint }}ish`,
      outputs: { paint: colour },
    },
    first: { main: 'put OUTPUT colour=red', outputs: { paint: colour } },
  })
  expect(told(world)).toEqual(['first: success', 'middle: success', 'last: success'])
  expect(world.runner.runs[2]?.result?.stdout).toContain('redish success')
  expect(new Set(world.runner.runs.map(({ id }) => id)).size).toBe(1)
})

test('after a failure, near or far, only those run that want to', async () => {
  const world = await played({
    bad: { main: 'exit 1' },
    next: { needs: 'bad' },
    rescue: { needs: 'bad', if: "failure() && needs.bad.result == 'failure'" },
    far: { needs: 'rescue' },
    forgiven: { main: 'exit 1', 'continue-on-error': true },
    glad: { needs: 'forgiven' },
  })
  expect(told(world).toSorted()).toEqual(['bad: failure', 'forgiven: failure', 'glad: success', 'rescue: success'])
  expect(world.runner.skipped.map(({ why }) => why)).toEqual(
    expect.arrayContaining(['Skipped: the job’s `if` does not hold.']),
  )
})

test('a job of other steps counts as passed; one that cannot be read as failed', async () => {
  const world = await played({
    build: { steps: [{ run: 'make' }] },
    ship: { needs: 'build' },
    odd: { if: "fromJSON('{')" },
    late: { needs: 'odd', if: 'failure()' },
  })
  expect(told(world)).toEqual(['ship: success', 'late: success'])
})

test('a person cancels all jobs, and those that want to run then do', async () => {
  const world = await played(
    { one: { main: 'wait 60000' }, two: { needs: 'one' }, three: { needs: 'one', if: 'cancelled()' } },
    { onLine: (line, run) => line === 'ready' && run.cancel() },
  )
  expect(told(world)).toEqual(['one: cancelled', 'three: success'])
})

test.each([
  [undefined, [{}]],
  [
    { a: [1, 2], b: ['x'] },
    [
      { a: 1, b: 'x' },
      { a: 2, b: 'x' },
    ],
  ],
  [{ a: [1, 2], exclude: [{ a: 2 }] }, [{ a: 1 }]],
  [{ a: [1, 2], include: [{ a: 2, b: 'y' }, { a: 3 }, { c: 1 }] }, [{ a: 1, c: 1 }, { a: 2, b: 'y', c: 1 }, { a: 3 }]],
  [{ include: [{ a: 1 }, { a: 2 }] }, [{ a: 1 }, { a: 2 }]],
  [{ a: [] }, []],
])('the matrix %j', (matrix, combinations) => {
  expect(combinationsOf(matrix)).toEqual(combinations)
})

test('a matrix makes a run of each combination; the first failure cancels the others', async () => {
  const main = `print \${{ matrix.kind }};\${{ matrix.act }}`
  const include = [
    { kind: 'bad', act: 'exit 1' },
    { kind: 'slow', act: 'wait 60000' },
  ]
  const world = await played({ many: { main, strategy: { matrix: { include } } } })
  expect(world.runner.runs.map(({ matrix, conclusion }) => [matrix.kind, conclusion])).toEqual([
    ['bad', 'failure'],
    ['slow', 'cancelled'],
  ])
  const patient = await played({
    many: { main: `\${{ matrix.act }}`, strategy: { 'fail-fast': false, matrix: { act: ['exit 1', 'print x'] } } },
    after: { needs: 'many', if: "always() && needs.many.result == 'failure'" },
  })
  expect(told(patient)).toEqual(['many: failure', 'many: success', 'after: success'])
})

test('a group of the workflow holds until its last job has ended', async () => {
  const world = await worldOf({
    workflow: `on: issue_comment
concurrency: { group: '\${{ github.event.issue.number }}', queue: max }
jobs:
  one: { runs-on: x, steps: [{ uses: ./single }] }
  two: { runs-on: x, needs: one, steps: [{ uses: ./single }] }
`,
  })
  commentsIn(world, 'a', 'b')
  await world.runner.idle()
  const ids = world.runner.runs
    .toSorted((one, other) => (one.startedAt ?? 0) - (other.startedAt ?? 0))
    .map(({ id }) => id)
  expect(ids).toEqual([ids[0], ids[0], ids[3], ids[3]])
  expect(ids[0]).not.toBe(ids[3])
})

test('cancel-in-progress may be an expression', async () => {
  const group = { group: 'G', 'cancel-in-progress': `\${{ contains(github.event.comment.body, 'now') }}` }
  const workflow = `on: issue_comment\njobs: { one: ${JSON.stringify({ 'runs-on': 'x', concurrency: group, steps: [{ uses: './single', with: { main: 'wait 2000' } }] })} }`
  const world = await worldOf({ workflow, speed: 40 })
  commentsIn(world, 'a', 'b now', 'c')
  await world.runner.idle()
  expect(world.runner.runs.map(({ conclusion }) => conclusion)).toEqual(['cancelled', 'cancelled', 'success'])
})

test('a re-run repeats the job and those that need it', async () => {
  const world = await played({
    first: { main: 'put OUTPUT colour=red', outputs: { paint: colour } },
    second: { needs: 'first', main: `print \${{ needs.first.outputs.paint }} \${{ github.run_attempt }}` },
    third: { needs: 'second' },
  })
  const second = world.runner.runs[1]
  if (second === undefined) throw new Error('No run')
  const again = await world.runner.rerun(second)
  await world.runner.idle()
  expect(again.result?.stdout).toContain('red 2')
  expect(world.runner.runs.map(({ job, attempt }) => `${job} ${attempt}`)).toEqual([
    'first 1',
    'second 1',
    'third 1',
    'second 2',
    'third 2',
  ])
})

test('a permission that is not named is none, and the checkout’s defaults know the token', async () => {
  const { github, runner } = await played({ one: { permissions: {}, main: 'print x' } })
  expect(runner.runs[0]?.conclusion).toBe('success')
  expect(github.server.calls).toEqual([])
})
