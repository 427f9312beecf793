/** A unidiff, file by file, as GitHub lists the files of a pull request. */
import type { NewPullRequest } from '../github/index.ts'

type PullFile = NonNullable<NewPullRequest['files']>[number]

export function pullFilesOf(patch: string): PullFile[] {
  return patch
    .split(/^(?=diff --git )/m)
    .filter((part) => part.startsWith('diff --git '))
    .map(pullFileOf)
}

function pullFileOf(part: string): PullFile {
  const hunks = part.slice(Math.max(0, part.search(/^@@ /m))).trimEnd()
  const lines = hunks.startsWith('@@') ? hunks.split('\n') : []
  const filename = /^diff --git a\/.+ b\/(.+)$/m.exec(part)?.[1] ?? ''
  return {
    filename,
    status: statusOf(part),
    additions: lines.filter((line) => line.startsWith('+')).length,
    deletions: lines.filter((line) => line.startsWith('-')).length,
    patch: lines.join('\n'),
  }
}

function statusOf(part: string): PullFile['status'] {
  if (/^new file mode/m.test(part) || /^--- \/dev\/null$/m.test(part)) return 'added'
  return /^deleted file mode/m.test(part) || /^\+\+\+ \/dev\/null$/m.test(part) ? 'removed' : 'modified'
}
