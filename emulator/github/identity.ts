/** Identifiers as GitHub hands them out: large, growing, never consecutive, and the same on every run. */
import { createHash } from 'node:crypto'

/** Kinds of things with an id space of their own, and where each space starts. */
const START = {
  user: 61_204_187,
  repository: 812_406_113,
  issue: 3_412_870_244,
  pull: 2_704_115_920,
  comment: 3_291_560_873,
  review: 3_180_442_519,
  reviewComment: 2_290_731_408,
  label: 9_120_337_265,
  reaction: 301_775_482,
  branch: 1,
}

/** A kind of thing that has ids. */
export type Kind = keyof typeof START

/** Gives the next id of a kind. */
export type Ids = (kind: Kind) => number

/** Ids from a small linear congruential generator, so that two runs agree. */
export function makeIds(): Ids {
  const last: Record<string, number> = { ...START }
  let seed = 20_260_824
  return (kind) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    const next = (last[kind] ?? 0) + 1 + (seed % 4_093)
    last[kind] = next
    return next
  }
}

const PREFIX: Record<string, string> = {
  user: 'U',
  repository: 'R',
  issue: 'I',
  pull: 'PR',
  comment: 'IC',
  review: 'PRR',
  reviewComment: 'PRRC',
  label: 'LA',
  reaction: 'REA',
  organization: 'O',
}

/** The GraphQL name of a thing, shaped like GitHub's. */
export function nodeId(kind: string, id: number): string {
  const bytes = createHash('sha1').update(`${kind}:${id}`).digest('base64url').slice(0, 12)
  return `${PREFIX[kind] ?? kind}_kwDO${bytes}`
}

/** A commit id made from words. */
export function commitId(...words: (string | number)[]): string {
  return createHash('sha1').update(words.join(' ')).digest('hex')
}
