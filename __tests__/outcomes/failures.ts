/** What goes wrong: a story for everything that keeps Jules from working, and for everything that lets it wait. */

import type { Fault } from '../../emulator/faults.ts'
import type { Reach, Reached } from '../support/reached.ts'
import { JULES_KEY, tell } from '../support/story.ts'
import { AT_ONCE, answers, byHand, comment, commented, dispatch, label, labeled, published, refusal } from './acts.ts'
import type { Table } from './table.ts'

const QUOTA = answers('sessions.create', refusal(400, 'FAILED_PRECONDITION'))
const JULES_DOWN = answers('sources.get', refusal(503, 'UNAVAILABLE'))
const PROMPT = { prompt: 'Update the dependencies.' }

export const FAILURES: Table<'queued' | 'failed'> = {
  queued: {
    'quota-full': {
      story: () => withJules(QUOTA),
      says: 'Jules takes no new session now',
      notes: ['To try now, write `/jules status`'],
      labels: ['jules: queued'],
      sessions: 0,
    },
    'daily-quota-full': {
      story: dayUsedUp,
      says: 'The daily limit of the Jules account seems to be reached',
      notes: ['To try now, write `/jules status`'],
      labels: ['jules: queued'],
      sessions: 15,
    },
    'jules-unavailable': {
      story: () => withJules(JULES_DOWN),
      says: 'Jules cannot be reached now',
      notes: ['To try now, write `/jules status`'],
      labels: ['jules: queued'],
      sessions: 0,
    },
  },
  failed: {
    'session-failed': inThread(() => labeled({ scenario: 'failure' }), 'Jules gave this reason', 1),
    'source-not-connected': inThread(unknownRepository, 'Install the Jules app'),
    'branch-not-found': inThread(() => commented('/jules --branch mian fix it'), 'There is no `mian`'),
    'key-missing': atOnce(() => labeled({ inputs: { 'jules-api-key': '' } }), 'Store it as the secret'),
    'key-rejected': inThread(
      () => labeled({ inputs: { 'jules-api-key': 'a-key-of-somebody-else' } }),
      'Jules does not accept the API key',
    ),
    'message-refused': {
      story: answerRefused,
      says: 'Jules did not take the message',
      notes: ['Jules has a question', "Write it on the session's page"],
      labels: ['jules: waiting'],
      sessions: 1,
    },
    'request-rejected': inThread(
      () => withJules(answers('sessions.create', refusal(400, 'INVALID_ARGUMENT'))),
      'The inputs of the workflow may not fit',
    ),
    'quota-full': {
      story: () => withoutThread(QUOTA),
      sessions: 0,
      logs: 'Most often the daily or the concurrent limit',
    },
    gone: { story: async () => dispatch(await byHand(), { session: '123' }), sessions: 0, logs: 'It was deleted' },
    'foreign-session': { story: withoutRepository, sessions: 1, logs: 'Check the session id.' },
    'github-permission-missing': atOnce(
      () => labeled({ workflow: published('issues: write', 'issues: read') }),
      '`issues: write`',
    ),
    'jules-unavailable': { story: () => withoutThread(JULES_DOWN), sessions: 0, logs: 'Jules could not be reached' },
    'github-unavailable': atOnce(githubDown, 'Run the job again.'),
    'needs-attention': inThread(
      () => withJules(answers('sessions.create', { status: 502, text: '' })),
      'It is not known whether Jules got the request',
    ),
    'inputs-invalid': atOnce(() => labeled({ inputs: { 'wait-minutes': 'a while' } }), 'Allowed: a whole number'),
    'not-github-com': atOnce(
      () => labeled({ environment: { GITHUB_SERVER_URL: 'https://github.example.com' } }),
      'github.com only',
    ),
    bug: {
      story: () => labeled({ nodeArguments: failingPlatform('calls === 5') }),
      says: 'The action itself failed',
      labels: ['jules: running'],
      sessions: 1,
    },
  },
}

/** The thread is told, and the requester is called. */
function inThread(story: Reach['story'], says: string, sessions: 0 | 1 = 0): Reach {
  return { story, says, notes: ['@ann'], labels: ['jules: failed'], sessions }
}

/** Nothing could be written in the thread: the log says what to do. */
function atOnce(story: Reach['story'], logs: string): Reach {
  return { story, logs, labels: ['ask-jules'], sessions: 0 }
}

async function withJules(...faults: Fault[]): Promise<Reached> {
  const world = await tell()
  for (const fault of faults) world.jules.server.faults.add(fault)
  return label(world)
}

async function withoutThread(fault: Fault): Promise<Reached> {
  const world = await byHand()
  world.jules.server.faults.add(fault)
  return dispatch(world, PROMPT)
}

/** The account has connected no repository at all. */
function unknownRepository(): Promise<Reached> {
  return withJules(answers('sources.get', refusal(404, 'NOT_FOUND')), answers('sources.list', { body: {} }))
}

async function answerRefused(): Promise<Reached> {
  const { world } = await labeled({ scenario: 'question' })
  world.jules.server.faults.add(answers('sessions.sendMessage', refusal(403, 'PERMISSION_DENIED')))
  return comment(world, '/jules reply In UTC.')
}

/** A session of the same account that works on no repository. */
async function withoutRepository(): Promise<Reached> {
  const world = await byHand()
  const reply = await fetch(`${world.jules.url}/sessions`, {
    method: 'POST',
    headers: { 'x-goog-api-key': JULES_KEY, 'content-type': 'application/json' },
    body: JSON.stringify({ prompt: 'Write a poem.' }),
  })
  await reply.text()
  return dispatch(world, { session: world.jules.sessions()[0]?.id ?? '' })
}

async function githubDown(): Promise<Reached> {
  const world = await tell()
  world.github.server.faults.add(answers('issues.get', { status: 503, text: '<html>Unicorn!</html>' }))
  return label(world)
}

/** Something that every look of the action relies on fails while the condition holds; `calls` counts from 1. */
export function failingPlatform(condition: string): string[] {
  const code = `
    import crypto from 'node:crypto'
    import { syncBuiltinESMExports } from 'node:module'
    const { randomBytes } = crypto
    let calls = 0
    crypto.randomBytes = (size) => {
      calls += 1
      if (${condition}) throw new Error('There is no entropy left.')
      return randomBytes(size)
    }
    syncBuiltinESMExports()`
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`]
}

/** Somebody has made as many sessions today as the smallest plan allows, and none of them is at work any more. */
async function dayUsedUp(): Promise<Reached> {
  const world = await tell(AT_ONCE)
  const headers = { 'x-goog-api-key': JULES_KEY, 'content-type': 'application/json' }
  const body = JSON.stringify({ prompt: '[scenario: nothing-done] Look around.' })
  for (let made = 0; made < 15; made += 1) await fetch(`${world.jules.url}/sessions`, { method: 'POST', headers, body })
  world.clock.move(60 * 60_000)
  world.jules.server.faults.add({ ...QUOTA, times: 1 })
  return label(world)
}
