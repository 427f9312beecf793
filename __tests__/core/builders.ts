/** Values of the core with plain defaults, for tables that name only what they are about. */
import type { Config, Inputs } from '../../src/core/config.ts'
import { EMPTY_DIGEST } from '../../src/core/decision/activities/digest.ts'
import type { Scene, TrackedScene } from '../../src/core/decision/decision.ts'
import type { Observed, Request, ThreadSeen, Tracking } from '../../src/core/decision/observed.ts'
import type { Applied, Effect } from '../../src/core/effect/effect.ts'
import { briefStory, type Story, type Trouble } from '../../src/core/effect/story.ts'
import type { Person } from '../../src/core/event/event.ts'
import { INPUT_DEFAULTS } from '../../src/core/inputs.ts'
import type { Command } from '../../src/core/intent/command.ts'
import type { Intent, SessionWish } from '../../src/core/intent/intent.ts'
import type { RelayRecord } from '../../src/core/record.ts'
import { type Activity, NOTHING_LEFT_OUT, type Session } from '../../src/core/session.ts'

export const REPOSITORY = 'acme/widgets'
export const KEY = '0123456789abcdef0123'
export const OTHER_KEY = 'fedcba9876543210fedc'
/** Server time of every scene: 2026-11-20T12:00:00Z. */
export const NOW = Date.UTC(2026, 10, 20, 12)
export const MINUTE = 60_000
export const SESSION = '12033588725295054001'
export const KEY_INPUT = 'AQ.test-key-0123456789'

/** RFC 3339 of so many milliseconds before the scene's now. */
export const ago = (milliseconds: number): string => new Date(NOW - milliseconds).toISOString()

export const ada: Person = { login: 'ada', id: 7, bot: false }

export function inputs(over: Partial<Inputs> = {}): Inputs {
  return { ...INPUT_DEFAULTS, 'jules-api-key': KEY_INPUT, 'github-token': 'ghs_test', ...over }
}

export function config(over: Partial<Config> = {}): Config {
  return {
    julesKey: KEY_INPUT,
    githubToken: 'ghs_test',
    prompt: '',
    instructions: '',
    title: '',
    issueNumber: undefined,
    source: '',
    startingBranch: '',
    requirePlanApproval: false,
    autoCreatePullRequest: true,
    environmentVariables: false,
    triggerLabel: 'ask-jules',
    command: '/jules',
    minimumPermission: 'write',
    allowedBots: [],
    waitMs: 15 * MINUTE,
    pollMs: 15_000,
    statusLabels: true,
    tickBoxes: false,
    notify: 'needed',
    failOnSessionFailure: true,
    dryRun: false,
    julesUrl: 'https://jules.googleapis.com/v1alpha',
    ...over,
  }
}

export function record(over: Partial<RelayRecord> = {}): RelayRecord {
  return {
    seq: 3,
    key: KEY,
    phase: 'following',
    session: SESSION,
    requester: { login: 'ada', id: 7 },
    request: { kind: 'label', id: 'ask-jules/2026-11-20T11:58:00Z', hash: 'aa' },
    doing: undefined,
    plan: '',
    approved: '',
    reminded: '',
    told: '',
    acted: '',
    handled: 100,
    handledToo: [],
    handledOn: { line: [], review: [], tick: [] },
    run: { id: '900', attempt: 1 },
    author: 41898282,
    noPullRequest: false,
    planGate: false,
    replaces: '',
    queued: undefined,
    cut: false,
    ...over,
  }
}

/** A tracking comment, written `age` milliseconds ago. */
export function tracking(over: Partial<RelayRecord> = {}, more: { comment?: number; age?: number } = {}): Tracking {
  const comment = more.comment ?? 500
  return { comment, url: commentUrl(comment), record: record(over), written: NOW - (more.age ?? 5000) }
}

export function commentUrl(comment: number): string {
  return `https://github.com/${REPOSITORY}/issues/12#issuecomment-${comment}`
}

export function session(over: Partial<Session> = {}): Session {
  const state = over.state ?? 'IN_PROGRESS'
  return {
    id: SESSION,
    url: `https://jules.google.com/session/${SESSION}`,
    title: 'Mend the date test',
    prompt: `Mend it.\n\njules-relay: ${REPOSITORY}#12 ${KEY}`,
    state,
    rawState: state,
    source: `sources/github/${REPOSITORY}`,
    branch: 'main',
    created: ago(3 * MINUTE),
    updated: ago(MINUTE),
    pullRequest: undefined,
    patch: '',
    ...over,
  }
}

export const PULL = {
  url: `https://github.com/${REPOSITORY}/pull/34`,
  title: 'Mend the date test',
  head: `mend-${SESSION}`,
  base: 'main',
}

export function activity(over: Partial<Activity> = {}): Activity {
  return {
    id: 'a1',
    at: ago(MINUTE),
    by: 'agent',
    happening: { kind: 'progress', title: 'Reading', description: '' },
    commands: [],
    patch: '',
    media: [],
    leftOut: NOTHING_LEFT_OUT,
    ...over,
  }
}

