/** Events that come in another order than they happened, or before what they are about. */
import { newest } from '../outcomes/acts.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { julesCalls, last, notes, type Told, tellDirectly, tracking, verdict } from '../support/story.ts'

const stage = useStage()

const SWEEP = { name: 'schedule', payload: {} }
const GATED = { 'require-plan-approval': 'true', 'wait-minutes': '4' }

/** All orders of some things. */
function permutations<T>(things: T[]): T[][] {
  if (things.length < 2) return [things]
  return things.flatMap((thing, at) => permutations(things.toSpliced(at, 1)).map((rest) => [thing, ...rest]))
}

const COMMANDS = ['/jules approve', '/jules reply Count in UTC.', '/jules status']
const NAMES = ['label', 'approve', 'reply', 'status', 'sweep']
const ALL = permutations(NAMES)
/** In a full run all 120. */
const ORDERS = process.env.FULL === undefined ? ALL.filter((_, at) => at % 40 === 7) : ALL

/** A label and three commands, and a sweep. */
async function fiveEvents() {
  const world = await tellDirectly({ start: stage.start, inputs: GATED })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const label = last(world, 'issues', 'labeled')
  const commands = COMMANDS.map((body) => {
    world.github.comment(world.ann, world.issue, body)
    return last(world, 'issue_comment')
  })
  const sweep = () => world.run(SWEEP, { inputs: { mode: 'sweep' } }).done
  const runs = [label, ...commands].map((event) => () => world.run(event).done)
  return { world, runs: new Map([...runs, sweep].map((run, at) => [NAMES[at] ?? '', run])) }
}

test.each(ORDERS.map((order) => [order.join(', ')] as const))(
  'F-10 %s: one session, each command seen to once, the same end',
  async (order) => {
    const { world, runs } = await fiveEvents()
    for (const name of order.split(', ')) await runs.get(name)?.()
    for (const name of ['approve', 'reply', 'status'])
      expect([name, verdict({ outputs: {}, ...(await runs.get(name)?.()) })]).toEqual([name, 'ignored/already-handled'])

    expect([world.jules.sessions().length, tracking(world).length]).toEqual([1, 1])
    const sent = julesCalls(world, 'sessions.sendMessage').length
    const approved = julesCalls(world, 'sessions.approvePlan').length
    expect([sent <= 1, approved <= 1]).toEqual([true, true])
    if (newest(world).state === 'AWAITING_PLAN_APPROVAL') {
      world.github.comment(world.ann, world.issue, '/jules approve')
      await world.run(last(world, 'issue_comment')).done
    }
    world.github.comment(world.ann, world.issue, '/jules status')
    await world.run(last(world, 'issue_comment'), { inputs: { 'wait-minutes': '30' } }).done
    expect(tracking(world)).toEqual([expect.stringMatching(/^### ✅ Jules opened \[pull request #2\]/)])
  },
)

test('F-09 of three answers the event of the second is dropped: all three arrive once, in their order', async () => {
  const world = await tellDirectly({ start: stage.start, scenario: 'question' })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await world.run(last(world, 'issues', 'labeled')).done
  const [first, , third] = ['one', 'two', 'three'].map((word) => {
    world.github.comment(world.ann, world.issue, `/jules reply ${word}`)
    return last(world, 'issue_comment')
  })
  for (const event of [first, third]) if (event !== undefined) await world.run(event).done

  const said = julesCalls(world, 'sessions.sendMessage').map(({ text }) => /one|two|three/.exec(text)?.[0])
  expect(said).toEqual(['one', 'two', 'three'])
})

test('F-10 an approval before there is a plan approves none, says so, and the plan is asked about when it is there', async () => {
  const world = await tellDirectly({ start: stage.start, inputs: GATED })
  world.github.comment(world.ann, world.issue, '/jules approve')
  const early = await world.run(last(world, 'issue_comment')).done
  world.github.label(world.ann, world.issue, 'ask-jules')
  const start = await world.run(last(world, 'issues', 'labeled')).done

  expect([verdict(early), verdict(start)]).toEqual(['answered/nothing-to-do', 'waiting-for-approval/plan-ready'])
  expect(julesCalls(world, 'sessions.approvePlan')).toEqual([])
  expect(notes(world)).toHaveLength(2)
})

test('F-10 a stop before there is a session stops nothing, and does not stop the next one', async () => {
  const world = await tellDirectly({ start: stage.start, scenario: 'nothing-done' })
  world.github.comment(world.ann, world.issue, '/jules stop')
  const early = last(world, 'issue_comment')
  expect(verdict(await world.run(early).done)).toBe('answered/nothing-to-do')
  world.github.label(world.ann, world.issue, 'ask-jules')

  expect(verdict(await world.run(last(world, 'issues', 'labeled')).done)).toBe('no-changes/nothing-produced')
  expect(verdict(await world.run(early).done)).toBe('ignored/already-handled')
  expect(julesCalls(world, 'sessions.archive')).toEqual([])
})

/** A pull request of the session is opened; Jules lists it `late` reads later. */
async function openedEarly(late: number): Promise<{ world: Told; event: Parameters<Told['run']>[0] }> {
  const world = await tellDirectly({ start: stage.start, scenario: 'nothing-done' })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await world.run(last(world, 'issues', 'labeled')).done
  const { id } = newest(world)
  const jules = world.github.person('google-labs-jules[bot]', 'write', 'Bot')
  const pull = world.github.openPullRequest(jules, { title: 'Mended', head: `mended-${id}`, cause: 'app' })
  let reads = 0
  world.jules.server.onCall(({ route }) => {
    if (!route?.startsWith('sessions.')) return
    reads += 1
    if (reads === late)
      world.jules.alter(id, { outputs: [{ pullRequest: { url: pull.url, title: 'Mended', description: '' } }] })
  })
  return { world, event: last(world, 'pull_request') }
}

test('F-10 a pull request that is opened before its session lists it is looked for, and told of', async () => {
  const { world, event } = await openedEarly(3)

  expect(verdict(await world.run(event).done)).toBe('pull-request/completed')
  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened [pull request #2]')])
})

test('F-10 one that is listed only much later is left to whoever looks next', async () => {
  const { world, event } = await openedEarly(Number.POSITIVE_INFINITY)
  expect(verdict(await world.run(event).done)).toBe('ignored/not-our-pull-request')
  const url = 'https://github.com/acme/widgets/pull/2'
  world.jules.alter(newest(world).id, { outputs: [{ pullRequest: { url, title: 'Mended', description: '' } }] })
  world.github.comment(world.ann, world.issue, '/jules status')
  await world.run(last(world, 'issue_comment')).done

  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened [pull request #2]')])
})
