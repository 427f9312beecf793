/** Following a session whose answers are late, missing, doubled or at odds with each other. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answer } from '../../emulator/route.ts'
import { expectSoundReport } from '../support/reached.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { julesCalls, labelsOf, notes, tell, tracking, verdict } from '../support/story.ts'
import { AT_ONCE, answers, byHand, dispatch, label, newest, refusal, when, written } from './acts.ts'

const stage = useStage()

const MISSING = refusal(404, 'NOT_FOUND')

const LATE = [
  { name: 'F-13 the session', route: 'sessions.get', times: 3 },
  { name: 'F-13 the list of activities', route: 'activities.list', times: 5 },
]
test.each(LATE)('$name is not found right after the create: looked for again', async ({ route, times }) => {
  const world = await tell({ start: stage.start, scenario: 'nothing-done' })
  world.jules.server.faults.add(answers(route, MISSING, { times }))
  const { result } = await label(world)

  expect([verdict(result), result.code]).toEqual(['no-changes/nothing-produced', 0])
  expect(written(world).join()).not.toContain('gone')
  expect(world.jules.sessions()).toHaveLength(1)
})

test('F-13 a job that ends before the new session can be found still hands over its id and its page', async () => {
  const world = await byHand(AT_ONCE)
  world.jules.server.faults.add(answers('sessions.get', MISSING))
  const end = await dispatch(world, { prompt: 'Update the dependencies.' })

  expect(verdict(end.result)).toBe('running/nobody-follows')
  expect(end.result.outputs['session-id']).toBe(newest(world).id)
  expect(end.result.outputs['session-url']).toBe(newest(world).url)
  expectSoundReport(end)
})

test('F-22 a session that is missing twice and then there is not gone', async () => {
  const world = await tell({ start: stage.start, scenario: 'nothing-done' })
  world.jules.server.faults.add(answers('sessions.get', MISSING, { skip: 1, times: 2 }))
  const { result } = await label(world)

  expect([verdict(result), result.code]).toEqual(['no-changes/nothing-produced', 0])
  expect(written(world).join()).not.toContain('gone')
})

test('F-22 a session that stays missing for five minutes is gone, and that is said once', async () => {
  const world = await tell({ start: stage.start })
  world.jules.server.faults.add(answers('sessions.get', MISSING, { skip: 2 }))
  const { result } = await label(world)
  const looks = julesCalls(world, 'sessions.get').filter(({ status }) => status === 404)

  expect([verdict(result), result.code]).toEqual(['failed/gone', 1])
  expect((looks.at(-1)?.at ?? 0) - (looks[0]?.at ?? 0)).toBeGreaterThan(4.8 * 60_000)
  expect(written(world).filter((body) => body.includes('The session is gone'))).toHaveLength(1)
  expect(tracking(world)).toEqual([expect.stringContaining('/jules retry')])
  expect(notes(world)).toEqual([expect.stringContaining('The session is gone')])
  expect(labelsOf(world)).toEqual(['jules: failed'])
})

type Listed = { id: string; progressUpdated?: { title?: string } }[]

/** The activities in a list of them. */
function activitiesIn({ body }: Answer): Listed {
  const list: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'activities') : undefined
  return Array.isArray(list) ? list : []
}

/** The first step comes in only when the last one has been listed twice. */
function lateFirst(): (list: Listed) => Listed {
  let listed = 0
  return (list) => {
    if (list.some(({ progressUpdated }) => progressUpdated?.title?.startsWith('The function'))) listed += 1
    return listed > 2 ? list : list.filter(({ progressUpdated }) => !progressUpdated?.title?.startsWith('Read'))
  }
}

const DISORDER = [
  { name: 'newest first', change: (list: Listed) => list.toReversed() },
  { name: 'twice', change: (list: Listed) => [...list, ...list] },
  { name: 'late, one of them', change: lateFirst() },
]

