/** The runs of the action: how they end is told, and judged against the story. */
import type { Run } from '../../emulator/runner/index.ts'
import type { WorldOptions } from '../../emulator/world.ts'
import type { Teller } from './teller.ts'

const KEPT_LINES = 8
/** Log lines about what GitHub’s webhooks and calls have shown already. */
const TOLD_ALREADY = /^Done: /

/** What a run has left in the outputs. */
export type Outputs = Record<string, string>

export type RunListener = Pick<WorldOptions, 'onStart' | 'onLine' | 'onEnd'> & {
  /** The last lines of a run's log. */
  logOf(run: Run): string[]
}

/** Tells the ends of runs; with `logs` also their logs, where nothing else tells what they do. */
export function followRuns({ teller, logs }: { teller: Teller; logs: boolean }): RunListener {
  const kept = new Map<Run, string[]>()
  const waited = new Set<Run>()
  return {
    logOf: (run) => kept.get(run) ?? [],
    onStart: (run) => {
      if (run.startedAt !== undefined && run.startedAt - run.createdAt > 1000) waited.add(run)
      if (waited.has(run)) teller.row('webhook', `${nameOf(run)} → job ${run.job} starts now`)
    },
    onLine: (line, run) => {
      if (line.trim() === '' || line.startsWith('::')) return
      const lines = kept.get(run) ?? []
      if (logs && lines.at(-1) !== line && !TOLD_ALREADY.test(line)) teller.row('log', line, 'dim')
      kept.set(run, [...lines, line].slice(-KEPT_LINES))
    },
    onEnd: (run) => tellEnd(teller, run),
  }
}

function tellEnd(teller: Teller, run: Run): void {
  const { outcome = '', reason = '' } = outputsOf(run)
  if (outcome === 'ignored') teller.row('action', `ignores ${nameOf(run)}: ${reason}`, 'dim')
  else teller.row('action', `job for ${nameOf(run)} ends: ${outcome === '' ? run.why : `${outcome} (${reason})`}`)
}

/** The run that brought the pull request: of several the last to end. */
export function deliveringRun(runs: Run[]): Run | undefined {
  const found = runs.filter((run) => outputsOf(run).outcome === 'pull-request')
  return found.toSorted((one, other) => (one.completedAt ?? 0) - (other.completedAt ?? 0)).at(-1)
}

/** What went otherwise than the story has it, in sentences; empty if nothing did. */
export function problemsOf(runs: Run[], logOf: RunListener['logOf']): string[] {
  const failed = runs.filter((run) => run.conclusion !== 'success')
  if (failed.length > 0) return failed.flatMap((run) => failureOf(run, logOf(run)))
  if (deliveringRun(runs) !== undefined) return []
  const last = runs.at(-1)
  if (last === undefined) return ['No run started. The workflow in examples/jules.yml should have started one.']
  const { outcome = 'nothing', reason = '', 'session-url': session = '' } = outputsOf(last)
  const more = session === '' ? '' : ` The session: ${session}`
  return [`The run ended with ${outcome} (${reason}) instead of a pull request.${more}`, ...logOf(last).slice(-1)]
}

export function outputsOf(run: Run): Outputs {
  return run.result?.outputs ?? {}
}

/** The action's own words where it found some, else the end of its log. */
function failureOf(run: Run, log: string[]): string[] {
  const { outcome = '', reason = '' } = outputsOf(run)
  const told = outcome === '' ? `${run.conclusion}. ${run.why}` : `${outcome} (${reason}).`
  const errors = (run.result?.annotations ?? []).filter(({ level }) => level === 'error').map(({ message }) => message)
  return [`${nameOf(run)} → ${told}`, ...(errors.length > 0 ? errors : log)]
}

function nameOf(run: Run): string {
  return [run.event, run.action].filter((part) => part !== undefined).join('.')
}
