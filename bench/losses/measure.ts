/** One request, and an answer that is lost: what has been made in the end, by how many calls. */
import { fileURLToPath } from 'node:url'
import type { Fault } from '../../emulator/faults.ts'
import { secondaryLimit, unicorn } from '../../emulator/github/faults.ts'
import { ended, startProcess } from '../../emulator/runner/child.ts'
import { startWorld, type World, type WorldOptions } from '../../emulator/world.ts'

export type Loss = Pick<Fault, 'phase' | 'act' | 'times'> & { name: string }
/** `made`: sessions or comments. `isWell`: it ended as if nothing had been. `gapMs`: from the first call to the second. */
export type Measured = { made: number; calls: number; isWell: boolean; gapMs: number | undefined }
/** Resolves with its exit code. */
export type Subject = (world: World, issue: number) => Promise<number | null>

/** As long as an outage lasts for a client that tries it again and again. */
const OUTAGE = 5
const lost = (name: string, act: Fault['act']): Loss => ({ name, phase: 'after', times: OUTAGE, act })
const answer = (status: number, text = ''): Fault['act'] => ({ kind: 'answer', answer: { status, text } })
const NEVER: Fault['act'] = { kind: 'slow', ms: 60 * 60_000 }
const limited = { error: { code: 429, message: 'Resource has been exhausted.', status: 'RESOURCE_EXHAUSTED' } }

/** What a service asks to wait where it refuses, seconds. */
export const ASKED_S = 30

export const LOSSES: Record<'sessions.create' | 'issues.createComment', Loss[]> = {
  'sessions.create': [
    lost('reset', { kind: 'cut' }),
    lost('no answer', NEVER),
    ...[502, 503, 504].map((status) => lost(String(status), answer(status))),
    lost('half a body', { kind: 'truncate' }),
    lost('HTML with 200', answer(200, '<html>Hello</html>')),
    {
      name: `429, wait ${ASKED_S} s`,
      phase: 'before',
      act: { kind: 'answer', answer: { status: 429, headers: { 'retry-after': String(ASKED_S) }, body: limited } },
    },
  ],
  'issues.createComment': [
    lost('502', unicorn()),
    lost('reset', { kind: 'cut' }),
    lost('no answer', NEVER),
    { name: `429, wait ${ASKED_S} s`, phase: 'before', act: secondaryLimit({ status: 429, retryAfter: ASKED_S }) },
  ],
}

/** A fresh world, somebody's request, and the trouble. */
export async function measure(
  subject: Subject,
  route: keyof typeof LOSSES,
  { name: _, ...loss }: Loss,
  options: WorldOptions = {},
): Promise<Measured> {
  const world = await startWorld({ hurry: true, ...options })
  try {
    const ann = world.github.person('ann', 'write')
    const issue = world.github.openIssue(ann, { title: 'Flaky date test', body: 'It fails at midnight.' }).number
    const { server } = route === 'sessions.create' ? world.jules : world.github
    server.faults.add({ route, ...loss })
    const isWell = (await subject(world, issue)) === 0
    const calls = server.calls.filter((call) => call.route === route)
    const [first, second] = calls.map(({ at }) => at)
    const comments = world.github.comments(issue).filter(({ author }) => author.type === 'Bot')
    const made = route === 'sessions.create' ? world.jules.sessions().length : comments.length
    return { made, calls: calls.length, isWell, gapMs: second === undefined ? undefined : second - (first ?? 0) }
  } finally {
    await world.stop()
  }
}

/** The action: somebody labels the issue, and the run goes on to its end. */
export async function action(world: World, issue: number): Promise<number | null> {
  const deliveries: { event: string; payload: object }[] = []
  world.github.onDelivery((delivery) => deliveries.push(delivery))
  world.github.label(world.github.person('ann', 'write'), issue, 'ask-jules')
  const [delivery] = deliveries
  if (delivery === undefined) throw new Error('The emulated GitHub sent no event.')
  return (await world.run(delivery).done).code
}

/** A process of its own that lives in the world's time. */
function program(file: string, given: (world: World, issue: number) => string[]): Subject {
  const hook = new URL('../../emulator/clock-hook.mjs', import.meta.url).href
  return async (world, issue) => {
    const path = fileURLToPath(new URL(file, import.meta.url))
    const env = { PATH: process.env.PATH ?? '', ...world.clock.environment() }
    const where = { cwd: process.cwd(), env }
    const child = startProcess(['--import', hook, path, ...given(world, issue)], where, world.clock)
    return (await ended(child, world.clock)).code
  }
}

export const sdk: Subject = program('./sdk.ts', ({ jules }) => [jules.url])
export const octokit: Subject = program('./octokit.ts', ({ github }, issue) => [
  github.url,
  github.mintToken({ issues: 'write' }),
  String(issue),
])
