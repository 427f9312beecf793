/** What about this Jules can be chosen at the start and changed while it runs. */

import type { Manners } from './converse.ts'

export type Settings = Manners & {
  /** Sessions that may be created in 24 hours; deleted and failed ones count. */
  dailyLimit: number
  /** Sessions that may be at work or waiting for somebody at once. */
  concurrentLimit: number
  /** How a used-up limit shows: 400 or 429. */
  quotaRefusal: 'failed-precondition' | 'exhausted'
  /** Zero-byte success bodies for sendMessage, approvePlan and delete. */
  emptyBodies: boolean
  /** What becomes of the standard query parameter `fields`. */
  fields: 'honoured' | 'ignored' | 'refused'
  /** So many first reads of a new session and its activities are answered with 404. */
  raceReads: number
  /** For so long after its creation, reads of a session and its activities are answered with 404. */
  raceSeconds: number
}

/** The values of every setting that is no number, the usual one first. */
export const CHOICES = {
  quotaRefusal: ['failed-precondition', 'exhausted'],
  emptyBodies: [false, true],
  fields: ['refused', 'honoured', 'ignored'],
  failedSessions: ['silent', 'refuse'],
  approvalsWithoutPlan: ['refuse', 'silent'],
} as const

const USUAL: Settings = {
  dailyLimit: Number.POSITIVE_INFINITY,
  concurrentLimit: Number.POSITIVE_INFINITY,
  quotaRefusal: 'failed-precondition',
  emptyBodies: false,
  fields: 'refused',
  raceReads: 0,
  raceSeconds: 0,
  failedSessions: 'silent',
  approvalsWithoutPlan: 'refuse',
}

/** The settings at the start. */
export function makeSettings(given: Partial<Settings>): Settings {
  return {
    dailyLimit: given.dailyLimit ?? USUAL.dailyLimit,
    concurrentLimit: given.concurrentLimit ?? USUAL.concurrentLimit,
    quotaRefusal: given.quotaRefusal ?? USUAL.quotaRefusal,
    emptyBodies: given.emptyBodies ?? USUAL.emptyBodies,
    fields: given.fields ?? USUAL.fields,
    raceReads: given.raceReads ?? USUAL.raceReads,
    raceSeconds: given.raceSeconds ?? USUAL.raceSeconds,
    failedSessions: given.failedSessions ?? USUAL.failedSessions,
    approvalsWithoutPlan: given.approvalsWithoutPlan ?? USUAL.approvalsWithoutPlan,
  }
}
