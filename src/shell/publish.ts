/** Story → what the run's own page tells: log, annotation, summary, outputs, exit code. */

import type { Inputs } from '../core/config.ts'
import type { Applied } from '../core/effect/effect.ts'
import type { Files } from '../core/effect/files.ts'
import type { Story } from '../core/effect/story.ts'
import { inWords } from '../core/effect/words.ts'
import { failsTheStep } from '../core/outcome.ts'
import { checkLine } from '../core/report/checks.ts'
import { renderFiles } from '../core/report/files.ts'
import { redactor, withoutTokens } from '../core/report/redact.ts'
import { outputsOf } from '../core/report/result.ts'
import { sentenceOf } from '../core/report/sentences.ts'
import { renderSummary } from '../core/report/summary.ts'
import { NO_FILES, writeFiles } from './runner/files.ts'
import { secretsOf } from './runner/inputs.ts'
import { type Log, makeLog } from './runner/log.ts'
import { writeOutputs, writeSummary } from './runner/outputs.ts'

export type Desk = {
  log: Log
  /** Takes out registered secrets and everything that looks like one. */
  redact(text: string): string
  /** Takes out registered secrets only, for files that must keep their form. */
  redactSecrets(text: string): string
  command: string
  failOnSessionFailure: boolean
  dryRun: boolean
}

/** The desk that a run reports from: nothing passes it with a secret in it. */
export function openDesk(inputs: Inputs): Desk {
  const redactSecrets = redactor(secretsOf(inputs))
  const redact = (text: string) => withoutTokens(redactSecrets(text))
  const failOnSessionFailure = inputs['fail-on-session-failure'].toLowerCase() !== 'false'
  const dryRun = inputs['dry-run'].toLowerCase() === 'true'
  return { log: makeLog(redact), redact, redactSecrets, command: inputs.command, failOnSessionFailure, dryRun }
}

/** What was seen and done, in the log; ids and states only, for logs of public repositories are public. */
export function tell({ log }: Desk, { session }: Story, applied: readonly Applied[]): void {
  if (session !== undefined) log.info(`Session ${session.id} is ${session.rawState}.`)
  // What a probe came to is told with the other checks.
  for (const one of applied.filter(({ effect }) => effect.do !== 'probe')) {
    if (one.ok) log.info(`Done: ${inWords(one.effect)}.`)
    else log.warning(`Could not ${inWords(one.effect)}. ${one.trouble.sentence}`)
  }
}

/** The end of the run. Returns the exit code. */
export async function publish(desk: Desk, story: Story): Promise<number> {
  const { redact, command, log } = desk
  const { headline, do: todo } = sentenceOf(story, command)
  const failed = failsTheStep(story.verdict, desk.failOnSessionFailure)
  const files = keep(desk, story)
  const outputs = outputsOf(story, command, files.folder)
  const clean = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, redact(value)]))
  const told = writeOutputs({ ...outputs, ...clean })
  const page = [renderSummary(story, command), renderFiles(files)].filter((part) => part !== '').join('\n\n')
  const written = await writeSummary(redact(page))
  if (!written) log.warning('The job summary could not be written. The outputs tell the same.')
  for (const check of story.checks) log[LEVELS[check.result]](checkLine(check))
  const line = [`${plain(headline)}.`, todo].filter((part) => part !== '').join(' ')
  if (failed) log.error(line)
  else if (story.verdict.outcome === 'ignored') log.notice(line)
  else log.info(line)
  if (!told) log.error('The outputs could not be written, so later steps see none of them. Run the job again.')
  return failed || !told ? 1 : 0
}

const LEVELS = { fine: 'info', wrong: 'error', unknown: 'warning', advice: 'notice' } as const

/** A dry run leaves nothing behind, files neither. */
function keep({ log, redactSecrets, dryRun }: Desk, story: Story): Files {
  if (dryRun) return NO_FILES
  const files = writeFiles(story, redactSecrets)
  if (files.failed)
    log.warning(
      'The patch and the pictures could not be saved on this runner, so `files-path` is empty. Jules has them.',
    )
  return files
}

/** Logs show no Markdown. */
function plain(headline: string): string {
  return headline.replace(/\[([^[\]]*)\]\(([^()]*)\)/, '$1 ($2)')
}
