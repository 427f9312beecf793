/** Schedules that once broke something, each by what it was. */
import { readFileSync } from 'node:fs'
import type { Mishap, Schedule } from './schedule.ts'

const MISHAP_OF: Record<string, Mishap> = {
  l: 'lost',
  '4': 'limited',
  '5': 'broken',
  s: 'stale',
  k: 'killed',
  t: 'late',
}
const rows: (Omit<Schedule, 'turns'> & { name: string; turns: string })[] = JSON.parse(
  readFileSync(new URL('./found.json', import.meta.url), 'utf8'),
)

/** A turn is written as whose it is, and a letter where something goes wrong. */
export const found = rows.map(({ name, turns, ...rest }) => ({
  name,
  schedule: { ...rest, turns: turns.split(' ').map(readTurn) } satisfies Schedule,
}))

function readTurn(text: string): Schedule['turns'][number] {
  const [pick = '0', letter = ''] = text.split('.')
  return { pick: Number(pick), mishap: MISHAP_OF[letter] ?? 'none' }
}
