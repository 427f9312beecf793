/** What is done to the comments of a conversation. */
import { commentChanged } from '../payload.ts'
import type { Actor } from '../person.ts'
import type { Comment, Thread } from '../store.ts'
import { threadOf, type World } from '../world.ts'
import { touch } from './thread.ts'

/** Writes a comment. */
export function createComment(world: World, actor: Actor, thread: Thread, body: string): Comment {
  const { store } = world
  const id = store.ids('comment')
  touch(world, thread)
  const comment: Comment = {
    id,
    number: thread.number,
    author: actor.person,
    body,
    createdAt: thread.updatedAt,
    updatedAt: thread.updatedAt,
    url: `${thread.url}#issuecomment-${id}`,
  }
  store.comments.push(comment)
  world.deliver(actor, commentChanged(store, thread, comment, { action: 'created' }))
  return comment
}

/** Changes the words of a comment; the same words again are no event, as on GitHub. */
export function editComment(world: World, actor: Actor, comment: Comment, body: string): void {
  const before = comment.body
  if (before === body) return
  const thread = threadOf(world.store, comment.number)
  touch(world, thread)
  comment.body = body
  comment.updatedAt = thread.updatedAt
  world.deliver(actor, commentChanged(world.store, thread, comment, { action: 'edited', before }))
}

/** Deletes a comment and the reactions to it. */
export function deleteComment(world: World, actor: Actor, comment: Comment): void {
  const { store } = world
  const thread = threadOf(store, comment.number)
  touch(world, thread)
  store.comments = store.comments.filter((other) => other !== comment)
  const said = commentChanged(store, thread, comment, { action: 'deleted' })
  store.reactions = store.reactions.filter(({ kind, id }) => kind !== 'comment' || id !== comment.id)
  world.deliver(actor, said)
}
