/** Processes that a job has left behind: found by the mark in their environment, and ended, as the runner does at a job's end. */
import { readdirSync, readFileSync } from 'node:fs'

/** Ends all whose `RUNNER_TRACKING_ID` is this one; where there is no `/proc`, none is found. */
export function endOrphans(trackingId: string): void {
  for (const pid of processes()) {
    if (pid === process.pid || !isTracked(pid, trackingId)) continue
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended by itself meanwhile.
    }
  }
}

function processes(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
  } catch {
    return []
  }
}

function isTracked(pid: number, trackingId: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`RUNNER_TRACKING_ID=${trackingId}`)
  } catch {
    return false
  }
}
