/** Keeps the last patch and the pictures of a session in a folder of this run. Every name in it is ours. */
import { createHash } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Files } from '../../core/effect/files.ts'
import type { Story } from '../../core/effect/story.ts'
import { type LeftOut, type Media, NOTHING_LEFT_OUT } from '../../core/session.ts'
import { bytesOf } from '../bulk.ts'
import { type Picture, readPicture } from './picture.ts'

const MOST_BYTES_OF_A_PATCH = 50 * 1024 * 1024
const MOST_PIXELS = 50_000_000

export const NO_FILES: Files = { folder: '', names: [], leftOut: NOTHING_LEFT_OUT, failed: false }

/** Saves what the story holds. Where the disk does not take it there is no folder, and the run goes on. */
export function writeFiles(story: Story, redact: (text: string) => string): Files {
  const files: Files = { ...NO_FILES, names: [], leftOut: { ...story.leftOut } }
  try {
    savePatch(files, story, redact)
    savePictures(files, story.media)
    return files
  } catch {
    discard(files.folder)
    return { ...files, folder: '', names: [], failed: true }
  }
}

function savePatch(files: Files, story: Story, redact: (text: string) => string): void {
  const { patch, bulk, session } = story
  if (patch === '') return
  const name = /^\d{1,64}$/.test(session?.id ?? '') ? session?.id : 'session'
  if ((bulk?.bytes ?? Buffer.byteLength(patch)) > MOST_BYTES_OF_A_PATCH) files.leftOut.large += 1
  else save(files, `${name}.patch`, redacted(bytesOf(story), redact))
}

/**
 * Whole lines at a time, for no secret reaches over the end of one; and byte for byte, for all of them are ASCII. Git refuses
 * a patch whose last line has no end.
 */
function* redacted(pieces: Iterable<Buffer>, redact: (text: string) => string): Generator<string> {
  let open = ''
  for (const piece of pieces) {
    const end = piece.lastIndexOf('\n') + 1
    if (end > 0) yield redact(open + piece.toString('latin1', 0, end))
    open = (end > 0 ? '' : open) + piece.toString('latin1', end)
  }
  if (open !== '') yield redact(`${open}\n`)
}

function savePictures(files: Files, media: readonly Media[]): void {
  let kept = 0
  for (const { mimeType, data } of media) {
    const bytes = Buffer.from(data, 'base64')
    const picture = pictureIn(bytes, mimeType)
    if (typeof picture === 'string') files.leftOut[picture] += 1
    else {
      kept += 1
      const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
      save(files, `${String(kept).padStart(3, '0')}-${digest}.${picture.kind}`, [bytes])
    }
  }
}

/** A picture by its bytes that was declared as such, or why it is left out. */
function pictureIn(bytes: Buffer, mimeType: string): Picture | keyof LeftOut {
  const picture = readPicture(bytes)
  if (picture === undefined || mimeType.toLowerCase() !== `image/${picture.kind}`) return 'unfit'
  return picture.pixels > MOST_PIXELS ? 'large' : picture
}

/** The folder is made for the first file. It is fresh, so nothing that stands on the disk already can be in the way. */
function save(files: Files, name: string, parts: Iterable<string | Buffer>): void {
  files.folder ||= mkdtempSync(join(temporary(), 'jules-relay-files-'))
  const file = openSync(join(files.folder, name), 'wx')
  try {
    for (const part of parts) write(file, part)
  } finally {
    closeSync(file)
  }
  files.names.push(name)
}

/** A text stands for bytes, one character each. Straight from it, for a copy of each part would add up to another patch. */
function write(file: number, part: string | Buffer): void {
  if (typeof part !== 'string') writeFileSync(file, part)
  else for (let at = 0; at < part.length; ) at += writeSync(file, at === 0 ? part : part.slice(at), null, 'latin1')
}

function temporary(): string {
  const folder = process.env.RUNNER_TEMP ?? ''
  if (folder === '') throw new Error('RUNNER_TEMP is not set.')
  return folder
}

function discard(folder: string): void {
  try {
    if (folder !== '') rmSync(folder, { recursive: true, force: true })
  } catch {
    // Whatever the disk's trouble is, the runner empties its folder for temporary files anyway.
  }
}
