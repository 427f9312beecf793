/** The files of a patch with their added and removed lines. */
import parseDiff from 'parse-diff'
import type { ChangedFile } from '../core/session.ts'

/** Takes a patch piece by piece: it can be of many MiB. A part that cannot be read changes no file that we could name. */
export function changedFilesOf(pieces: Iterable<Buffer>): ChangedFile[] {
  const files: ChangedFile[] = []
  let file = newFile()
  eachLine(pieces, (bytes, from, to) => {
    if (isInHunk(file)) {
      count(bytes[from], file)
      return
    }
    const line = bytes.toString('utf8', from, to)
    if (beginsFile(line, file)) {
      files.push(...named(file))
      file = newFile()
    }
    read(line, file)
  })
  return [...files, ...named(file)]
}

type File = { head: string[]; added: number; removed: number; hunks: number; left: { old: number; new: number } }

function newFile(): File {
  return { head: [], added: 0, removed: 0, hunks: 0, left: { old: 0, new: 0 } }
}

function isInHunk({ left }: File): boolean {
  return left.old > 0 || left.new > 0
}

/** Git begins each file so; other tools begin with the two names. */
function beginsFile(line: string, { head, hunks }: File): boolean {
  return line.startsWith('diff ') ? head.length > 0 : hunks > 0 && line.startsWith('--- ')
}

function read(line: string, file: File): void {
  const hunk = HUNK.exec(line)
  if (hunk !== null) {
    file.hunks += 1
    file.left = { old: Number(hunk[1] ?? 1), new: Number(hunk[2] ?? 1) }
  } else if (file.hunks === 0) file.head.push(line)
}

const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/
const [PLUS, MINUS, BACKSLASH, NEWLINE] = [0x2b, 0x2d, 0x5c, 0x0a]

/** A hunk says how many lines it has, so that a line of the file that looks like a head is none. */
function count(mark: number | undefined, file: File): void {
  if (mark === PLUS) file.added += 1
  if (mark === MINUS) file.removed += 1
  if (mark !== PLUS && mark !== BACKSLASH) file.left.old -= 1
  if (mark !== MINUS && mark !== BACKSLASH) file.left.new -= 1
}

/** What a file is called is told by its head alone. */
function named({ head, added, removed }: File): ChangedFile[] {
  try {
    const [file] = parseDiff(head.join('\n'))
    const path = file?.to === undefined || file.to === '/dev/null' ? file?.from : file.to
    return path === undefined ? [] : [{ path, added, removed }]
  } catch {
    return []
  }
}

/** Lines of a text that comes in pieces; one that goes on in the next piece is put together. */
function eachLine(pieces: Iterable<Buffer>, take: (bytes: Buffer, from: number, to: number) => void): void {
  let open: Buffer = Buffer.alloc(0)
  for (const piece of pieces) {
    let from = 0
    for (let end = piece.indexOf(NEWLINE); end !== -1; end = piece.indexOf(NEWLINE, from)) {
      if (open.length === 0) take(piece, from, end)
      else take(Buffer.concat([open, piece.subarray(0, end)]), 0, open.length + end)
      if (open.length > 0) open = Buffer.alloc(0)
      from = end + 1
    }
    open = Buffer.concat([open, piece.subarray(from)])
  }
  take(open, 0, open.length)
}
