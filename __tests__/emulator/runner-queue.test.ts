import { commentsIn, endWorlds, onComments, removeFiles, worldOf } from './runner-world.ts'

afterEach(endWorlds)
afterAll(removeFiles)

/** Something to wait for, told by a line of an action's log. */
function whenPrinted(word: string): { printed: Promise<void>; onLine(line: string): void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { printed: promise, onLine: (line) => line === word && resolve() }
}

test('with queue: max runs of one thread go one after the other, none lost', async () => {
  const world = await worldOf()
  commentsIn(world, '/jules one', '/jules two', '/jules three')
  expect(world.runner.runs.map((run) => run.status)).toEqual(['in_progress', 'queued', 'queued'])
  await world.runner.idle()
  expect(world.runner.runs.map((run) => run.conclusion)).toEqual(['success', 'success', 'success'])
  const [one, two] = world.runner.runs
  expect(two?.startedAt).toBeGreaterThanOrEqual(one?.completedAt ?? Number.POSITIVE_INFINITY)
})

test('without it, the one that waits is evicted by a newer one', async () => {
  const world = await worldOf({ workflow: onComments('concurrency: jules') })
  commentsIn(world, 'one', 'two', 'three')
  await world.runner.idle()
  expect(world.runner.runs.map((run) => run.conclusion)).toEqual(['success', 'cancelled', 'success'])
  expect(world.runner.runs[1]).toMatchObject({ started: undefined, why: expect.stringContaining('a newer run waits') })
})

test('cancel-in-progress interrupts the run', async () => {
  const workflow = onComments('concurrency: { group: jules, cancel-in-progress: true }')
  const { printed, onLine } = whenPrinted('ready')
  const world = await worldOf({ workflow, inputs: { do: 'polite' }, onLine })
  commentsIn(world, 'one')
  await printed
  world.github.comment(world.github.person('ana'), 1, 'two')
  expect(world.runner.runs.map((run) => run.status)).toEqual(['in_progress', 'queued'])
  await world.runner.runs[0]?.done
  expect(world.runner.runs[0]).toMatchObject({ conclusion: 'cancelled', result: { code: 130 } })
  expect(world.runner.runs[1]?.status).toBe('in_progress')
})

test('a group of the whole workflow evicts before any `if` is read', async () => {
  const workflow = onComments("if: contains(github.event.comment.body, 'go')", 'concurrency: all')
  const world = await worldOf({ workflow })
  commentsIn(world, 'go one', 'go two', 'no')
  await world.runner.idle()
  expect(world.runner.runs.map((run) => run.conclusion)).toEqual(['success', 'cancelled', 'skipped'])
})

test('workflow and job in the same group are cancelled, not hung', async () => {
  const world = await worldOf({ workflow: onComments('concurrency: all', 'concurrency: all') })
  commentsIn(world, 'go')
  await world.runner.idle()
  expect(world.runner.runs[0]?.why).toContain('wait for each other')
})

test('a job that outlives its timeout is cancelled', async () => {
  const world = await worldOf({ speed: 100, workflow: onComments('timeout-minutes: 3'), inputs: { do: 'stubborn' } })
  commentsIn(world, 'go')
  await world.runner.idle()
  const [run] = world.runner.runs
  expect(run).toMatchObject({ conclusion: 'cancelled', result: { signal: 'SIGKILL' } })
  expect(run?.why).toBe('Cancelled: the job ran longer than its 3 minutes.')
})

test('stopping ends what runs and empties the queue', async () => {
  const { printed, onLine } = whenPrinted('ready')
  const world = await worldOf({ inputs: { do: 'stubborn' }, onLine })
  commentsIn(world, '/jules one', '/jules two')
  await printed
  await world.runner.stop()
  const [one, two] = world.runner.runs
  expect(one?.result?.signal).toBe('SIGKILL')
  expect(two).toMatchObject({ conclusion: 'cancelled', started: undefined })
  commentsIn(world, '/jules three')
  expect(world.runner.runs).toHaveLength(2)
})
