/** Each permission that the token may lack: which one is named, and what becomes of the session. */
import { ALL_OUTPUTS, atLook, githubAnswers } from '../support/midway.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { julesCalls, last, type Told, tellDirectly, tracking, verdict, writes } from '../support/story.ts'

const stage = useStage()

type Missing = {
  name: string
  /** What the token has. */
  permissions: Record<string, 'read' | 'write'>
  start(world: Told): void
  event: string
  inputs?: Record<string, string>
  line: string
}

const label = (world: Told) => world.github.label(world.ann, world.issue, 'ask-jules')
const labelPull = (world: Told) => {
  const pull = world.github.openPullRequest(world.ann, { title: 'Dates', head: 'dates' })
  world.github.label(world.ann, pull.number, 'ask-jules')
}

const MISSING: Missing[] = [
  {
    name: 'issues, on an issue',
    permissions: { contents: 'read', pull_requests: 'write' },
    start: label,
    event: 'issues',
    line: 'issues: write',
  },
  {
    name: 'pull-requests, on a pull request',
    permissions: { contents: 'read', issues: 'write' },
    start: labelPull,
    event: 'pull_request',
    line: 'pull-requests: write',
  },
  {
    name: 'both, on a pull request',
    permissions: { contents: 'read' },
    start: labelPull,
    event: 'pull_request',
    line: 'pull-requests: write',
  },
  {
    name: 'contents',
    permissions: { issues: 'write', pull_requests: 'write' },
    start: label,
    event: 'issues',
    inputs: { 'starting-branch': 'main' },
    line: 'contents: read',
  },
]
test.each(MISSING)('T-117 F-34 without $name: $line is named once, and no session is created', async (row) => {
  const world = await tellDirectly({ start: stage.start })
  world.github.store.repository.private = true
  row.start(world)
  const { permissions, inputs = {} } = row
  const result = await world.run(last(world, row.event, 'labeled'), { permissions, inputs }).done

  expect([verdict(result), result.code]).toEqual(['failed/github-permission-missing', 1])
  expect(Object.keys(result.outputs).sort()).toEqual(ALL_OUTPUTS)
  expect(result.summary).toContain(`Add this line under \`permissions:\` of the job: \`${row.line}\`.`)
  expect(result.stdout.match(/^::error::.*/gm)).toEqual([expect.stringContaining(`\`${row.line}\``)])
  expect(julesCalls(world, 'sessions.create')).toEqual([])
  const refused = world.github.server.calls.filter(({ status }) => status === 403).map(({ route }) => route)
  expect(refused).toEqual([...new Set(refused)])
})

test('T-117 exactly the permissions of the documents are enough, in a private repository too', async () => {
  const world = await tellDirectly({ start: stage.start })
  world.github.store.repository.private = true
  label(world)
  const result = await world.run(last(world, 'issues', 'labeled')).done

  expect([verdict(result), result.code]).toEqual(['pull-request/completed', 0])
})

test('without `contents: read` the tracking comment tells so as well', async () => {
  const world = await tellDirectly({ start: stage.start })
  world.github.store.repository.private = true
  label(world)
  const permissions = { issues: 'write', pull_requests: 'write' } as const
  await world.run(last(world, 'issues', 'labeled'), { permissions, inputs: { 'starting-branch': 'main' } }).done

  expect(tracking(world)).toEqual([expect.stringContaining('`contents: read`')])
})

const forbidden = (accepted: string) => ({
  status: 403,
  headers: { 'x-accepted-github-permissions': accepted },
  body: { message: 'Resource not accessible by integration' },
})

const MIDWAY = [
  { route: 'issues.updateComment', accepted: 'issues=write; pull_requests=write', line: 'issues: write' },
  { route: 'issues.updateComment', accepted: 'pull_requests=write', line: 'pull-requests: write' },
  { route: 'issues.updateComment', accepted: 'everything=write', line: 'issues: write' },
  { route: 'issues.listComments', accepted: '', line: 'issues: write' },
]
test.each(MIDWAY)(
  'F-34 $route is refused in the middle ($accepted): the session goes on, and $line is named',
  async (row) => {
    const world = await tellDirectly({ start: stage.start })
    label(world)
    atLook(world, 2, () => githubAnswers(world, forbidden(row.accepted), row.route))
    const result = await world.run(last(world, 'issues', 'labeled')).done
    const id = world.jules.sessions()[0]?.id

    expect([verdict(result), result.code]).toEqual(['failed/github-permission-missing', 1])
    expect(result.outputs).toMatchObject({ 'session-id': id, 'session-url': expect.stringContaining(String(id)) })
    expect(result.outputs['session-state']).toMatch(/^[A-Z_]+$/)
    expect(result.summary).toContain(`\`${row.line}\``)
    expect(world.github.server.calls.filter(({ route, status }) => route === row.route && status === 403)).toHaveLength(
      1,
    )
    expect(writes(world).filter(({ route }) => route === 'issues.createComment')).toHaveLength(1)
  },
)

test('a permission API that is refused needs no permission of ours: nobody may ask, and the run is green', async () => {
  const world = await tellDirectly({ start: stage.start })
  githubAnswers(world, forbidden('metadata=read'), 'repos.getCollaboratorPermissionLevel')
  label(world)
  const result = await world.run(last(world, 'issues', 'labeled')).done

  expect([verdict(result), result.code]).toEqual(['ignored/permission-unknown', 0])
})
