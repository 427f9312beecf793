/** Other hosts, sources that are not there, files that cannot be saved, answers of 304. */
import { answers, refusal } from '../outcomes/acts.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { julesCalls, labelsOf, last, notes, tellDirectly, tracking, verdict, writes } from '../support/story.ts'

const stage = useStage()

async function labeled(options: Parameters<typeof tellDirectly>[0] = {}) {
  const world = await tellDirectly({ start: stage.start, ...options })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const event = last(world, 'issues', 'labeled')
  return { world, run: (given: Parameters<typeof world.run>[1] = {}) => world.run(event, given).done }
}

test('F-14 a create that does not find its source, although it was just shown, is tried again', async () => {
  const { world, run } = await labeled({ scenario: 'nothing-done' })
  world.jules.server.faults.add(answers('sessions.create', refusal(404, 'NOT_FOUND'), { times: 2 }))

  expect(verdict(await run())).toBe('no-changes/nothing-produced')
  expect([julesCalls(world, 'sessions.create').length, world.jules.sessions().length]).toEqual([3, 1])
})

test.each([
  { name: 'no name of it is known', route: 'sources.get', creates: 0 },
  { name: 'it is gone when the session is created', route: 'sessions.create', creates: 3 },
])(
  'F-56 the repository is not connected ($name): said once, with the link, and no session',
  async ({ route, creates }) => {
    const { world, run } = await labeled()
    world.jules.server.faults.add(answers(route, refusal(404, 'NOT_FOUND')))
    if (route === 'sources.get') world.jules.server.faults.add(answers('sources.list', { status: 200, body: {} }))
    const result = await run()

    expect([verdict(result), result.code]).toEqual(['failed/source-not-connected', 1])
    expect([julesCalls(world, 'sessions.create').length, world.jules.sessions().length]).toEqual([creates, 0])
    expect(tracking(world)).toEqual([expect.stringContaining('https://jules.google.com')])
    expect([notes(world).length, labelsOf(world)]).toEqual([1, ['jules: failed']])
  },
)

test('F-44 while nothing changes, GitHub answers with 304, and nothing is written', async () => {
  const { world, run } = await labeled({ scenario: 'stall', inputs: { 'wait-minutes': '10' } })
  await run()
  const reads = world.github.server.calls.filter(({ route }) => route === 'issues.listComments')
  const unchanged = reads.filter(({ status }) => status === 304)

  expect(unchanged.length).toBeGreaterThan(5)
  const [from = 0, until = 0] = [unchanged.at(-4)?.at, unchanged.at(-1)?.at]
  expect(writes(world).filter(({ at }) => at > from && at < until)).toEqual([])
})

test.each([
  { name: 'a weak tag', etag: 'W/"x"' },
  { name: 'a tag that changes at every look', etag: undefined },
])('F-44 lists with $name are read like any other', async ({ etag }) => {
  const { world, run } = await labeled({ scenario: 'ten-minutes', inputs: { 'wait-minutes': '30' } })
  let looks = 0
  world.github.server.faults.add({
    route: 'issues.listComments',
    phase: 'after',
    times: 999,
    act: {
      kind: 'change',
      change: (answer) => {
        looks += 1
        return { ...answer, headers: { ...answer.headers, etag: etag ?? `"${looks}"` } }
      },
    },
  })
  world.clock.at(world.clock.now() + 4 * 60_000, () => world.github.comment(world.ann, world.issue, '/jules stop'))

  expect(verdict(await run())).toBe('stopped/by-command')
})

test('F-55 where no file can be saved the run goes on, and says that they are missing', async () => {
  const { world, run } = await labeled({ scenario: 'media', environment: { RUNNER_TEMP: '/nowhere/at/all' } })
  const result = await run()

  expect([verdict(result), result.code, result.outputs['files-path']]).toEqual(['pull-request/completed', 0, ''])
  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened')])
  expect(result.summary).toContain('could not be saved on this runner')
})

test('F-59 GitHub elsewhere: its address is taken from the environment, and nobody else is called', async () => {
  const { world, run } = await labeled({ scenario: 'nothing-done' })
  const apiUrl = world.github.url.replace('127.0.0.1', 'localhost')
  const result = await run({ apiUrl })

  expect(verdict(result)).toBe('no-changes/nothing-produced')
  const hosts = new Set(world.github.server.calls.map(({ headers }) => String(headers.host).split(':')[0]))
  expect([...hosts]).toEqual(['localhost'])
})

test('F-59 a server of its own (GHES) is refused before anybody is called', async () => {
  const { world, run } = await labeled()
  const calls = world.github.server.calls.length
  const environment = { GITHUB_SERVER_URL: 'https://github.example.com' }
  const result = await run({ environment })

  expect([verdict(result), result.code]).toEqual(['failed/not-github-com', 1])
  expect([world.github.server.calls.length - calls, julesCalls(world).length]).toEqual([0, 0])
})
