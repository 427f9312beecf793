/** The only place that sets outputs and writes the job summary. */
import { setOutput, summary } from '@actions/core'
import type { Outputs } from '../../core/report/result.ts'

export function writeOutputs(outputs: Outputs): void {
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value)
}

/** The summary is a courtesy: where it cannot be written, the outputs still tell everything. */
export async function writeSummary(markdown: string): Promise<boolean> {
  try {
    await summary.addRaw(markdown, true).write({ overwrite: true })
    return true
  } catch {
    return false
  }
}
