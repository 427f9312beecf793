/** Names in place of what is another number each time: sessions, comments, runs, borders. */
import type { Told } from '../story.ts'

/** The same words each time the story is played. */
export function stable(world: Told, text: string): string {
  const sessions = world.jules.sessions().toReversed()
  const comments = world.github.store.comments
  const named = new Map<string, string>([
    ...sessions.map(({ id }, at): [string, string] => [id, `SESSION-${at + 1}`]),
    ...comments.map(({ id }, at): [string, string] => [String(id), `COMMENT-${at + 1}`]),
    ...[...new Set(world.runner.runs.map(({ id }) => id))].map((id, at): [string, string] => [id, `RUN-${at + 1}`]),
  ])
  return text
    .replace(/\d{9,}/g, (number) => named.get(number) ?? number)
    .replace(/^(> ----- (?:begin|end)) \w+( -----)$/gm, '$1 BORDER$2')
    .replace(/^(> jules-relay: \S+) [0-9a-f]{20}$/gm, '$1 KEY')
    .replace(/\(`[0-9a-f]{8}`\)/g, '(`PLAN`)')
    .replace(/\bTook \d+ minutes?/g, 'Took SOME minutes')
}
