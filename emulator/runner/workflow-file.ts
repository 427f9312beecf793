/** A workflow file, read and checked with GitHub's own parser. */
import type { TemplateParseResult } from '@actions/workflow-parser/templates/template-parse-result'
import { contradictionsOf } from './contradiction.ts'
import { at, list, type Piece, pieceOf } from './piece.ts'

export type WorkflowStep = {
  /** As written, or made up by GitHub: then it begins with `__`, and the step is not in the `steps` context. */
  id: string
  uses: string | undefined
  name: string
  condition: string
  piece: Piece
}

export type WorkflowJob = { id: string; needs: string[]; condition: string; steps: WorkflowStep[]; piece: Piece }

export type Workflow = {
  name: string
  /** What stands under `on:`, by the event's name. */
  events: Record<string, unknown>
  jobs: WorkflowJob[]
  /** The whole file. */
  piece: Piece
}

/** Reads a workflow; throws with all of GitHub's objections when there are any. */
export async function readWorkflow(text: string): Promise<Workflow> {
  await import('./json-imports.ts')
  const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser')
  const file = { name: '.github/workflows/jules.yml', content: text }
  const parsed = parseWorkflow(file, new NoOperationTraceWriter())
  refuseErrors(objectionsOf(parsed))
  if (parsed.value === undefined) throw new Error('The workflow file is empty.')
  const template = await convertWorkflowTemplate(parsed.context, parsed.value)
  const piece = pieceOf(parsed.value)
  refuseErrors([...objectionsOf(parsed), ...contradictionsOf(piece)])
  return {
    name: String(at(piece, 'name') ?? file.name),
    events: { ...template.events, ...dispatchOf(piece) },
    piece,
    jobs: template.jobs.map((job) => {
      const jobPiece = at(at(piece, 'jobs'), job.id.value)
      const stepPieces = list(at(jobPiece, 'steps'))
      const steps = job.type === 'job' ? job.steps : []
      return {
        id: job.id.value,
        needs: (job.needs ?? []).map((need) => need.value),
        condition: job.if.expression,
        piece: jobPiece,
        steps: steps.map((step, index) => ({
          id: step.id,
          uses: 'uses' in step ? step.uses.value : undefined,
          name: step.name?.toString() ?? `Run ${firstLineOf(stepPieces[index] ?? null)}`,
          condition: step.if?.expression ?? 'success()',
          piece: stepPieces[index] ?? null,
        })),
      }
    }),
  }
}

/** How GitHub calls a step without a name. */
function firstLineOf(step: Piece): string {
  return (
    String(at(step, 'uses') ?? at(step, 'run') ?? '')
      .trimStart()
      .split('\n')[0] ?? ''
  )
}

/** The converter drops the numbers among the inputs of a dispatch, so they are taken from the file itself. */
function dispatchOf(piece: Piece): Record<string, unknown> {
  const inputs = at(at(at(piece, 'on'), 'workflow_dispatch'), 'inputs')
  return inputs === null ? {} : { workflow_dispatch: { inputs: plainOf(inputs) } }
}

/** Inputs of a dispatch hold no expressions. */
function plainOf(piece: Piece): unknown {
  if (typeof piece !== 'object' || piece === null || piece.type === 3) return piece
  if (piece.type === 1) return piece.seq.map(plainOf)
  return Object.fromEntries(piece.map.map(({ Key, Value }) => [String(Key), plainOf(Value)]))
}

function objectionsOf(parsed: TemplateParseResult): string[] {
  return parsed.context.errors.getErrors().map((error) => error.message)
}

function refuseErrors(errors: string[]): void {
  if (errors.length > 0) throw new Error(`GitHub would refuse this workflow file:\n${errors.join('\n')}`)
}
