/** The threads of a world as a person finds them in the end, as Markdown. */
import type { Comment, Thread } from '../../../emulator/github/index.ts'
import type { Told } from '../story.ts'
import { stable } from './stable.ts'

const FACES: Record<string, string> = { eyes: '👀', rocket: '🚀', confused: '😕' }

/** Every thread in which somebody of us or of the people has said anything, one after the other. */
export function pageOf(world: Told): string {
  const pages = world.github.store.threads
    .filter((thread) => isTold(world, thread))
    .map((thread) => page(world, thread))
  return `${stable(world, pages.join('\n\n'))}\n`
}

function isTold({ github }: Told, thread: Thread): boolean {
  return thread.kind === 'issue' || [...github.comments(thread.number), ...reviewsOf(github, thread)].length > 0
}

function page(world: Told, thread: Thread): string {
  const { kind, number, title, state, labels } = thread
  const merged = thread.kind === 'pull-request' && thread.mergedAt !== null
  const comments = world.github
    .comments(number)
    .map((comment) => ({ at: comment.createdAt, id: comment.id, text: spoken(world, comment) }))
  // GitHub tells whole seconds, and a review comes before the answer to it.
  const said = [...reviewsOf(world.github, thread), ...comments].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  const facts = [
    kind === 'issue' ? 'issue' : 'pull request',
    merged ? 'merged' : state,
    ...labels.map((name) => `label \`${name}\``),
  ]
  return [`# #${number} ${title}`, facts.join(' · '), ...said.map(({ text }) => `---\n\n${text}`)].join('\n\n')
}

/** Without the hidden last line. */
function spoken(world: Told, { id, author, body }: Comment): string {
  const words = author.type === 'Bot' ? body.slice(0, body.lastIndexOf('\n')).trimEnd() : body
  return `**${author.login}**${facesOn(world, 'comment', id)}\n\n${words}`
}

function facesOn({ github }: Told, kind: string, id: number): string {
  const faces = github.store.reactions
    .filter((one) => one.kind === kind && one.id === id)
    .map(({ content }) => FACES[content])
  return faces.length === 0 ? '' : ` ${faces.join(' ')}`
}

function reviewsOf({ store }: Told['github'], { number }: Thread) {
  return store.reviews
    .filter((review) => review.number === number)
    .map((review) => {
      const lines = store.reviewComments
        .filter((comment) => comment.review === review.id)
        .map(({ path, line, body }) => `On \`${path}\`, line ${line}:\n\n${body}`)
      const head = `**${review.author.login}** reviewed: ${review.state.replace('_', ' ')}`
      return {
        at: review.submittedAt,
        id: review.id,
        text: [head, review.body ?? '', ...lines].filter(Boolean).join('\n\n'),
      }
    })
}
