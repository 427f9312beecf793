/**
 * Whole sessions as people write them with the official client, with its own defaults for waiting. Runs in a process of
 * its own on the emulated clock, for the client looks every 5 seconds and compares the service's times with its own.
 */
import { setTimeout } from 'node:timers/promises'
import { connect, type Outcome } from '@google/jules-sdk'
import { inMemory } from './sdk-store.ts'

const source = { github: 'acme/widgets', baseBranch: 'main' }
// A second of a busy machine is minutes here.
const config = { requestTimeoutMs: 3_600_000 }
const clientOf = (baseUrl: string | undefined) =>
  connect({ baseUrl: String(baseUrl), apiKey: 'key', storageFactory: inMemory(), config })
const [usual, slowToKnow] = process.argv.slice(2)
const jules = clientOf(usual)

/** An outcome as it can travel. */
function told({ state, pullRequest, outputs, ...outcome }: Outcome) {
  const files = outcome.generatedFiles().all()
  return {
    state,
    pullRequest,
    outputs: outputs.map(({ type }) => type),
    files: files.map(({ path, changeType, additions, deletions }) => ({ path, changeType, additions, deletions })),
    content: files[0]?.content,
    summary: outcome.changeSet()?.parsed().summary,
  }
}

const STORIES: Record<string, () => Promise<unknown>> = {
  async interactive() {
    const session = await jules.session({ prompt: 'Fix the flaky date test.', source })
    await session.waitFor('awaitingPlanApproval')
    const gated = await session.info()
    await session.approve()
    const reply = await session.ask('Start with the first step, and tell me when it is done.')
    return { gated: gated.state, reply: reply.message, outcome: told(await session.result()) }
  },

  async automated() {
    const run = await jules.run({ prompt: 'Fix the flaky date test.', title: 'Dates', source, autoPr: true })
    const types: string[] = []
    for await (const { type } of run.stream()) {
      types.push(type)
      if (type === 'sessionCompleted') break
    }
    return { types, outcome: told(await run.result()) }
  },

  async repositoryLess() {
    const session = await jules.session({ prompt: 'Write a due label.', requireApproval: false })
    const outcome = told(await session.result())
    const { sourceContext } = await session.info()
    return { sourceContext, outcome }
  },

  async patchOnly() {
    const session = await jules.session({ prompt: 'Fix it.', source, autoPr: false, requireApproval: false })
    return told(await session.result())
  },

  async question() {
    const run = await jules.run({ prompt: 'Fix it. [scenario: question]', source })
    const session = jules.session(run.id)
    await session.waitFor('awaitingUserFeedback')
    const { activities } = await session.activities.list()
    await session.send('By the calendar.')
    const asked = activities.at(-1)
    return { asked: asked?.type === 'agentMessaged' && asked.message, outcome: told(await run.result()) }
  },

  async reopened() {
    const run = await jules.run({ prompt: 'Fix it.', source })
    const first = told(await run.result())
    // `ask` goes by the clock of its machine, and this one is a little slow: a process takes its time to start.
    await setTimeout(30_000)
    const reply = await jules.session(run.id).ask('Test a change of month as well.')
    return { first, reply: reply.message, second: told(await run.result()) }
  },

  async failing() {
    const run = await jules.run({ prompt: 'Fix it. [scenario: failure]', source })
    for await (const activity of jules.session(run.id).stream({ exclude: { originator: 'agent' } })) {
      if (activity.type !== 'sessionFailed') continue
      const error: unknown = await run.result().catch((thrown: unknown) => thrown)
      return { reason: activity.reason, error: error instanceof Error && error.name }
    }
  },

  async grace() {
    const run = await clientOf(slowToKnow).run({ prompt: 'Fix it.', source })
    for await (const activity of run.stream()) return { first: activity.type }
  },
}

const results = await Promise.all(
  Object.entries(STORIES).map(async ([name, tell]) => [
    name,
    await tell().catch((error: unknown) => ({ error: String(error) })),
  ]),
)
process.stdout.write(JSON.stringify(Object.fromEntries(results)))
