/** The path: what happened → what is wanted → until done: observe, decide, apply, publish. */
import { giveUp, told } from './core/decision/broken.ts'
import { decide } from './core/decision/decide.ts'
import { rehearse } from './core/decision/rehearse.ts'
import type { Applied } from './core/effect/effect.ts'
import { briefStory, type Story } from './core/effect/story.ts'
import { inWords } from './core/effect/words.ts'
import { apply } from './shell/apply.ts'
import type { Known } from './shell/observe/memory.ts'
import { observer } from './shell/observe.ts'
import { connect, type Parties } from './shell/parties.ts'
import { toTrouble } from './shell/problem.ts'
import { type Desk, openDesk, publish, tell } from './shell/publish.ts'
import { emptySweep, sweepThreads } from './shell/round/sweep.ts'
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

/** The same path once for every thread where something is new. */
async function sweep(parties: Parties, desk: Desk): Promise<Story> {
  const story = emptySweep(parties.run.repository)
  try {
    return await sweepThreads(parties, story, (one, known, did) => relay(one, desk, known, did))
  } catch (error) {
    const { verdict, trouble } = broken(parties.run.repository, error)
    return { ...story, verdict, trouble }
  }
}

function broken(repository: string, error: unknown): Story {
  const trouble = toTrouble(error)
  return briefStory(repository, { outcome: 'failed', reason: trouble.failure }, trouble)
}

/** `did` gets to know what was done, in words. */
async function relay(parties: Parties, desk: Desk, known?: Known, did: string[] = []): Promise<Story> {
  const { config, intent, patience } = parties
  const { look, recall } = observer(parties, known)
  let applied: Applied[] = []
  try {
    while (!parties.cancelled()) {
      const scene = { intent, config, observed: await look(applied) }
      const decision = decide(scene)
      if (config.dryRun) return rehearse(scene, decision)
      applied = await apply(parties, decision.effects, desk.redact)
      tell(desk, decision.story, applied)
      did.push(...applied.filter(({ ok }) => ok).map(({ effect }) => inWords(effect)))
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
