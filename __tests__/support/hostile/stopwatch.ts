/**
 * Prints as JSON how long each function that meets foreign text takes with each hostile text, of 64 KiB and of 256 KiB. What takes
 * little time for 64 KiB is not measured with more, unless FULL is set.
 */
import { clean } from '../../../src/core/clean/clean.ts'
import { labelsOf } from '../../../src/core/decision/doctor/template.ts'
import { parseCommand } from '../../../src/core/intent/command.ts'
import { commandOfTick } from '../../../src/core/intent/tick.ts'
import { decodeRecord } from '../../../src/core/record-text.ts'
import { fence, span, visible } from '../../../src/core/report/markdown.ts'
import { redactor, withoutTokens } from '../../../src/core/report/redact.ts'
import { makeSeal, noteKey, unsealed } from '../../../src/shell/github/seal.ts'
import { changedFilesOf } from '../../../src/shell/patch.ts'
import { harmless } from '../../../src/shell/runner/log.ts'
import { REPEATED } from './text.ts'

const SMALL = 64 * 1024
const LARGE = 4 * SMALL
/** Even if it grew with the square, 256 KiB would take no more than 160. */
const FINE_MS = 10
const redact = redactor(['AQ.x7Kd92mQpLz_TfV81-bNcWsYhJrEuGi35o', 'ghs_Zq81mPq0sLkd73HfbWx'])
const seal = makeSeal('AQ.x7Kd92mQpLz', '1000', 12)

const WORKS: { [name: string]: (text: string) => unknown } = {
  clean,
  redact,
  withoutTokens,
  visible,
  fence: (text) => fence(text, { limit: 100 * 1024, wrap: 90 }),
  span,
  harmless,
  command: (text) => parseCommand(text, '/jules'),
  spoken: (text) => parseCommand(`/jules ${text}`, '/jules'),
  tick: (text) => commandOfTick(text, `${text}x`),
  template: (text) => labelsOf('x.yml', `labels:${text}`),
  patch: (text) => changedFilesOf([Buffer.from(`diff --git a/x b/x\n${text}`)]),
  record: (text) => [decodeRecord(text), seal.open(text), unsealed(text), noteKey(`<!-- jules-note ${text}`)],
}

function fill(piece: string, size: number): string {
  return piece.repeat(Math.ceil(size / piece.length)).slice(0, size)
}

/** Again only where it is too much, for the machine may have been busy; then the processor's own count is nearer to the truth. */
function timeOf(work: (text: string) => unknown, text: string, limit: number): number {
  let shortest = Number.POSITIVE_INFINITY
  for (let runs = 0; runs < 10 && shortest > limit; runs += 1) {
    const [from, spent] = [performance.now(), process.cpuUsage()]
    work(text)
    const { user, system } = process.cpuUsage(spent)
    shortest = Math.min(shortest, performance.now() - from, (user + system) / 1000)
    // Nothing that is merely busy takes so long.
    if (shortest > 2000) break
  }
  return Math.round(shortest * 10) / 10
}

function measure(act: (text: string) => unknown, piece: string): { small: number; large: number } {
  const small = timeOf(act, fill(piece, SMALL), 50)
  const fine = small <= FINE_MS && process.env.FULL === undefined
  return { small, large: fine ? 4 * small : timeOf(act, fill(piece, LARGE), 150) }
}

const rows = Object.entries(WORKS).flatMap(([work, act]) =>
  REPEATED.map((piece) => ({ work, piece, ...measure(act, piece) })),
)
process.stdout.write(JSON.stringify(rows))
