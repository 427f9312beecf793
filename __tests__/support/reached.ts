/** What must be true of a run whatever it came to: its outputs, its exit code, what people read, what nobody may read. */
import { Ajv } from 'ajv'
import { ACTIONS_BOT } from '../../emulator/github/person.ts'
import type { ActionResult } from '../../emulator/runner/process.ts'
import type { LiveLabel } from '../../src/core/effect/effect.ts'
import { OUTPUT_NAMES } from '../../src/core/inputs.ts'
import { read } from '../contract/tree.ts'
import { ended, endWorlds, JULES_KEY, labelsOf, notes, type Told, tracking, verdict } from './story.ts'

export type Reached = { world: Told; result: ActionResult }

/** What it takes to show that the action comes to an outcome and reason. */
export type Reach = {
  /** The smallest situation of real life that ends so. */
  story(): Promise<Reached>
  /** A phrase of the one tracking comment; left out where there must be none. */
  says?: string
  /** A phrase of each short comment; left out where there must be none. */
  notes?: string[]
  /** Live labels and the trigger label that the thread must carry, and no others; default: none. */
  labels?: (LiveLabel | 'ask-jules')[]
  /** How many sessions there must be. */
  sessions: number
  /** What the log must say, where there is no comment that could. */
  logs?: string
}

/** The last run of an event in a world, after all have ended. */
export async function reached(world: Told, event: string): Promise<Reached> {
  return { world, result: (await ended(world, event)).result }
}

type Stories = { [outcome: string]: { [reason: string]: Reach } }

/** One test for each story of a table. */
export function prove(table: Stories): void {
  afterEach(endWorlds)
  const rows = Object.entries(table).flatMap(([outcome, reasons]) =>
    Object.entries(reasons).map(([reason, reach]) => ({ name: `${outcome}/${reason}`, reach })),
  )
  test.each(rows)('the built action comes to $name', async ({ name, reach }) => {
    const end = await reach.story()
    expect(verdict(end.result)).toBe(name)
    expect(end.result).toMatchObject({ code: codeOf(name), signal: null })
    expectSoundReport(end)
    expectThread(end, reach)
  })
}

function codeOf(name: string): number {
  if (name === 'running/cancelled') return 130
  return name.startsWith('failed/') || name.startsWith('unhealthy/') ? 1 : 0
}

const isResult = new Ajv({ allErrors: true }).compile(JSON.parse(read('docs/result.schema.json')))

/** Holds for every run: all outputs, a valid result, the outcome in the summary, words for people, and no secret. */
export function expectSoundReport(end: Reached): void {
  const { outputs, summary, stderr, environmentFile, pathFile } = end.result
  expect(Object.keys(outputs)).toEqual([...OUTPUT_NAMES])
  const { result: json = '', ...others } = outputs
  const result = JSON.parse(json)
  isResult(result)
  expect(isResult.errors).toBe(null)
  const number = others['pull-request-number']
  expect(result).toMatchObject({ ...others, 'pull-request-number': number === '' ? null : Number(number) })
  for (const page of [summary, outputs.summary])
    expect(page).toContain(`\`${outputs.outcome}\` (\`${outputs.reason}\`)`)
  expect([stderr, environmentFile, pathFile]).toEqual(['', '', ''])
  expect(wordsForPeople(end)).not.toMatch(/\bundefined\b|\bNaN\b|\[object \w+\]|Invalid Date|\bnull\b/)
  const secrets = [JULES_KEY, ...end.result.masks].flatMap((secret) => [secret, btoa(secret).slice(0, -4)])
  const sinks = allSinks(end)
  expect(secrets.filter((secret) => sinks.includes(secret))).toEqual([])
}

/** The log without the lines by which the runner learns what to hide. */
function logOf({ stdout }: ActionResult): string {
  return stdout.replace(/^::add-mask::.*$/gm, '')
}

function wordsForPeople({ world, result }: Reached): string {
  const comments = world.github.store.comments.map(({ body }) => body)
  const messages = result.annotations.map(({ message }) => message)
  return [logOf(result), result.summary, result.outputs.summary, ...messages, ...comments].join('\n')
}

function allSinks(end: Reached): string {
  const { github, jules } = end.world
  const calls = [...github.server.calls, ...jules.server.calls]
  return [
    wordsForPeople(end),
    JSON.stringify(end.result.outputs),
    ...calls.map(({ path, query, text }) => `${path}?${query} ${text}`),
  ].join('\n')
}

/** These look at no thread, or at many. */
const ALOOF = ['ignored/part-of-review', 'swept/done']

/** In whichever thread they stand: what was written, and no more than that. */
function expectThread({ world, result }: Reached, reach: Reach): void {
  const { threads, comments } = world.github.store
  const told = threads.flatMap(({ number }) => tracking(world, number))
  const noted = threads.flatMap(({ number }) => notes(world, number))
  expect(told).toEqual(reach.says === undefined ? [] : [expect.stringContaining(reach.says)])
  expect(noted).toEqual((reach.notes ?? []).map((words) => expect.stringContaining(words)))
  expect(comments.filter(({ author }) => author.login === ACTIONS_BOT)).toHaveLength(told.length + noted.length)
  const [comment] = comments.filter(({ body }) => body.includes('\n<!-- jules-relay '))
  expect(result.outputs['comment-url']).toBe(ALOOF.includes(verdict(result)) ? '' : (comment?.url ?? ''))
  expect(labelsOf(world).sort()).toEqual([...(reach.labels ?? [])].sort())
  expect(world.jules.sessions()).toHaveLength(reach.sessions)
  expect(logOf(result)).toContain(reach.logs ?? '')
}
