/** The steps of a job, one after the other, as the runner's `StepsRunner` takes them. */
import { join } from 'node:path'
import { readActionDefinition } from './action-definition.ts'
import { holds } from './expression.ts'
import { contextsOf, type Job, statusOf, type Turn } from './job.ts'
import { perform } from './perform.ts'
import { environmentOf, type StepResult, settingsOf, unstarted } from './step.ts'
import { isRemote, usesThisAction } from './workflow.ts'
import type { WorkflowStep } from './workflow-file.ts'

/** Runs every `pre:`, then the steps, then every `post:` of those that began, the last first. */
export async function runSteps(job: Job, steps: WorkflowStep[]): Promise<void> {
  const mains = steps.map((step) => turnOf(job, step))
  for (const turn of mains.flatMap(preOf)) await take(job, turn)
  for (const turn of mains) await take(job, turn)
  for (let post = job.posts.pop(); post !== undefined; post = job.posts.pop()) await take(job, post)
}

function turnOf({ state }: Job, step: WorkflowStep): Turn {
  const { condition, name, uses = '' } = step
  const folder = isRemote(uses) ? state.action : join(state.action, uses)
  const action = usesThisAction(step) ? { folder, definition: readActionDefinition(folder) } : undefined
  return { step, stage: 'main', name, condition, action }
}

/** Only what GitHub has downloaded beforehand can run before the job's first step. */
function preOf(turn: Turn): Turn[] {
  const { definition } = turn.action ?? {}
  if (definition?.programs.pre === undefined || !isRemote(turn.step.uses ?? '')) return []
  return [{ ...turn, stage: 'pre', name: `Pre ${turn.name}`, condition: definition.conditions.pre }]
}

async function take(job: Job, turn: Turn): Promise<void> {
  const result = await outcomeOf(job, turn)
  job.control.run.steps.push(result)
  if (turn.stage === 'main' && !turn.step.id.startsWith('__')) {
    const { outputs, outcome, conclusion } = result
    job.steps[turn.step.id] = { outputs, outcome, conclusion }
  }
  job.hasFailed ||= result.conclusion === 'failure'
}

function outcomeOf(job: Job, turn: Turn): StepResult | Promise<StepResult> {
  const step = { id: turn.step.id, name: turn.name, stage: turn.stage }
  if (job.control.isLost) return unstarted(step, 'skipped', 'Skipped: the runner was lost.')
  if (turn.action === undefined)
    return unstarted(step, 'skipped', 'Skipped: this runner runs only steps that use the action.')
  try {
    const outer = contextsOf(job)
    const contexts = { ...outer, env: environmentOf(turn.step, outer) }
    if (!holds(turn.condition, contexts, statusOf(job)))
      return unstarted(step, 'skipped', 'Skipped: its `if` does not hold.')
    return perform({ job, turn, action: turn.action, contexts, settings: settingsOf(turn.step, contexts) })
  } catch (error) {
    return unstarted(step, 'failure', error instanceof Error ? error.message : String(error))
  }
}
