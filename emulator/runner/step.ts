/** One step of a job, or its `pre:` or `post:`: whether it runs, and what it was given and left. */
import type { Stage } from './action-definition.ts'
import type { ActionResult } from './action-run.ts'
import type { Contexts } from './expression.ts'
import { at, evaluated, textsOf } from './piece.ts'
import type { Annotation } from './told.ts'
import type { WorkflowStep } from './workflow-file.ts'

export type StepConclusion = 'success' | 'failure' | 'cancelled' | 'skipped'

export type StepResult = {
  id: string
  name: string
  stage: Stage
  /** What became of it, and the same before `continue-on-error` made a failure good. */
  conclusion: StepConclusion
  outcome: StepConclusion
  why: string
  outputs: Record<string, string>
  /** As GitHub shows them, masked. */
  summary: string
  annotations: Annotation[]
  /** What its process left; undefined if it had none. */
  result: ActionResult | undefined
}

/** What a step says for itself, evaluated when its turn has come. */
export type StepSettings = {
  with: Record<string, string>
  continueOnError: boolean
  /** Emulated minutes; 0 without a limit. */
  timeoutMinutes: number
}

/** The step's own `env:` over that of the job. */
export function environmentOf(step: WorkflowStep, contexts: Contexts): Record<string, string> {
  const outer = textsOf(at(step.piece, 'env'), contexts)
  return { ...textRecord(contexts.env), ...outer }
}

/** Its settings, in contexts that hold its environment already. */
export function settingsOf(step: WorkflowStep, contexts: Contexts): StepSettings {
  return {
    with: textsOf(at(step.piece, 'with'), contexts),
    continueOnError: evaluated(at(step.piece, 'continue-on-error'), contexts) === true,
    timeoutMinutes: Number(evaluated(at(step.piece, 'timeout-minutes'), contexts) ?? 0),
  }
}

/** A step without a process. */
export function unstarted(
  step: Pick<StepResult, 'id' | 'name' | 'stage'>,
  conclusion: StepConclusion,
  why: string,
): StepResult {
  const annotations: Annotation[] = conclusion === 'failure' ? [{ level: 'error', message: why }] : []
  return { ...step, conclusion, outcome: conclusion, why, outputs: {}, summary: '', annotations, result: undefined }
}

function textRecord(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, text]) => [name, String(text)]))
}
