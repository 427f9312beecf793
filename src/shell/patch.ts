/** The files of a patch with their added and removed lines. */
import parseDiff from 'parse-diff'
import type { ChangedFile } from '../core/session.ts'

/** A patch that cannot be read changes no file that we could name. */
export function changedFilesOf(patch: string): ChangedFile[] {
  try {
    return parseDiff(patch).map(({ from, to, additions, deletions }) => ({
      path: (to === undefined || to === '/dev/null' ? from : to) ?? '',
      added: additions,
      removed: deletions,
    }))
  } catch {
    return []
  }
}
