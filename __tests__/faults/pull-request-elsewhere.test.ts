/** A pull request whose address is none of this repository's. */
import { useStage } from '../support/stage/use-stage.ts'
import { bodyOf, labeled, tracking, verdict } from '../support/story.ts'

const stage = useStage()

test.each([
  'https://github.com/acme/another/pull/3',
  'https://github.com.evil.example/acme/widgets/pull/3',
  'javascript:x',
])(
  'T-79 %s: that there is one is told, its address is not, and nothing claims that Jules changed nothing',
  async (url) => {
    const { world, event } = await labeled({ start: stage.start, scenario: 'nothing-done' })
    const outputs = [{ pullRequest: { url, title: 'Mended', description: '' } }]
    world.jules.server.faults.add({
      route: 'sessions.get',
      phase: 'after',
      times: 99,
      act: { kind: 'change', change: (answer) => ({ ...answer, body: { ...Object(answer.body), outputs } }) },
    })
    const result = await world.run(event).done

    expect(verdict(result)).toBe('pull-request/completed')
    expect(result.outputs['pull-request-url']).toBe('')
    expect(tracking(world)).toEqual([expect.stringContaining('### ✅ Jules opened a pull request\n')])
    expect(JSON.stringify([world.github.server.calls.map(bodyOf), result.outputs])).not.toContain(url)
  },
)
