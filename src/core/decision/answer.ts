/** The short answers to commands. */
import type { Effect, NoteKind } from '../effect/effect.ts'
import type { Command } from '../intent/command.ts'
import type { Verdict } from '../outcome.ts'
import { isSamePlace } from '../record.ts'
import type { Decision, Scene, TrackedScene } from './decision.ts'
import { react } from './finish.ts'
import { answerKey, note } from './notice.ts'
import type { Request } from './observed.ts'
import { standingOf } from './sayable.ts'
import { storyOf } from './story.ts'

/** One short comment. Its key keeps it from coming twice, and marks the command as dealt with. */
export function answer(
  scene: Scene & Partial<TrackedScene>,
  request: Request,
  verdict: Verdict,
  kind: NoteKind,
): Decision {
  const isTold = kind === 'help' || kind === 'status'
  const standing = isTold ? { standing: standingOf(scene, scene.tracking) } : {}
  const story = storyOf(scene, verdict, scene.tracking, standing)
  const words = quoted(request.command)
  const effects: Effect[] = [
    ...react(request, isTold ? 'rocket' : 'confused'),
    ...note(scene, kind, words, answerKey(request), story, request.on),
  ]
  return { effects, next: isOwn(scene, request) ? 'done' : 'again', story }
}

/** What the answer says again: the words that were not understood, or the verb that may have been meant. */
function quoted(command: Command): string {
  if (command.verb !== 'unclear') return ''
  return command.why === 'did-you-mean' ? command.verbMeant : command.words
}

/** Was this run started by this very command? */
export function isOwn({ intent }: Scene, request: Request): boolean {
  return intent.because.kind === 'command' && isSamePlace(intent.because, request)
}
