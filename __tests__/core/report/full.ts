import type { NoteKind } from '../../../src/core/effect/effect.ts'
import type { Story } from '../../../src/core/effect/story.ts'
import { OUTCOMES, type Verdict } from '../../../src/core/outcome.ts'
import { commentUrl, PULL, REPOSITORY, SESSION, session, story } from '../builders.ts'

export const VERDICTS = Object.entries(OUTCOMES).flatMap(([outcome, reasons]) =>
  reasons.map((reason) => ({ outcome, reason }) as Verdict),
)
export const seen = {
  id: SESSION,
  url: session().url,
  title: '',
  state: 'IN_PROGRESS',
  rawState: 'IN_PROGRESS',
} as const
export const NOTES: readonly NoteKind[] = [
  'help',
  'status',
  'did-you-mean',
  'unknown-flag',
  'ambiguous',
  'nothing-to-do',
  'already-running',
  'fork',
  'passed-on',
  'needed',
  'done',
]

/** A story that is full of one text, wherever Jules or a person can put one. */
export const full = (text: string, verdict: Verdict = { outcome: 'waiting-for-reply', reason: 'question' }): Story =>
  story({
    verdict,
    requester: 'ada',
    session: { ...seen, title: text },
    commentUrl: commentUrl(500),
    runUrl: `https://github.com/${REPOSITORY}/actions/runs/900`,
    plan: {
      id: 'p1',
      steps: [
        { title: text, description: text },
        { title: text, description: '' },
      ],
    },
    progress: [text, text],
    unknown: [text, text],
    progressCount: 7,
    message: text,
    why: text,
    files: [{ path: text, added: 1, removed: 2 }],
    patch: text,
    commands: [{ command: text, exitCode: 1 }],
    pullRequest: { ...PULL, title: text },
    intended: [text],
  })
