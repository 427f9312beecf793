/** Intent → Observed: reads only. What has been read and cannot change is not read again. */
import { chosen, namedSession } from '../core/decision/choose.ts'
import type { SetUp } from '../core/decision/doctor/set-up.ts'
import type { Observed, Request, Tracking } from '../core/decision/observed.ts'
import type { Applied } from '../core/effect/effect.ts'
import { readPull } from './github/read-pull.ts'
import { accessOfIntent } from './observe/access.ts'
import { lookAtHome } from './observe/home.ts'
import { findMaker, type Maker } from './observe/maker.ts'
import { emptyMemory, type Known, type Memory } from './observe/memory.ts'
import { type Own, readOwn } from './observe/own.ts'
import { remember } from './observe/remember.ts'
import { openRequests } from './observe/requests.ts'
import { seen, trackingsOf, worked } from './observe/seen.ts'
import { lookAtSession, provenSuspect } from './observe/session.ts'
import { lookAtSetUp } from './observe/set-up.ts'
import { askedFor, lookForStart, wordsOf } from './observe/start.ts'
import type { Parties } from './parties.ts'
import { toTrouble } from './problem.ts'
import { ServiceError } from './service-error.ts'

export type Observer = {
  /** Looks at the world. It is told what the last effects came to. */
  look(applied: Applied[]): Promise<Observed>
  /** What is known without looking. */
  recall(applied: Applied[]): Observed
}

/** Looks at the world, and remembers between its looks. `known`: what need not be read. */
export function observer(parties: Parties, known?: Known): Observer {
  const memory = emptyMemory(known)
  let home: Home | undefined
  let own: Own | undefined
  let setUp: SetUp | undefined
  return {
    look: async (applied) => {
      remember(memory, applied, parties.elapsed())
      own ??= await readOwn(parties, memory)
      if ('dismissed' in own) return { ...seen(parties, memory, applied), ...own }
      memory.own = own.request
      const access = await accessOfIntent(parties, memory)
      if (!access.allowed) return { ...seen(parties, memory, applied), access }
      if (parties.intent.because.kind === 'doctor') {
        setUp ??= await lookAtSetUp(parties)
        return { ...seen(parties, memory, applied), setUp }
      }
      // A pull request may be listed only later, so an unknown maker is looked for again.
      if (home === undefined || isUnknown(parties, home)) home = await homeOf(parties, memory.askedOn)
      const blind = await lookAtHome(parties, memory, home)
      const maker = home.maker ?? (await provenSuspect(parties, memory, home.thread))
      const work = await lookAtWork(parties, memory, applied, maker)
      return { ...work, askedOn: home.askedOn, maker, blind }
    },
    recall: (applied) => {
      remember(memory, applied, parties.elapsed())
      const base = { ...seen(parties, memory, applied), trackings: trackingsOf(memory) }
      const current = chosen(parties.intent, base)?.record.session === memory.session?.id
      return { ...base, session: current ? memory.session : undefined }
    },
  }
}

/** The thread that the tracking comment stands in, which is not always the one that was asked on. */
type Home = { thread: number | undefined; askedOn: number | undefined; maker: string | undefined }

/** `askedOn`: a sweep knows it from its lists. */
async function homeOf(parties: Parties, askedOn: number | undefined): Promise<Home> {
  const asked = parties.intent.thread?.number
  if (askedOn !== undefined) return { thread: asked, askedOn, maker: undefined }
  const maker = await makerOf(parties)
  if (maker === undefined && parties.intent.because.kind === 'news')
    return { thread: undefined, askedOn: undefined, maker: undefined }
  const elsewhere = maker?.thread !== undefined && maker.thread !== asked
  return { thread: maker?.thread ?? asked, askedOn: elsewhere ? asked : undefined, maker: maker?.session }
}

function isUnknown({ intent }: Parties, { maker }: Home): boolean {
  return intent.because.kind === 'news' && maker === undefined
}

/** Commands on a pull request, and news of it, can be meant for the session that made it. */
async function makerOf(parties: Parties): Promise<Maker | undefined> {
  const { thread, because } = parties.intent
  if (thread?.kind !== 'pull-request' || !['command', 'news'].includes(because.kind)) return undefined
  const pull = await readPull(parties.github, thread.number)
  return pull.ofThisRepository ? findMaker(parties, pull) : undefined
}

/** Is there an act to be seen, or a sweep that has somebody to answer? */
function isEager({ intent: { because } }: Parties, requests: readonly Request[], tracking?: Tracking): boolean {
  return tracking?.record.doing !== undefined || (because.kind === 'sweep' && requests.length > 0)
}

async function lookAtWork(parties: Parties, memory: Memory, applied: Applied[], maker?: string): Promise<Observed> {
  const trackings = trackingsOf(memory)
  const requests = memory.silence ? [] : await openRequests(parties, memory, trackings)
  const base = { ...seen(parties, memory, applied), trackings, requests }
  const tracking = chosen(parties.intent, { ...base, maker })
  const named = parties.intent.because.kind === 'news' ? maker : namedSession(parties.intent)
  const session = tracking?.record.session ?? named
  const asked = askedFor(memory, requests, tracking)
  memory.earlierWords ||= wordsOf(parties, memory, tracking)
  try {
    const work = session
      ? { session: await lookAtSession(parties, memory, session, isEager(parties, requests, tracking)) }
      : await lookForStart(parties, memory, applied, tracking, asked ?? requests.at(0))
    return { ...base, ...worked(memory), ...work, asked }
  } catch (error) {
    if (!(error instanceof ServiceError) || error.facts.party !== 'jules') throw error
    return { ...base, ...worked(memory), session: memory.session, asked, trouble: toTrouble(error) }
  }
}
