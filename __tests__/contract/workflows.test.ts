import { parse } from 'yaml'
import { files, read } from './tree.ts'

type Step = { uses?: string; with?: Record<string, unknown>; run?: string }
type Job = { permissions?: Record<string, string>; 'timeout-minutes'?: number; steps: Step[] }
type Workflow = { permissions: unknown; on: Record<string, unknown>; jobs: Record<string, Job> }

const workflows = [...files('.github/workflows/', '.yml'), ...files('examples/', '.yml')].map((file) => {
  const workflow: Workflow = parse(read(file))
  return { file, workflow, jobs: Object.values(workflow.jobs) }
})
const own = workflows.filter(({ file }) => file.startsWith('.github/'))

test.each(workflows)(
  '$file gives nothing by default, and each job what it needs, for a limited time',
  ({ workflow, jobs }) => {
    expect(workflow.permissions).toEqual({})
    for (const job of jobs) {
      expect(job.permissions).toMatchObject({ contents: 'read' })
      expect(job['timeout-minutes']).toBeGreaterThan(0)
    }
  },
)

test.each(own)('$file pins every action by its commit, and says which version that is', ({ file }) => {
  const lines = read(file).match(/uses:.*/g) ?? []
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.filter((line) => !/^uses: [\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$/.test(line))).toEqual([])
})

test.each(own)('$file leaves no token behind in the checkout', ({ jobs }) => {
  const checkouts = jobs.flatMap(({ steps }) => steps).filter(({ uses }) => uses?.startsWith('actions/checkout@'))
  expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([])
})

test.each(workflows)('$file never puts what others wrote into a script', ({ jobs }) => {
  const scripts = jobs.flatMap(({ steps }) => steps).map(({ run }) => run ?? '')
  expect(scripts.filter((script) => script.includes('${{'))).toEqual([])
})

test('no workflow of this repository runs with secrets on the code of a stranger', () => {
  expect(own.filter(({ workflow }) => 'pull_request_target' in workflow.on).map(({ file }) => file)).toEqual([])
})

test('CI runs the one test command', () => {
  const ci = own.find(({ file }) => file.endsWith('/ci.yml'))
  expect(ci?.jobs.flatMap(({ steps }) => steps).map(({ run }) => run)).toContain('bash .ci/run')
  expect(read('.ci/run')).toContain('npm test')
})
