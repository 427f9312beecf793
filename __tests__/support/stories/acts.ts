/** What can happen in a story: each sentence of a script, and what it does in the world. */
import type { NewReview, NewReviewComment, Person } from '../../../emulator/github/index.ts'
import { JULES_KEY, type Told } from '../story.ts'
import { refusal, unheard } from './trouble.ts'

type Act = (world: Told, words: string[], more: unknown) => unknown

const MINUTE = 60_000

const ACTS: [RegExp, Act][] = [
  [
    /^(\w+) labels (?:issue|pull request) (\d+)$/,
    (world, [who, on]) => world.github.label(by(world, who), Number(on), 'ask-jules'),
  ],
  [
    /^(\w+) says on (?:issue|pull request) (\d+)$/,
    (world, [who, on], text) => world.github.comment(by(world, who), Number(on), String(text)),
  ],
  [/^(\w+) edits that comment$/, edit],
  [/^(\w+) ticks$/, (world, [who], box) => tick(world, by(world, who), String(box))],
  [
    /^(\w+) reviews pull request (\d+)$/,
    (world, [who, on], review) => world.github.review(by(world, who), Number(on), review as NewReview),
  ],
  [
    /^(\w+) comments on a line of pull request (\d+)$/,
    (world, [who, on], line) => world.github.reviewComment(by(world, who), Number(on), line as NewReviewComment),
  ],
  [/^(\w+) closes issue (\d+)$/, (world, [who, on]) => world.github.closeIssue(by(world, who), Number(on))],
  [
    /^(\w+) closes pull request (\d+)$/,
    (world, [who, on]) => world.github.closePullRequest(by(world, who), Number(on)),
  ],
  [
    /^(\w+) merges pull request (\d+)$/,
    (world, [who, on]) => world.github.closePullRequest(by(world, who), Number(on), { merged: true }),
  ],
  [/^the sweep comes by$/, (world) => world.github.schedule('17 */2 * * *')],
  [/^the last job is run again$/, (world) => again(world)],
  [/^the first job is cancelled at its next look$/, cancel],
  [/^(\d+) minutes? pass(?:es)?$/, pass],
  [/^Jules does (\S+) from now on$/, (world, [scenario]) => world.jules.useScenario(scenario ?? '')],
  [
    /^Jules makes another plan$/,
    (world, _, titles) => alter(world, { activity: planOf(titles), state: 'AWAITING_PLAN_APPROVAL' }),
  ],
  [/^the session is in the state (\w+)$/, (world, [state]) => alter(world, { state: state ?? '' })],
  [/^\w+ tells the session at Jules$/, (world, _, words) => tellAtJules(world, String(words))],
  [/^Jules hears no message any more$/, (world) => unheard(world)],
  [
    /^Jules refuses the next approval$/,
    (world) => refusal(world, 'sessions.approvePlan', 400, 'FAILED_PRECONDITION', 1),
  ],
  [/^Jules has no room for one session$/, (world) => refusal(world, 'sessions.create', 429, 'RESOURCE_EXHAUSTED', 1)],
  [/^the session is deleted$/, (world) => refusal(world, ['sessions.get', 'activities.list'], 404, 'NOT_FOUND', 99)],
]

/** Does what a sentence says; resolves when the time that it takes has passed. */
export async function act(world: Told, sentence: string, more: unknown): Promise<void> {
  for (const [pattern, does] of ACTS) {
    const found = pattern.exec(sentence)
    if (found !== null) {
      await does(world, found.slice(1), more)
      return
    }
  }
  throw new Error(`Nothing is known of "${sentence}". The sentences stand in __tests__/support/stories/acts.ts.`)
}

/** ann and bob may write to the repository, rob may only read it. */
function by(world: Told, who = ''): Person {
  return who === 'bob' ? world.github.person('bob', 'write') : world.github.person(who)
}

function edit(world: Told, [who]: string[], text: unknown): void {
  const last = world.github.store.comments.at(-1)
  world.github.editComment(by(world, who), last?.id ?? 0, String(text))
}

/** What the browser does: the text as it stands, with one box ticked. */
function tick(world: Told, who: Person, box: string): void {
  const comment = world.github.store.comments.findLast(({ body }) => body.includes(`- [ ] ${box}`))
  if (comment === undefined) throw new Error(`There is no box "${box}".`)
  world.github.editComment(who, comment.id, comment.body.replace(`- [ ] ${box}`, `- [x] ${box}`))
}

function cancel({ jules, runner }: Told): void {
  const run = () => runner.runs.at(0)?.cancel()
  jules.server.faults.add({ route: 'activities.list', phase: 'before', act: { kind: 'run', run } })
}

async function again({ runner }: Told): Promise<void> {
  const last = runner.runs.at(-1)
  if (last !== undefined) await runner.rerun(last)
}

async function pass(world: Told, [minutes]: string[]): Promise<void> {
  world.clock.move(Number(minutes) * MINUTE)
  await world.jules.settled()
}

function alter({ jules }: Told, change: Parameters<Told['jules']['alter']>[1]): void {
  jules.alter(jules.sessions().at(0)?.id ?? '', change)
}

/** On the session's own page. */
async function tellAtJules({ jules }: Told, prompt: string): Promise<void> {
  const headers = { 'x-goog-api-key': JULES_KEY, 'content-type': 'application/json' }
  const address = `${jules.url}/sessions/${jules.sessions().at(0)?.id}:sendMessage`
  await fetch(address, { method: 'POST', headers, body: JSON.stringify({ prompt }) })
}

function planOf(titles: unknown): object {
  const steps = Array.isArray(titles) ? titles.map((title, at) => ({ id: `${at}${'e'.repeat(31)}`, title })) : []
  return { planGenerated: { plan: { id: 'f'.repeat(32), createTime: '2026-11-20T12:00:00Z', steps } } }
}
