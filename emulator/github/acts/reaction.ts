/** Reacting; GitHub tells nobody of it. */
import type { Actor } from '../person.ts'
import type { Reaction, ReactionContent, Subject } from '../store.ts'
import type { World } from '../world.ts'

/** Adds a reaction; the same one twice is one. */
export function react(
  world: World,
  { person }: Actor,
  subject: Subject,
  content: ReactionContent,
): { reaction: Reaction; isNew: boolean } {
  const { store } = world
  const before = store.reactions.find(
    (one) =>
      one.kind === subject.kind && one.id === subject.id && one.content === content && one.author.id === person.id,
  )
  if (before !== undefined) return { reaction: before, isNew: false }
  const reaction = { ...subject, reaction: store.ids('reaction'), content, author: person, createdAt: world.now() }
  store.reactions.push(reaction)
  world.changed()
  return { reaction, isNew: true }
}
