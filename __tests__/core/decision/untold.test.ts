import { isUntold, type Standing } from '../../../src/core/decision/untold.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import { MINUTE, NOW, PULL, tracking } from '../builders.ts'

const LINKED = `### ✅ Jules opened [pull request #34](${PULL.url})`

type Row = {
  name: string
  over: Partial<RelayRecord>
  standing: Partial<Standing>
  headline?: string
  age?: number
  untold: boolean
}
const held = { run: { id: '800', attempt: 1 } }
const rows: Row[] = [
  { name: 'at work, as told', over: {}, standing: {}, untold: false },
  { name: 'at work, where it was told to wait', over: { phase: 'waiting' }, standing: {}, untold: true },
  { name: 'F-24 at work again', over: { phase: 'failed' }, standing: {}, untold: true },
  { name: 'a run holds it that may live', over: held, standing: {}, untold: false },
  { name: 'a run holds it that cannot live', over: held, standing: {}, age: 20 * MINUTE, untold: true },
  { name: 'silent, and not told so', over: {}, standing: { latest: NOW - 15 * MINUTE }, untold: true },
  { name: 'silent, as told', over: {}, standing: { latest: NOW - 25 * MINUTE }, untold: false },
  { name: 'a pull request while at work', over: {}, standing: { pull: PULL.url }, untold: true },
  {
    name: 'the pull request is told',
    over: {},
    standing: { pull: PULL.url, latest: NOW },
    headline: LINKED,
    untold: false,
  },
  {
    name: 'the pull request is told, and all is silent since',
    over: {},
    standing: { pull: PULL.url, latest: NOW - 12 * MINUTE },
    headline: LINKED,
    untold: true,
  },
  {
    name: 'the pull request is told, and it works on',
    over: { phase: 'settled' },
    standing: { pull: PULL.url },
    headline: LINKED,
    untold: false,
  },
  { name: 'it waits, as told', over: { phase: 'waiting' }, standing: { state: 'PAUSED' }, untold: false },
  { name: 'it waits', over: {}, standing: { state: 'AWAITING_PLAN_APPROVAL' }, untold: true },
  { name: 'it waits for more', over: { phase: 'waiting' }, standing: { state: 'PAUSED', latest: NOW }, untold: true },
  { name: 'no time is told', over: { phase: 'waiting' }, standing: { state: 'PAUSED', latest: 0 }, untold: true },
  { name: 'a dead run holds it', over: { phase: 'failed', ...held }, standing: { state: 'FAILED' }, untold: true },
  { name: 'it failed, as told', over: { phase: 'failed' }, standing: { state: 'FAILED' }, untold: false },
  { name: 'it failed', over: {}, standing: { state: 'FAILED' }, untold: true },
  { name: 'it is over, as told', over: { phase: 'settled' }, standing: { state: 'COMPLETED' }, untold: false },
  { name: 'it is over', over: {}, standing: { state: 'COMPLETED' }, untold: true },
  {
    name: 'F-23 a pull request after the end',
    over: { phase: 'settled' },
    standing: { state: 'COMPLETED', pull: PULL.url },
    headline: '### 📦 Jules made changes',
    untold: true,
  },
]
test.each(rows)('$name: $untold', ({ over, standing, headline, age = 10 * MINUTE, untold }) => {
  const own = { ...tracking({ run: undefined, ...over }, { age }), ...(headline && { headline }) }
  const usual: Standing = { state: 'IN_PROGRESS', pull: '', latest: NOW - 11 * MINUTE }
  expect(isUntold(own, { ...usual, ...standing }, NOW, 15 * MINUTE)).toBe(untold)
})
