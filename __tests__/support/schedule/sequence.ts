/** P9: the number in the record of a comment never falls, whoever writes; a write whose answer was lost is written once more. */
import { decodeRecord } from '../../../src/core/record-text.ts'
import { makeSeal } from '../../../src/shell/github/seal.ts'
import { KEY } from './oracle.ts'
import type { Stageful } from './play.ts'

/** Every write after which a comment's record is older than before, in words. */
export function fallen({ world, threads }: Stageful): string[] {
  const seals = threads.map((number) => makeSeal(KEY, String(world.github.store.repository.id), number))
  const highest = new Map<string, number>()
  return world.github.server.calls.flatMap(({ route = '', own, path }) => {
    if (!['issues.createComment', 'issues.updateComment'].includes(route) || own === undefined) return []
    const { id, body } = Object(own.body)
    const record = seals.flatMap((seal) => decodeRecord(seal.open(String(body)) ?? '') ?? [])[0]
    if (record === undefined) return []
    const before = highest.get(String(id)) ?? 0
    highest.set(String(id), record.seq)
    return record.seq >= before ? [] : [`the record of comment ${id} fell from ${before} to ${record.seq} (${path})`]
  })
}
