/** What a run knows without further reading. */
import { randomBytes } from 'node:crypto'
import type { Observed, Tracking } from '../../core/decision/observed.ts'
import type { Applied } from '../../core/effect/effect.ts'
import type { Parties } from '../parties.ts'
import type { Memory } from './memory.ts'
import { hashOf, ownKey } from './request.ts'

/** Oldest first. */
export function trackingsOf(memory: Memory): Tracking[] {
  const all = [...memory.trackings.values()]
  const isReplaced = (old: Tracking) => old.broken && all.some(({ record }) => record.disowned === old.comment)
  return all.filter((one) => !isReplaced(one)).sort((a, b) => (a.comment ?? 0) - (b.comment ?? 0))
}

/** What the last look at the session has found. */
export function worked({ settledLooks, digest, files, session, ground, earlierWords }: Memory) {
  return {
    settledLooks,
    digest,
    files,
    ground,
    earlier: {
      prompt: session?.prompt ?? '',
      words: earlierWords,
      title: session?.title ?? '',
      branch: session?.branch ?? '',
      plan: digest.plan,
    },
  }
}

/** Everything that needs no further reading. */
export function seen(parties: Parties, memory: Memory, applied: Applied[]): Observed {
  const { intent, run } = parties
  return {
    now: parties.github.now(),
    elapsed: parties.elapsed(),
    cancelled: parties.cancelled(),
    run: { id: run.runId, attempt: run.attempt, job: run.job, url: run.runUrl },
    repository: run.repository,
    key: ownKey(parties),
    hash: hashOf(
      intent.subject?.title ?? '',
      intent.subject?.body ?? '',
      intent.because.kind === 'prompt' ? intent.because.instruction : '',
    ),
    boundary: randomBytes(12).toString('hex'),
    access: { allowed: true },
    dismissed: undefined,
    thread: memory.thread,
    askedOn: undefined,
    trackings: [],
    oldComments: oldComments(memory, parties.github.now()),
    requests: [],
    asked: undefined,
    notes: [...memory.notes],
    discussion: undefined,
    removed: memory.removed,
    found: undefined,
    maker: undefined,
    session: undefined,
    ...worked(memory),
    trouble: undefined,
    setUp: undefined,
    changed: memory.changed,
    silence: memory.silence,
    behind: memory.behind,
    searches: memory.searches,
    blind: undefined,
    untaken: memory.untaken,
    applied,
    unsure: memory.unsure,
    claims: memory.claims,
    creates: memory.creates,
    census: memory.census,
    witness: undefined,
    attempted: memory.attempted,
    lost: memory.lost,
    shown: memory.shown,
  }
}

const OLD_MS = 10 * 60_000

function oldComments({ comments, aside }: Memory, now: number): number {
  const old = [...comments.values(), ...aside.values()].filter(({ created }) => now - created > OLD_MS)
  return Math.max(0, ...old.map(({ id }) => id))
}
