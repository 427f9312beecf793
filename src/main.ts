/** The path: what happened → what is wanted → until done: observe, decide, apply, publish. */
import { giveUp, told } from './core/decision/broken.ts'
import { decide } from './core/decision/decide.ts'
import { rehearse } from './core/decision/rehearse.ts'
import type { Applied } from './core/effect/effect.ts'
import { briefStory, type Story } from './core/effect/story.ts'
import { apply } from './shell/apply.ts'
import { liveThreads } from './shell/live-threads.ts'
import { observer } from './shell/observe.ts'
import { connect, type Parties } from './shell/parties.ts'
import { toTrouble } from './shell/problem.ts'
import { type Desk, openDesk, publish, tell } from './shell/publish.ts'
import { readInputs } from './shell/runner/inputs.ts'
import { understand } from './shell/runner/understand.ts'

/** Runs the action once. Returns the exit code. */
export async function main(cancel: AbortSignal): Promise<number> {
  const inputs = readInputs()
  const desk = openDesk(inputs)
  const asked = await understand(inputs)
  if ('verdict' in asked) return publish(desk, asked)
  const { config, intent, run } = asked
  const parties = connect(config, intent, run, cancel)
  const work = intent.because.kind === 'sweep' ? sweep(parties, desk) : relay(parties, desk)
  // Where even the last words fail there is still a truth to tell.
  const story = await work.catch((error: unknown) => broken(run.repository, error))
  const code = await publish(desk, story)
  return story.verdict.reason === 'cancelled' ? 130 : code
}

/** The same path once for every thread that is under way. */
async function sweep(parties: Parties, desk: Desk): Promise<Story> {
  const { intent, run } = parties
  const swept: Story['swept'] = []
  try {
    for (const number of await liveThreads(parties)) {
      if (parties.cancelled()) break
      const one = { ...parties, intent: { ...intent, thread: { number, kind: 'issue' } as const } }
      const story = await relay(one, desk)
      swept.push({ thread: number, verdict: story.verdict })
      if (isForAll(story)) return { ...briefStory(run.repository, story.verdict, story.trouble), swept }
      // Threads that wait come last, the longest first: where Jules has no room for one, it has none for the next.
      if (story.verdict.outcome === 'queued') break
    }
  } catch (error) {
    return { ...broken(run.repository, error), swept }
  }
  const verdict = parties.cancelled() ? CANCELLED : SWEPT
  return { ...briefStory(run.repository, verdict), swept }
}

function broken(repository: string, error: unknown): Story {
  const trouble = toTrouble(error)
  return briefStory(repository, { outcome: 'failed', reason: trouble.failure }, trouble)
}

/** What GitHub refuses for one thread because of the token, it refuses for every other one. */
function isForAll({ trouble }: Story): boolean {
  return trouble?.refusal === 'token' || trouble?.refusal === 'rate-limit'
}

const SWEPT = { outcome: 'swept', reason: 'done' } as const
const CANCELLED = { outcome: 'running', reason: 'cancelled' } as const

async function relay(parties: Parties, desk: Desk): Promise<Story> {
  const { config, intent, patience } = parties
  const { look, recall } = observer(parties)
  let applied: Applied[] = []
  try {
    while (!parties.cancelled()) {
      const scene = { intent, config, observed: await look(applied) }
      const decision = decide(scene)
      if (config.dryRun) return rehearse(scene, decision)
      applied = await apply(parties, decision.effects, desk.redact)
      tell(desk, decision.story, applied)
      if (decision.next === 'done' && !parties.cancelled()) return told(decision.story, applied)
      if (typeof decision.next === 'object') await patience.pause(decision.next.lookAfterMs)
    }
  } catch (error) {
    if (!parties.cancelled())
      return lastWords(giveUp({ intent, config, observed: recall(applied) }, toTrouble(error, intent.thread?.kind)))
  }
  return lastWords(decide({ intent, config, observed: recall(applied) }))

  /** Saves what can be saved, quickly: whoever has cancelled us will not wait. */
  async function lastWords({ effects, story }: { effects: Parameters<typeof apply>[1]; story: Story }): Promise<Story> {
    const left = connect(config, intent, parties.run, AbortSignal.timeout(LAST_WORDS_MS))
    await apply(left, config.dryRun ? [] : effects, desk.redact)
    return story
  }
}

const LAST_WORDS_MS = 4000
