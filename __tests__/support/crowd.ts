/** Many threads at once, as a repository has them after busy days: each with a session that some job has handed over. */
import type { Issue } from '../../emulator/github/index.ts'
import type { RelayRecord } from '../../src/core/record.ts'
import { encodeRecord } from '../../src/core/record-text.ts'
import { makeSeal } from '../../src/shell/github/seal.ts'
import { record } from '../core/builders.ts'
import { JULES_KEY, type Told } from './story.ts'

export type Member = { number: number; session: string; comment: number }

type Kind = { label: string; state: string; phase: RelayRecord['phase'] }

const KINDS: Record<'working' | 'asking', Kind> = {
  working: { label: 'jules: running', state: 'IN_PROGRESS', phase: 'following' },
  asking: { label: 'jules: waiting', state: 'AWAITING_USER_FEEDBACK', phase: 'waiting' },
}

/** So many threads with comments that tell what is so; a minute later. */
export async function crowd(world: Told, count: number, kind: keyof typeof KINDS): Promise<Member[]> {
  const { label, state, phase } = KINDS[kind]
  const first = world.github.openIssue(world.rob, { title: 'One of many', body: 'Mend it.' })
  world.github.label(world.ann, first.number, label)
  const members: Member[] = []
  for (let made = 0; made < count; made += 1) {
    const issue = made === 0 ? first : another(world, first)
    const key = String(issue.number).padStart(20, '0')
    const session = await newSession(
      world,
      `Mend it.\n\njules-relay: ${world.github.repository}#${issue.number} ${key}`,
    )
    world.jules.alter(session, { state, activity: { agentMessaged: { agentMessage: 'Which one?' } } })
    members.push({ number: issue.number, session, comment: 0 })
  }
  world.clock.move(60_000)
  return members.map((one) => ({ ...one, comment: say(world, one, phase) }))
}

function another({ github: { store } }: Told, like: Issue): Issue {
  const number = Math.max(...store.threads.map((thread) => thread.number)) + 1
  const url = like.url.replace(/\d+$/, String(number))
  const issue = { ...like, id: store.ids('issue'), number, url, labels: [...like.labels] }
  store.threads.push(issue)
  return issue
}

async function newSession(world: Told, prompt: string): Promise<string> {
  const sourceContext = {
    source: `sources/github/${world.github.repository}`,
    githubRepoContext: { startingBranch: 'main' },
  }
  const answer = await fetch(`${world.jules.url}/sessions`, {
    method: 'POST',
    headers: { 'x-goog-api-key': JULES_KEY, 'content-type': 'application/json' },
    body: JSON.stringify({ prompt, sourceContext }),
  })
  const made: { id: string } = await answer.json()
  return made.id
}

/** Our tracking comment, as the job that handed over has left it. */
function say(world: Told, { number, session }: Member, phase: RelayRecord['phase']): number {
  const { store } = world.github
  const author = store.people[0]
  if (author === undefined) throw new Error('Nobody is there.')
  const id = store.ids('comment')
  const written = record({
    key: String(number).padStart(20, '0'),
    session,
    phase,
    run: undefined,
    author: author.id,
    handled: id - 1,
    request: { kind: 'label', id: `ask-jules/${number}`, hash: '' },
  })
  const seal = makeSeal(JULES_KEY, String(store.repository.id), number)
  const at = new Date(world.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z')
  const body = `### ⏳ As it was\n\n${seal.close(encodeRecord(written))}`
  const url = `https://github.com/${world.github.repository}/issues/${number}#issuecomment-${id}`
  store.comments.push({ id, number, author, body, createdAt: at, updatedAt: at, url })
  return id
}
