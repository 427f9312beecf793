/** The set-up as it was found: each fact is known, could not be read, or was not asked for. */
import type { Unasked } from '../../effect/check.ts'
import type { Trouble } from '../../effect/story.ts'

export type Fact<T> = { known: T } | { trouble: Trouble } | { unasked: Unasked }

export type Template = {
  path: string
  /** Those that it puts on by itself, in lower case. */
  labels: string[]
}

export type SetUp = {
  /** Known: Jules accepts the key. */
  key: Fact<true>
  /** Its resource name; '' where the repository is not connected. */
  source: Fact<string>
  /** GitHub accepts the token; does it see this repository? */
  token: Fact<boolean>
  /** The branch that sessions start from, and where it is not there, those with names near to it. */
  branch: Fact<{ name: string; there: boolean; near: string[] }>
  /** Does the repository have the trigger label? */
  label: Fact<boolean>
  templates: Fact<Template[]>
}
