/**
 * F-34 F-35 F-36 F-37 T-25 What people do to the thread, to our comment or to the token, at any call of a run: the run ends with
 * a true report, makes at most one session, and never loses one. `npm run test:full` tries every call.
 */

import { ALL_OUTPUTS } from '../support/midway.ts'
import { atCall, callsSince, type Phase, points } from '../support/nth-call.ts'
import { useStage } from '../support/stage/use-stage.ts'
import { endWorlds, last, notes, type Told, tellDirectly, tracking, verdict, writes } from '../support/story.ts'

const stage = useStage()

const PERMISSIONS = { contents: 'read', issues: 'write', pull_requests: 'write' } as const

type Hand = {
  name: string
  act(world: Told, token: string): void
  /** What the run may come to. */
  ends: RegExp
  /** How many tracking comments there may be at the end. */
  comments: number
  /** May anything be written to the thread after it? */
  writes?: boolean
}

/** Our comment, where there is one so far. */
function onComment(world: Told, act: (id: number, body: string) => void): void {
  const found = world.github.comments(world.issue).find(({ body }) => body.includes('<!-- jules-relay '))
  if (found !== undefined) act(found.id, found.body)
}

const WITHOUT = (gone: keyof typeof PERMISSIONS) => {
  const { [gone]: _, ...left } = PERMISSIONS
  return left
}

const HANDS: Hand[] = [
  {
    name: 'the words of our comment are changed',
    act: (world) =>
      onComment(world, (id, body) => world.github.editComment(world.ann, id, body.replace('###', '### Ha!'))),
    ends: /^pull-request\/completed/,
    comments: 1,
  },
  {
    name: 'the record of our comment is changed',
    act: (world) =>
      onComment(world, (id, body) => world.github.editComment(world.ann, id, body.replace(/.{4} -->$/, 'AAAA -->'))),
    ends: /^pull-request\/completed/,
    comments: 2,
  },
  {
    name: 'our comment is deleted',
    act: (world) => onComment(world, (id) => world.github.deleteComment(world.ann, id)),
    ends: /^(pull-request\/completed|stopped\/thread-closed)/,
    comments: 1,
  },
  {
    name: 'the thread is locked',
    act: (world) => world.github.lock(world.issue),
    ends: /^(pull-request\/completed|ignored\/thread-locked)/,
    comments: 1,
  },
  {
    name: 'the thread is closed',
    act: (world) => world.github.closeIssue(world.ann, world.issue),
    ends: /^pull-request\/completed/,
    comments: 1,
  },
  {
    name: 'the thread is transferred',
    act: (world) => world.github.transferIssue(world.ann, world.issue, 'acme/gadgets'),
    ends: /^(pull-request\/completed|ignored\/other-repository)/,
    comments: 1,
    writes: false,
  },
  {
    name: 'the thread is deleted',
    act: (world) => world.github.deleteIssue(world.ann, world.issue),
    ends: /^(pull-request\/completed|stopped\/thread-closed)/,
    comments: 1,
    writes: false,
  },
  {
    name: 'the label is taken off',
    act: (world) => world.github.unlabel(world.ann, world.issue, 'ask-jules'),
    ends: /^(pull-request\/completed|ignored\/label-gone)/,
    comments: 1,
  },
  ...(['contents', 'issues', 'pull_requests'] as const).map((gone) => ({
    name: `the token loses ${gone}`,
    act: (world: Told, token: string) => world.github.regrant(token, WITHOUT(gone)),
    ends: /^(pull-request\/completed|failed\/github-permission-missing|ignored\/permission-unknown)/,
    comments: 1,
  })),
  {
    name: 'the token ends',
    act: (world, token) => world.github.revoke(token),
    ends: /^(pull-request\/completed|running\/handed-over|failed\/github-permission-missing|ignored\/permission-unknown)/,
    comments: 1,
  },
]

async function begin() {
  const world = await tellDirectly({ start: stage.start })
  world.github.store.repository.private = true
  world.github.label(world.ann, world.issue, 'ask-jules')
  return { world, event: last(world, 'issues', 'labeled'), token: world.github.mintToken(PERMISSIONS) }
}

/** What was wrong when it happened there; nothing where all was well. */
async function wrongsOf(hand: Hand, n: number, phase: Phase): Promise<string[]> {
  const { world, event, token } = await begin()
  let acted = Number.POSITIVE_INFINITY
  const strike = atCall(world, n, phase, () => {
    acted = writes(world).length
    hand.act(world, token)
  })
  const result = await world.run(event, { token }).done
  const { route } = strike.struck() ?? { route: 'nothing' }
  const [session] = world.jules.sessions()
  const { outputs } = result
  const created = callsSince(world).some((call) => call.route === 'sessions.create' && call.status === 200)
  const facts: { [claim: string]: boolean } = {
    'one of these ends': hand.ends.test(verdict(result)),
    'all outputs': Object.keys(outputs).sort().join() === ALL_OUTPUTS.join(),
    'one session at most': world.jules.sessions().length <= 1,
    'a session is told': !created || outputs['session-id'] === session?.id,
    'no session is made up': created || outputs['session-id'] === '',
    'its comments': tracking(world).length <= hand.comments && notes(world).length <= 1,
    'nothing is written to where it is now':
      hand.writes !== false ||
      writes(world)
        .slice(acted + 1)
        .every(({ status }) => status >= 300 || status === 0),
    'no mistake of ours': outputs.reason !== 'bug',
  }
  const wrongs = Object.entries(facts).flatMap(([claim, holds]) =>
    holds ? [] : [`${n} ${phase} ${route}: not "${claim}" (${verdict(result)})`],
  )
  await endWorlds()
  return wrongs
}

/** How many calls the run makes where nobody meddles. */
async function length(): Promise<number> {
  const { world, event, token } = await begin()
  await world.run(event, { token }).done
  const calls = callsSince(world).length
  await endWorlds()
  return calls
}

test.each(HANDS)(
  '$name at any call of a run: one session at most, none lost, and all of it told',
  async (hand) => {
    const wrongs: string[] = []
    for (const { n, phase } of points(await length(), { every: 29, from: HANDS.indexOf(hand) * 5 }))
      wrongs.push(...(await wrongsOf(hand, n, phase)))
    expect(wrongs).toEqual([])
  },
  240_000,
)
