/** The threads that a sweep may have to visit, as three lists tell of them: of labels, of sessions, and of comments. */
import { readIdentity, type ThreadRead } from '../github/read.ts'
import { readLabeled } from '../github/read-all.ts'
import type { Known } from '../observe/memory.ts'
import type { Parties } from '../parties.ts'
import { type Heard, hear } from './comments.ts'
import { recentSessions, type SessionListed } from './sessions.ts'

/** What the lists tell of one thread. */
export type Candidate = {
  number: number
  thread: ThreadRead | undefined
  sessions: SessionListed[]
  heard: Heard
  /** How many there are in all. */
  of: number
}

const QUEUED = 'jules: queued'
const LIVE_LABELS = ['jules: running', 'jules: waiting', QUEUED]

/** Also learns who we are. */
export async function listCandidates(parties: Parties, known: Known): Promise<Candidate[]> {
  const { github, config } = parties
  const labels = config.statusLabels ? LIVE_LABELS : []
  const listed = await Promise.all(labels.map((label) => readLabeled(github, label)))
  const threads = new Map(listed.flat().map((thread) => [thread.number, thread]))
  const atWork = [...threads.values()].filter(({ labels: on }) => !on.includes(QUEUED)).map(({ number }) => number)
  const sessions = Map.groupBy(await recentSessions(parties, atWork), ({ thread }) => thread)
  known.identity = await readIdentity(github)
  const since = (number: number) =>
    threads.has(number) ? 0 : Math.min(...(sessions.get(number) ?? []).map(({ created }) => created))
  const wanted = new Set([...threads.keys(), ...sessions.keys()])
  const pulls = [...sessions].flatMap(([number, of]) => of.map(({ pull }): [number, number] => [pull, number]))
  const home = new Map(pulls.filter(([pull]) => !wanted.has(pull)))
  const heard = await hear(parties, known.identity, new Map([...wanted].map((number) => [number, since(number)])), home)
  return [...heard].map(([number, told]) => ({
    number,
    thread: threads.get(number),
    sessions: sessions.get(number) ?? [],
    heard: told,
    of: heard.size,
  }))
}
