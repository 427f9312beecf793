/** What must hold once nothing goes wrong any more and the next run has finished. */

import type { Comment } from '../../../emulator/github/index.ts'
import type { SessionState } from '../../../emulator/jules/jules.ts'
import { lastLine } from '../../../src/core/decision/activities/digest.ts'
import { readCorrelation } from '../../../src/core/decision/prompt/prompt.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import { decodeRecord } from '../../../src/core/record-text.ts'
import { makeSeal } from '../../../src/shell/github/seal.ts'
import type { Stageful } from './play.ts'
import { fallen } from './sequence.ts'

export const KEY = 'canary-key-of-the-tests-0123456789'
const WORDS = /please do number \d+\./

type Tracked = { number: number; body: string; record: RelayRecord }

/** Every break, in words. */
export function judge(set: Stageful): string[] {
  const tracked = set.threads.flatMap((number) => trackedOn(set, number))
  const sessions = set.world.jules.sessions()
  return [
    ...oneSession(set, sessions),
    ...oneComment(tracked, sessions),
    ...tracked.flatMap((one) => truth(one, sessions)),
    ...sessions.flatMap(saidOnce),
    ...nobodyElse(set),
    ...nothingLost(set, sessions),
    ...runs(set),
    ...fallen(set),
  ]
}

function trackedOn({ world }: Stageful, number: number): Tracked[] {
  const seal = makeSeal(KEY, String(world.github.store.repository.id), number)
  return world.github.comments(number).flatMap(({ body }: Comment) => {
    const record = decodeRecord(seal.open(body) ?? '')
    return record === undefined ? [] : [{ number, body, record }]
  })
}

const LIVE = (state: string) => !['COMPLETED', 'FAILED', 'PAUSED'].includes(state)

function oneSession({ world, threads }: Stageful, sessions: SessionState[]): string[] {
  const names = sessions.map(({ prompt }) => lastLine(prompt))
  const doubled = names.filter((name, at) => names.indexOf(name) !== at)
  const live = threads.filter((thread) => {
    const own = sessions.filter(
      ({ prompt }) => readCorrelation(lastLine(prompt), world.github.repository)?.thread === thread,
    )
    return own.filter(({ state, archived }) => LIVE(state) && !archived).length > 1
  })
  return [
    ...doubled.map((name) => `two sessions of one request: ${name}`),
    ...live.map((thread) => `two live sessions on #${thread}`),
  ]
}

function oneComment(tracked: Tracked[], sessions: SessionState[]): string[] {
  const keys = tracked.map(({ number, record }) => `#${number} ${record.key}`)
  const doubled = keys.filter((key, at) => keys.indexOf(key) !== at)
  const untold = sessions.filter(({ id }) => tracked.filter(({ record }) => record.session === id).length !== 1)
  return [
    ...doubled.map((key) => `two comments of one request: ${key}`),
    ...untold.map(({ id, state }) => `not one comment of session ${id} (${state})`),
  ]
}

/** What the thread says of the session is so. */
function truth({ number, body, record }: Tracked, sessions: SessionState[]): string[] {
  const headline = body.split('\n').find((line) => line.trim() !== '') ?? ''
  const lie = (is: string) => [`#${number} says "${headline}" (${record.phase}), and in truth ${is}`]
  if (record.session === '') {
    if (['claimed', 'creating'].includes(record.phase)) return lie('nobody is at it')
    return []
  }
  const session = sessions.find(({ id }) => id === record.session)
  if (session === undefined) return lie('there is no such session')
  if (record.doing !== undefined) return lie(`nobody is doing ${record.doing.what}`)
  if (['stopped', 'closed'].includes(record.phase)) return []
  const pull = session.outputs.find((output) => output.pullRequest !== undefined)?.pullRequest?.url
  if (pull !== undefined && session.state === 'COMPLETED') return body.includes(pull) ? [] : lie(`there is ${pull}`)
  const marks: Record<string, RegExp> = {
    COMPLETED: /💤|📦|📋|💬|❌ It is not known|❌ Jules did not|⏳ Jules is done/u,
    FAILED: /❌/u,
    AWAITING_PLAN_APPROVAL: /📋|❌ It is not known|❌ Jules/u,
    AWAITING_USER_FEEDBACK: /💬|❌ It is not known|❌ Jules/u,
    PAUSED: /⏸️/u,
  }
  return (marks[session.state] ?? /⏳|🐢|❌ It is not known|❌ Jules/u).test(headline)
    ? []
    : lie(`it is ${session.state}`)
}

/** No words and no approval twice. */
function saidOnce({ id, activities }: SessionState): string[] {
  const said = activities.flatMap(({ userMessaged }) => (userMessaged ? [userMessaged.userMessage] : []))
  const approved = activities.flatMap(({ planApproved }) => (planApproved ? [planApproved.planId] : []))
  const twice = [...said, ...approved].filter((one, at, all) => all.indexOf(one) !== at)
  return twice.map((one) => `said twice to ${id}: ${one}`)
}

/** The words of outsiders go nowhere, and a thread where nobody asks stays as it is. */
function nobodyElse({ world, threads, rob }: Stageful): string[] {
  const outside = threads
    .flatMap((number) => world.github.comments(number))
    .filter(({ author }) => author.id === rob.id)
  const given = toldToJules(world.jules.sessions())
  const heard = outside.flatMap(({ body }) => WORDS.exec(body)?.[0] ?? []).filter((words) => given.includes(words))
  const quiet = threads.at(-1) ?? 0
  const touched = world.github.comments(quiet).length > 0
  return [...heard.map((words) => `an outsider was heard: ${words}`), ...(touched ? [`#${quiet} was written to`] : [])]
}

/** What Jules was told to do, each by its own words; what is only quoted does not count. */
function toldToJules(sessions: SessionState[]): string[] {
  const prompts = sessions.map(({ prompt }) => prompt)
  const messages = sessions.flatMap(({ activities }) =>
    activities.flatMap(({ userMessaged }) => userMessaged?.userMessage ?? []),
  )
  return [...prompts, ...messages].flatMap((text) => {
    const found = WORDS.exec(text)
    return found?.index === 0 ? found[0] : []
  })
}

/** Whoever asked and may ask has a session, or is told why not. */
function nothingLost({ world, threads, ann }: Stageful, sessions: SessionState[]): string[] {
  const told = toldToJules(sessions)
  return threads.flatMap((number) => {
    const comments = world.github.comments(number)
    const words = comments
      .filter(({ author }) => author.id === ann.id)
      .flatMap(({ body }) => WORDS.exec(body)?.[0] ?? [])
    const excuse = comments.some(({ body, author }) => author.type === 'Bot' && /🕒|🛑|❌|not known/u.test(body))
    const lost = excuse ? [] : words.filter((one) => !told.includes(one))
    // Whoever asks for it once more gets it once more.
    const retries = comments.filter(({ author, body }) => author.id === ann.id && body.includes('/jules retry')).length
    const twice = words.filter((one) => told.filter((other) => other === one).length > 1 + retries)
    return [...lost.map((one) => `lost on #${number}: ${one}`), ...twice.map((one) => `told twice: ${one}`)]
  })
}

/** The last word of a run that nothing disturbed is no failure of ours, and every run has one. */
function runs({ jobs }: Stageful): string[] {
  return jobs.flatMap(({ id, result, killed }) => {
    const { outcome = '', reason = '' } = result?.outputs ?? {}
    if (killed) return []
    return outcome === '' || reason === 'bug'
      ? [`run ${id} says "${outcome}/${reason}" (${result?.code}) ${result?.stderr.slice(0, 500)}`]
      : []
  })
}
