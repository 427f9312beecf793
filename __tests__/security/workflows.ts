/** Every workflow that we run, or tell people to copy. */
import { parse } from 'yaml'
import { files, read } from '../contract/tree.ts'

export type Step = { uses?: string; with?: Record<string, unknown>; run?: string; env?: Record<string, string> }
export type Job = {
  if?: string
  'runs-on': string
  'timeout-minutes'?: number
  permissions?: Record<string, string>
  concurrency?: Record<string, unknown>
  env?: Record<string, string>
  environment?: string
  needs?: string
  uses?: string
  steps: Step[]
}
export type Workflow = {
  on: string | Record<string, unknown>
  permissions: unknown
  env?: Record<string, string>
  jobs: Record<string, Job>
}
export type Written = { name: string; text: string; workflow: Workflow; jobs: Job[]; steps: Step[] }

/** Those of `.github/`, which run here. */
export const own = files('.github/workflows/')
  .sort()
  .map((file) => written(file, read(file)))

/** Those of `examples/` and of the documents, which run where people have copied them to. */
export const examples = [
  ...files('examples/', '.yml').map((file) => written(file, read(file))),
  ...files('', '.md').flatMap(blocksOf),
]

function written(name: string, text: string): Written {
  const workflow: Workflow = parse(text)
  const jobs = Object.values(workflow.jobs)
  return { name, text, workflow, jobs, steps: jobs.flatMap(({ steps }) => steps) }
}

/** Other YAML in the documents has no jobs. */
function blocksOf(file: string): Written[] {
  const blocks = [...read(file).matchAll(/^```ya?ml\n([\s\S]*?)^```/gm)].map(([, text = '']) => text)
  return blocks
    .filter((text) => Object.hasOwn(parse(text) ?? {}, 'jobs'))
    .map((text, at) => written(`${file} (${at + 1})`, text))
}
