/** What the doctor has found out about one part of the set-up, as data; the words are found in core/report. */
import type { Trouble } from './trouble.ts'

/** In the order in which they are told. */
export type Checked =
  | 'key'
  | 'source'
  | 'token'
  | 'branch'
  | 'contents'
  | 'issues'
  | 'pull-requests'
  | 'label'
  | 'templates'

/** Why something was not even asked: a dry run may not, or what it rests on is amiss. */
export type Unasked = 'dry-run' | 'after-another'

export type Finding =
  /** `names`: the source, the label, the files it is about; a branch, and behind it those with names near to it. */
  { result: 'fine' | 'wrong' | 'advice'; names: string[] } | { result: 'unknown'; why: Unasked | Trouble }

export type Check = { of: Checked } & Finding
