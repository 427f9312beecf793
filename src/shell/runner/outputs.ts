/** The only place that sets outputs and writes the job summary. */
import { closeSync, openSync } from 'node:fs'
import { setOutput, summary } from '@actions/core'
import type { Outputs } from '../../core/report/result.ts'

/** Is there a file for the outputs? Without one the toolkit prints them, which GitHub has given up. */
export function takesOutputs(): boolean {
  try {
    closeSync(openSync(process.env.GITHUB_OUTPUT ?? '', 'r+'))
    return true
  } catch {
    return false
  }
}

/** False where they could not be written. */
export function writeOutputs(outputs: Outputs): boolean {
  try {
    if (!takesOutputs()) return false
    for (const [name, value] of Object.entries(outputs)) setOutput(name, value)
    return true
  } catch {
    return false
  }
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
