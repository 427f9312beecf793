/** A workflow file, read and checked with GitHub's own parser. */
import type { TemplateParseResult } from '@actions/workflow-parser/templates/template-parse-result'
import { at, list, type Piece, pieceOf } from './piece.ts'

export type WorkflowStep = { uses: string | undefined; name: string; condition: string; piece: Piece }

export type WorkflowJob = { id: string; condition: string; steps: WorkflowStep[]; piece: Piece }

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
  refuseErrors(parsed)
  if (parsed.value === undefined) throw new Error('The workflow file is empty.')
  const template = await convertWorkflowTemplate(parsed.context, parsed.value)
  refuseErrors(parsed)
  const piece = pieceOf(parsed.value)
  return {
    name: String(at(piece, 'name') ?? file.name),
    events: template.events,
    piece,
    jobs: template.jobs.map((job) => {
      const jobPiece = at(at(piece, 'jobs'), job.id.value)
      const stepPieces = list(at(jobPiece, 'steps'))
      const steps = job.type === 'job' ? job.steps : []
      return {
        id: job.id.value,
        condition: job.if.expression,
        piece: jobPiece,
        steps: steps.map((step, index) => ({
          uses: 'uses' in step ? step.uses.value : undefined,
          name: 'uses' in step ? step.uses.value : (step.name?.toString() ?? step.id),
          condition: step.if?.expression ?? 'success()',
          piece: stepPieces[index] ?? null,
        })),
      }
    }),
  }
}

function refuseErrors(parsed: TemplateParseResult): void {
  const errors = parsed.context.errors.getErrors().map((error) => error.message)
  if (errors.length > 0) throw new Error(`GitHub would refuse this workflow file:\n${errors.join('\n')}`)
}
