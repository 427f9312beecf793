/** A branch to start from that is not there: nothing is started, and the thread names those that may have been meant. */
import { ended, endWorlds, julesCalls, type Told, tell, tracking, verdict } from '../support/story.ts'

afterEach(endWorlds)

/** The one that is meant stands on the third page. */
function branches(world: Told): void {
  for (let at = 0; at < 250; at += 1)
    world.github.store.branches.push({ name: `topic/${at}-work`, sha: 'a'.repeat(40) })
  for (const name of ['release/2026-11', 'hotfix/date']) world.github.store.branches.push({ name, sha: 'b'.repeat(40) })
}

const listed = (world: Told) => world.github.server.calls.filter(({ route }) => route === 'repos.listBranches').length

test.each([
  { name: 'by the input', inputs: { 'starting-branch': 'relaese/2026-11' }, body: '/jules fix it' },
  { name: 'by the flag', inputs: { 'starting-branch': 'main' }, body: '/jules --branch relaese/2026-11 fix it' },
])('$name: the near one is named, whichever page it stands on', async ({ inputs, body }) => {
  const world = await tell({ inputs })
  branches(world)
  world.github.comment(world.ann, world.issue, body)
  const run = await ended(world, 'issue_comment')

  expect([verdict(run), run.result.code]).toEqual(['failed/branch-not-found', 1])
  const sentence = 'There is no `relaese/2026-11`. Near to it: `release/2026-11`. Push it, or name another one'
  expect(tracking(world)).toEqual([expect.stringContaining(sentence)])
  expect(run.outputs.summary).toContain(sentence)
  expect(julesCalls(world, 'sessions.create')).toEqual([])
  expect(listed(world)).toBe(3)
})

test('of more than a thousand branches the first thousand are looked at', async () => {
  const world = await tell({ inputs: { 'starting-branch': 'mian' } })
  for (let at = 0; at < 1200; at += 1) world.github.store.branches.push({ name: `topic/${at}`, sha: 'a'.repeat(40) })
  world.github.label(world.ann, world.issue, 'ask-jules')

  expect(verdict(await ended(world, 'issues'))).toBe('failed/branch-not-found')
  expect(tracking(world)).toEqual([expect.stringContaining('Near to it: `main`.')])
  expect(listed(world)).toBe(10)
})

test('a branch that was renamed is not there by its old name', async () => {
  const world = await tell({ inputs: { 'starting-branch': 'mainline' } })
  const moved = { status: 301, headers: { location: `${world.github.url}/repositories/1/branches/main` } }
  world.github.server.faults.add({
    route: 'repos.getBranch',
    phase: 'before',
    times: 9,
    act: { kind: 'answer', answer: moved },
  })
  world.github.label(world.ann, world.issue, 'ask-jules')

  expect(verdict(await ended(world, 'issues'))).toBe('failed/branch-not-found')
  expect(tracking(world)).toEqual([expect.stringContaining('There is no `mainline`. Near to it: `main`.')])
})
