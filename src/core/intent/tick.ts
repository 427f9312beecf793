/** A box that somebody has ticked in our own comment: the one edit that asks for something. */
import { decodeRecord } from '../record-text.ts'
import type { Command } from './command.ts'

/** What stands behind each box; the comment shows the same words. */
export const BOXES = { approve: 'Approve this plan', retry: 'Start again' } as const
export type Box = keyof typeof BOXES

/** The command that the tick stands for; undefined where anything else has changed, or more than one box. */
export function commandOfTick(before: string, after: string): Command | undefined {
  const [old, now] = [before, after].map((text) => text.replaceAll('\r\n', '\n').split('\n'))
  if (old === undefined || now === undefined || old.length !== now.length) return undefined
  const changed = now.flatMap((line, at) => (line === old[at] ? [] : [{ line, before: old[at] }]))
  const [tick, another] = changed
  if (tick === undefined || another !== undefined) return undefined
  const box = (['approve', 'retry'] as const).find((name) => tick.before === `- [ ] ${BOXES[name]}`)
  if (box === undefined || tick.line.toLowerCase() !== `- [x] ${BOXES[box]}`.toLowerCase()) return undefined
  const last = after.slice(after.lastIndexOf('\n') + 1)
  return box === 'retry' ? { verb: 'retry' } : { verb: 'approve', plan: planShown(last) }
}

/** The plan that the comment showed when it was ticked, by the record on its last line. */
function planShown(line: string): string {
  const encoded = /^<!-- jules-relay ([A-Za-z0-9_-]+)\./.exec(line)?.[1] ?? ''
  return decodeRecord(encoded)?.plan ?? ''
}
