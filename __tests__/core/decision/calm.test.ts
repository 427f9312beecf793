import { digestOf } from '../../../src/core/decision/activities/digest.ts'
import { isMereProgress } from '../../../src/core/decision/calm.ts'
import type { Happening } from '../../../src/core/session.ts'
import { activity, ago } from '../builders.ts'

const progress: Happening = { kind: 'progress', title: 'Reading', description: '' }
const plan: Happening = { kind: 'plan-generated', plan: { id: 'p1', steps: [] } }
const digest = (happenings: Happening[]) =>
  digestOf(happenings.map((happening, at) => activity({ id: `a${at}`, at: ago(60_000 - at * 1000), happening })))

test.each<{ name: string; news: Happening[]; calm: boolean }>([
  { name: 'nothing', news: [], calm: false },
  { name: 'progress', news: [progress], calm: true },
  { name: 'much progress', news: [progress, { kind: 'progress', title: '', description: '' }, progress], calm: true },
  { name: 'a plan', news: [plan], calm: false },
  { name: 'an approval', news: [{ kind: 'plan-approved', plan: 'p1' }], calm: false },
  { name: 'a question', news: [{ kind: 'agent-messaged', message: 'Which?' }], calm: false },
  { name: 'a message', news: [{ kind: 'user-messaged', message: 'UTC' }], calm: false },
  { name: 'the end', news: [{ kind: 'completed' }], calm: false },
  { name: 'a failure', news: [{ kind: 'failed', why: '' }], calm: false },
  { name: 'what nobody knows', news: [{ kind: 'unknown' }], calm: false },
  {
    name: 'progress before and after a question',
    news: [progress, { kind: 'agent-messaged', message: '?' }, progress],
    calm: false,
  },
])('$name: calm is $calm', ({ news, calm }) => {
  for (const before of [[], [progress], [plan, progress]])
    expect(isMereProgress(digest(before), digest([...before, ...news]))).toBe(calm)
})

test.each<{ name: string; happenings: Happening[]; over: boolean }>([
  { name: 'nothing told', happenings: [], over: false },
  { name: 'complete', happenings: [progress, { kind: 'completed' }], over: true },
  { name: 'failed', happenings: [progress, { kind: 'failed', why: '' }], over: true },
  { name: 'complete, and taken up again', happenings: [{ kind: 'completed' }, progress], over: false },
])('$name: over is $over', ({ happenings, over }) => {
  expect(digest(happenings).over).toBe(over)
})