/** What the thread shows of a session that does three things and then falls silent. */
async function threeSteps(change?: (list: Listed) => Listed): Promise<string[]> {
  const world = await tell({
    start: stage.start,
    scenario: 'stall',
    inputs: { 'wait-minutes': '5', 'poll-seconds': '5' },
  })
  const altered = (answer: Answer): Answer => ({ ...answer, body: { activities: change?.(activitiesIn(answer)) } })
  if (change !== undefined)
    world.jules.server.faults.add({
      route: 'activities.list',
      phase: 'after',
      times: 99,
      act: { kind: 'change', change: altered },
    })
  const { result } = await label(world)
  expect(verdict(result)).toBe('running/handed-over')
  return tracking(world)
}

test.each(DISORDER)('F-20 activities that come $name are each shown once, in their order', async ({ change }) => {
  const [orderly, disorderly] = await Promise.all([threeSteps(), threeSteps(change)])

  expect(orderly).toEqual([expect.stringMatching(/\*\*Progress\*\*\n\n- .*Read .*\n- .*Ran .*\n- .*The function /)])
  expect(disorderly).toEqual(orderly)
})

const patchOf = (name: string) => `diff --git a/${name} b/${name}
--- a/${name}
+++ b/${name}
@@ -1 +1 @@
-old
+new
`
const changeSet = (name: string) => ({
  changeSet: { source: 'sources/github/acme/widgets', gitPatch: { unidiffPatch: patchOf(name) } },
})
const PATCHES = [
  { name: 'the session itself counts', outputs: [changeSet('outputs.md')], file: 'outputs.md' },
  { name: 'the newest activity helps out', outputs: [], file: 'second.md' },
]
test.each(PATCHES)('of the patches that Jules tells of, that of $name', async ({ outputs, file }) => {
  const world = await tell({ start: stage.start })
  const finish = () => {
    const { id } = newest(world)
    for (const name of ['first.md', 'second.md'])
      world.jules.alter(id, { activity: { progressUpdated: {}, artifacts: [changeSet(name)] } })
    world.jules.alter(id, { state: 'COMPLETED', outputs })
  }
  world.jules.server.faults.add(when('sessions.get', finish))
  const { result } = await label(world)

  expect(verdict(result)).toBe('changes/not-published')
  expect(tracking(world)).toEqual([expect.stringContaining(`**1 file changed**\n\n- \`${file}\` +1 −1`)])
  const saved = join(result.outputs['files-path'] ?? '', `${newest(world).id}.patch`)
  expect(readFileSync(saved, 'utf8')).toBe(patchOf(file))
})

test('F-18 answers that leave out where a session works: the last line of its prompt proves it to be ours', async () => {
  const world = await tell({ start: stage.start, scenario: 'nothing-done' })
  const lean = (answer: Answer): Answer => {
    const { sourceContext: _, ...body } = Object(answer.body)
    return { ...answer, body }
  }
  world.jules.server.faults.add({
    route: 'sessions.get',
    phase: 'after',
    times: 99,
    act: { kind: 'change', change: lean },
  })
  const { result } = await label(world)

  expect([verdict(result), result.code]).toEqual(['no-changes/nothing-produced', 0])
})

test('F-56 a name of a source that Jules finds malformed is one that it does not know', async () => {
  const world = await tell({ start: stage.start, scenario: 'nothing-done' })
  world.jules.server.faults.add(answers('sources.get', refusal(400, 'INVALID_ARGUMENT'), { times: 2 }))
  const { result } = await label(world)

  expect([verdict(result), result.code]).toEqual(['no-changes/nothing-produced', 0])
  expect(julesCalls(world, 'sources.list')).toHaveLength(1)
})

test('F-18 every kind of activity and artifact is told, and those that nobody knows by their names', async () => {
  const world = await tell({ start: stage.start, scenario: 'every-kind' })
  const { result } = await label(world)
  const [page = ''] = tracking(world)

  expect(verdict(result)).toBe('pull-request/completed')
  expect(written(world).join()).toContain('`An activity without an originator`')
  expect(page).toContain('\n\n- `npm test` → 1\n- `npm test` → 0\n\n')
  for (const text of [page, result.summary])
    expect(text).toContain('Jules also told of `somethingNew`, which this action does not know.')
})
