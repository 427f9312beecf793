/** The hidden last line of the tracking comment: the encoded record and its signature. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { RECORD_LIMIT } from '../../core/record-text.ts'

export type Seal = {
  /** The whole hidden line. */
  close(encoded: string): string
  /** The encoded record of a comment's last line; undefined where there is none or its signature does not hold. */
  open(comment: string): string | undefined
}

const OPENING = '<!-- jules-relay '
const CLOSING = ' -->'

/** A seal for one thread: a record that is copied to another thread or repository does not open there. */
export function makeSeal(julesKey: string, repositoryId: string, thread: number): Seal {
  const key = Buffer.from(hkdfSync('sha256', julesKey, '', 'jules-relay record', 32))
  const sign = (encoded: string) =>
    createHmac('sha256', key).update(`${repositoryId}/${thread}/record/${encoded}`).digest('base64url')
  return {
    close: (encoded) => `${OPENING}${encoded}.${sign(encoded)}${CLOSING}`,
    open: (comment) => {
      const line = lastLineOf(comment)
      if (!isRecordLine(line) || line.length > RECORD_LIMIT + 100) return undefined
      const [encoded = '', signature = ''] = line.slice(OPENING.length, -CLOSING.length).split('.')
      return isSame(signature, sign(encoded)) ? encoded : undefined
    },
  }
}

/** The record of a comment whose signature does not hold, unchecked: nothing in it may be believed. */
export function unsealed(comment: string): string | undefined {
  const line = lastLineOf(comment)
  if (!isRecordLine(line) || line.length > RECORD_LIMIT + 100) return undefined
  return line.slice(OPENING.length, -CLOSING.length).split('.')[0]
}

/** Does the comment end with what may be one of our records? */
export function hasRecord(comment: string): boolean {
  return isRecordLine(lastLineOf(comment))
}

function isRecordLine(line: string): boolean {
  return line.startsWith(OPENING) && line.endsWith(CLOSING)
}

function lastLineOf(comment: string): string {
  const trimmed = comment.trimEnd()
  return trimmed.slice(trimmed.lastIndexOf('\n') + 1)
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

const NOTE = /<!-- jules-note ([a-z0-9-]{1,120}) -->$/

/** The hidden last line of a short comment. */
export function noteLine(key: string): string {
  return `<!-- jules-note ${key} -->`
}

/** The key of a short comment, or undefined. */
export function noteKey(comment: string): string | undefined {
  return NOTE.exec(lastLineOf(comment))?.[1]
}
