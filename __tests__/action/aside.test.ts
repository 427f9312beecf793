/** F-09 Commands where the run that follows does not look: none is lost, and none comes twice. */
import { useStage } from '../support/stage/use-stage.ts'
import { bodyOf, julesCalls, last, notes, type Told, tellDirectly, tracking, verdict } from '../support/story.ts'

const stage = useStage()

const PULL = 2

/** A session of issue #1 has made pull request #2, and is at rest. */
async function withPull(): Promise<Told> {
  const world = await tellDirectly({ start: stage.start })
  world.github.label(world.ann, world.issue, 'ask-jules')
  await world.run(last(world, 'issues', 'labeled')).done
  return world
}

const words = (world: Told) =>
  julesCalls(world, 'sessions.sendMessage').map((call) => String(bodyOf(call).prompt).split('\n')[0])

function say(world: Told, on: number, body: string) {
  world.github.comment(world.ann, on, body)
  return last(world, 'issue_comment', 'created')
}

test('the event of a command on the pull request is lost: the run of the next one sees to both, in their order', async () => {
  const world = await withPull()
  say(world, PULL, '/jules use UTC')
  const event = say(world, PULL, '/jules add a test')

  expect(verdict(await world.run(event, { runId: '81' }).done)).toBe('pull-request/completed')
  expect(words(world)).toEqual(['use UTC', 'add a test'])
  expect(notes(world, PULL)).toHaveLength(2)
})

test('a command on the issue is seen to by a run of the pull request: nobody answers it there', async () => {
  const world = await withPull()
  say(world, world.issue, '/jules help')
  const event = say(world, PULL, '/jules add a test')
  await world.run(event, { runId: '81' }).done

  expect(notes(world)).toEqual([expect.stringContaining('What can be said now')])
  expect(notes(world, PULL)).toEqual([expect.stringContaining('Told the session')])
})

test.each(['/jules add a test', '/jules stop', '/jules status', '/jules help'])(
  '%s in a review, while a run follows from the issue: done at once, and one run tells the end',
  async (command) => {
    const world = await withPull()
    const first = world.run(say(world, world.issue, '/jules use UTC'), { runId: '81' }).done
    await world.clock.wait(20_000)
    world.github.review(world.ann, PULL, { state: 'commented', body: command })
    const second = world.run(last(world, 'pull_request_review', 'submitted'), { runId: '82' }).done
    const ends = [verdict(await first), verdict(await second)]

    const told = { '/jules add a test': 'add a test', '/jules stop': expect.stringMatching(/^Please stop/) }[command]
    expect(words(world)).toEqual(['use UTC', ...(told === undefined ? [] : [told])])
    expect(ends).toEqual(
      {
        '/jules add a test': ['running/taken-over', 'pull-request/completed'],
        '/jules stop': ['running/taken-over', 'stopped/by-command'],
        '/jules status': ['pull-request/completed', 'answered/status'],
        '/jules help': ['pull-request/completed', 'answered/help'],
      }[command],
    )
    expect(tracking(world)).toEqual([expect.stringContaining(command.endsWith('stop') ? '🛑' : '✅ Jules opened')])
  },
)

test.each(['/jules stop', '/jules use UTC'])(
  '%s while a run follows takes effect within two looks',
  async (command) => {
    const world = await tellDirectly({ start: stage.start, scenario: 'one-hour' })
    world.github.label(world.ann, world.issue, 'ask-jules')
    const run = world.run(last(world, 'issues', 'labeled')).done
    await world.clock.wait(7 * 60_000)
    const since = world.clock.now()
    say(world, world.issue, command)
    await run

    const [sent, ...more] = julesCalls(world, 'sessions.sendMessage')
    expect(more).toEqual([])
    const looks = julesCalls(world, 'sessions.get').filter(({ at }) => at > since && at < (sent?.at ?? 0))
    expect(looks.length).toBeLessThanOrEqual(2)
    expect((sent?.at ?? 0) - since).toBeLessThan(90_000)
  },
)