export function thread(over: Partial<ThreadSeen> = {}): ThreadSeen {
  return {
    number: 12,
    kind: 'issue',
    title: 'Date test fails on Sundays',
    body: 'It fails. Please mend it.',
    author: ada,
    locked: false,
    closed: false,
    labels: [],
    head: undefined,
    ...over,
  }
}

export function request(command: Command, over: Partial<Request> = {}): Request {
  return { comment: 601, command, by: ada, subject: SUBJECT, key: OTHER_KEY, hash: 'bb', at: '', remarks: [], ...over }
}

export const SUBJECT = { title: 'Date test fails on Sundays', body: 'It fails. Please mend it.' }
export const say = (text: string): Command => ({ verb: 'say', text, flags: {}, cut: false })

export function observed(over: Partial<Observed> = {}): Observed {
  return {
    now: NOW,
    elapsed: 20_000,
    cancelled: false,
    run: { id: '900', attempt: 1, url: `https://github.com/${REPOSITORY}/actions/runs/900` },
    repository: REPOSITORY,
    key: KEY,
    hash: 'cc',
    boundary: 'b0undary',
    access: { allowed: true },
    dismissed: undefined,
    thread: thread(),
    askedOn: undefined,
    trackings: [],
    oldComments: 100,
    requests: [],
    asked: undefined,
    notes: [],
    ground: { kind: 'ready', source: `sources/github/${REPOSITORY}`, branch: 'main' },
    discussion: undefined,
    removed: { hidden: 0, invisible: 0, suspicious: false },
    found: undefined,
    maker: undefined,
    session: undefined,
    earlier: { prompt: '', words: '', title: '', branch: '', plan: undefined },
    settledLooks: 0,
    digest: EMPTY_DIGEST,
    files: [],
    trouble: undefined,
    setUp: undefined,
    changed: undefined,
    silence: undefined,
    behind: undefined,
    searches: 9,
    blind: undefined,
    untaken: 0,
    applied: [],
    unsure: undefined,
    claims: 0,
    creates: 0,
    census: undefined,
    witness: undefined,
    attempted: false,
    lost: false,
    shown: undefined,
    ...over,
  }
}

export function labelIntent(over: Partial<Intent> = {}): Intent {
  return {
    thread: { number: 12, kind: 'issue' },
    because: { kind: 'label', label: 'ask-jules' },
    subject: SUBJECT,
    asker: ada,
    origin: { kind: 'label', id: 'ask-jules/2026-11-20T11:58:00Z' },
    ...over,
  }
}

export function commandIntent(command: Command, over: Partial<Intent> = {}): Intent {
  return labelIntent({
    because: { kind: 'command', comment: 601, command },
    origin: { kind: 'comment', id: '601' },
    ...over,
  })
}

export function promptIntent(over: Partial<Intent> = {}): Intent {
  return labelIntent({
    because: { kind: 'prompt', instruction: 'Update the changelog.' },
    subject: undefined,
    origin: { kind: 'prompt', id: '900' },
    ...over,
  })
}

/** The workflow file names a session, and has something to tell it where it wishes to. */
export function sessionIntent(wish: SessionWish, over: Partial<Intent> = {}): Intent {
  const message = wish === 'tell' ? 'Mend the docs too.' : ''
  return promptIntent({ because: { kind: 'session', session: SESSION, wish, message }, ...over })
}

export function scene(over: { intent?: Intent; observed?: Partial<Observed>; config?: Partial<Config> } = {}): Scene {
  return {
    intent: over.intent ?? labelIntent(),
    observed: observed(over.observed),
    config: config(over.config),
  }
}

/** A scene in which this run follows the session of one tracking comment. */
export function tracked(
  over: { intent?: Intent; observed?: Partial<Observed>; config?: Partial<Config>; tracking?: Tracking } = {},
): TrackedScene {
  const own = over.tracking ?? tracking()
  return { ...scene({ ...over, observed: { trackings: [own], session: session(), ...over.observed } }), tracking: own }
}

export function trouble(over: Partial<Trouble> = {}): Trouble {
  return { failure: 'jules-unavailable', sentence: 'Jules did not answer.', passing: true, unsure: false, ...over }
}

export function refused(effect: Effect, over: Partial<Trouble> = {}): Applied {
  return { effect, ok: false, trouble: trouble(over) }
}

export function story(over: Partial<Story> = {}): Story {
  return { ...briefStory(REPOSITORY, { outcome: 'running', reason: 'handed-over' }), ...over }
}

/** An effect in a few words, so that a list of them can be read at a glance. */
export function inShort(effect: Effect): string {
  switch (effect.do) {
    case 'react':
      return `${effect.with} ${effect.to.kind} ${effect.to.id}`
    case 'label':
      return `${effect.on ? '+' : '-'}${effect.name}`
    case 'claim':
    case 'write':
      return `${effect.do} ${effect.record.phase}`
    case 'fold':
      return `fold ${effect.comment}`
    case 'note':
      return `note ${effect.kind} #${effect.thread}`
    default:
      return effect.do
  }
}
