/**
 * The worst that foreign text can do to what takes hidden words out of it, and what it lets through: `npm run bench -- sanitizer`.
 * `--beside FILE` measures another one in the same way, if it is a module with a function `sanitizeContent`, such as
 * `src/github/utils/sanitizer.ts` in a copy of anthropics/claude-code-action. Nothing of that is part of this repository.
 */
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { sanitizeContent } from '../__tests__/support/hostile/sanitizer.ts'
import { REPEATED } from '../__tests__/support/hostile/text.ts'

const GOAL = { ms: 50, let: 0 }
const BYTES = 64 * 1024
/** What looks slow is measured again, for the machine may have been busy. */
const SLOW_MS = 20
const RUNS = 10

type Sanitizer = (text: string) => string

const { values } = parseArgs({ options: { beside: { type: 'string' } } })
const unseen = Array.from({ length: 0x110000 }, (_, point) => String.fromCodePoint(point)).filter((point) =>
  /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u.test(point),
)

const ours = report('this action', sanitizeContent)
if (values.beside !== undefined) report(values.beside, await other(values.beside))
console.log(`(goal: at most ${GOAL.ms} ms, and ${GOAL.let} let through)`)
if (ours.ms > GOAL.ms || ours.let > GOAL.let) process.exitCode = 1

async function other(file: string): Promise<Sanitizer> {
  const found: { sanitizeContent?: unknown } = await import(pathToFileURL(resolve(file)).href)
  const theirs = found.sanitizeContent
  if (typeof theirs !== 'function') throw new Error(`There is no function sanitizeContent in ${file}.`)
  return (text) => String(theirs(text))
}

function report(name: string, sanitize: Sanitizer): { ms: number; let: number } {
  const times = REPEATED.map((piece) => ({ piece, ms: timeOf(sanitize, piece) })).sort((a, b) => b.ms - a.ms)
  const worst = times.slice(0, 5).map(({ piece, ms }) => `${JSON.stringify(piece)} ${ms.toFixed(1)} ms`)
  const left = unseen.filter((point) => sanitize(`a${point}b`) !== 'ab').length
  console.log(
    `${name}\n  ${times.length} texts of 64 KiB, each a piece that is repeated; the slowest: ${worst.join(', ')}`,
  )
  console.log(`  ${left} of ${unseen.length} invisible characters let through`)
  return { ms: times[0]?.ms ?? 0, let: left }
}

function timeOf(sanitize: Sanitizer, piece: string): number {
  const text = piece.repeat(Math.ceil(BYTES / piece.length)).slice(0, BYTES)
  let shortest = Number.POSITIVE_INFINITY
  for (let run = 0; run < RUNS && shortest > SLOW_MS; run += 1) {
    const [from, spent] = [performance.now(), process.cpuUsage()]
    sanitize(text)
    const { user, system } = process.cpuUsage(spent)
    shortest = Math.min(shortest, performance.now() - from, (user + system) / 1000)
    // Nothing that is merely busy takes so long.
    if (shortest > 1000) break
  }
  return shortest
}
