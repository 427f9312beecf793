/** T-50 … T-60 F-50 Records that others made, that cannot be opened any more, or that another version of the action wrote. */
import { createHmac, hkdfSync } from 'node:crypto'
import type { Person } from '../../emulator/github/index.ts'
import type { Answer } from '../../emulator/server.ts'
import { useStage } from '../support/stage/use-stage.ts'
import {
  JULES_KEY,
  julesCalls,
  labelsOf,
  last,
  type Told,
  tellDirectly,
  tracking,
  verdict,
  writes,
} from '../support/story.ts'

const stage = useStage()

/** What a thread's record says, as it stands there. */
function recordIn(body: string): Record<string, unknown> {
  const [, encoded = ''] = /<!-- jules-relay ([\w-]+)\./.exec(body) ?? []
  return JSON.parse(Buffer.from(encoded, 'base64url').toString())
}

/** The hidden line as the action itself would sign it: nobody else can. */
function sealed(world: Told, record: object, thread = world.issue, key = JULES_KEY): string {
  const encoded = Buffer.from(JSON.stringify(record)).toString('base64url')
  const secret = Buffer.from(hkdfSync('sha256', key, '', 'jules-relay record', 32))
  const text = `${world.github.store.repository.id}/${thread}/record/${encoded}`
  return `<!-- jules-relay ${encoded}.${createHmac('sha256', secret).update(text).digest('base64url')} -->`
}

const bodies = (world: Told) => world.github.comments(world.issue).map(({ body }) => body)
const recordComment = (world: Told) => {
  const found = world.github.comments(world.issue).find(({ body }) => body.includes('<!-- jules-relay '))
  if (found === undefined) throw new Error('There is no tracking comment.')
  return found
}
const us = (world: Told): Person => world.github.person('github-actions[bot]')
const label = (world: Told, number = world.issue) => {
  world.github.label(world.ann, number, 'ask-jules')
  return last(world, 'issues', 'labeled')
}
const sweep = (world: Told) =>
  world.run({ name: 'schedule', payload: { schedule: '17 */2 * * *' } }, { inputs: { mode: 'sweep' } }).done

/** A session at work that nobody follows. */
async function handedOver(scenario = 'one-hour'): Promise<Told> {
  const world = await tellDirectly({ start: stage.start, scenario, inputs: { 'wait-minutes': '0' } })
  expect(verdict(await world.run(label(world)).done)).toBe('running/handed-over')
  return world
}

const FORGERS: { name: string; forge(world: Told, line: string): void }[] = [
  {
    name: 'T-50 of an outsider, older than ours',
    forge: (world, line) => world.github.comment(world.rob, world.issue, `Hello\n\n${line}`),
  },
  {
    name: 'T-51 of another workflow with our name, without a signature',
    forge: (world, line) => world.github.comment(us(world), world.issue, `Hello\n\n${line.replace(/\..*/, ' -->')}`),
  },
  {
    name: 'T-51 of another workflow with our name, with a wrong one',
    forge: (world, line) =>
      world.github.comment(us(world), world.issue, `Hello\n\n${line.replace(/.{4} -->/, 'AAAA -->')}`),
  },
  {
    name: 'T-52 in the middle of a comment of ours',
    forge: (world, line) => world.github.comment(us(world), world.issue, `Hello\n${line}\nand more`),
  },
]
test.each(FORGERS)('a record $name is none: the request is taken as if it were not there', async ({ forge }) => {
  const world = await tellDirectly({ start: stage.start })
  const record = { v: 1, seq: 9, key: 'a'.repeat(20), phase: 'following', session: '4711', request: { kind: 'label' } }
  forge(world, sealed(world, record))
  const result = await world.run(label(world)).done

  expect(verdict(result)).toBe('pull-request/completed')
  expect(world.jules.sessions()).toHaveLength(1)
  expect(bodies(world)[0]).toContain('Hello')
  expect(bodies(world).filter((body) => body.includes('✅ Jules opened'))).toHaveLength(1)
})

test('T-53 our own record, copied to another thread, says nothing there', async () => {
  const world = await handedOver()
  const { body } = recordComment(world)
  const other = world.github.openIssue(world.ann, { title: 'Another', body: 'Mend this too.' }).number
  world.github.comment(us(world), other, body)
  expect(verdict(await world.run(label(world, other)).done)).toBe('running/handed-over')

  expect(world.jules.sessions()).toHaveLength(2)
  expect(julesCalls(world, 'sessions.create')).toHaveLength(2)
})

test('T-53 an old record that is put back over a newer one is not believed by the run that wrote it', async () => {
  const world = await tellDirectly({ start: stage.start })
  const event = label(world)
  let old = ''
  let put = 0
  world.jules.server.onCall(({ route }) => {
    if (route === 'sessions.create') old = recordComment(world).body
    if (route !== 'sessions.get' || put > 0) return
    put += 1
    world.github.editComment(world.ann, recordComment(world).id, old)
  })
  expect(verdict(await world.run(event).done)).toBe('pull-request/completed')

  expect(put).toBe(1)
  expect(world.jules.sessions()).toHaveLength(1)
  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened')])
})

test('T-53 F-12 an old record that is put back while nobody looks leads to its own session, and to no second one', async () => {
  const world = await tellDirectly({ start: stage.start })
  const event = label(world)
  let old = ''
  world.jules.server.onCall(({ route }) => {
    if (route === 'sessions.create') old = recordComment(world).body
  })
  await world.run(event).done
  world.github.editComment(world.ann, recordComment(world).id, old)
  world.clock.move(10 * 60_000)
  const result = await world.run(event, { runId: '9' }).done

  expect(verdict(result)).toBe('pull-request/completed')
  expect(world.jules.sessions()).toHaveLength(1)
  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened')])
})

/** The record as a run with the key before has left it: the owner of the account has made a new one since. */
function changeKey(world: Told): void {
  const { id, body } = recordComment(world)
  const line = sealed(world, recordIn(body), world.issue, 'the-key-that-was-used-before')
  world.github.editComment(us(world), id, body.replace(/<!-- jules-relay .*$/, line))
}

const ROTATED: { name: string; run(world: Told): Promise<{ outputs: Record<string, string> }>; says: RegExp }[] = [
  {
    name: 'a command',
    run: (world) => {
      world.github.comment(world.ann, world.issue, '/jules status')
      return world.run(last(world, 'issue_comment', 'created')).done
    },
    says: /^### ⏳/,
  },
  { name: 'the label once more', run: (world) => world.run(label(world)).done, says: /^### ⏳/ },
  { name: 'a sweep', run: (world) => sweep(world), says: /^### ⏳/ },
]
test.each(ROTATED)(
  'T-58 T-51 after a change of the key $name finds the session again, and makes no second one',
  async ({ run, says }) => {
    const world = await handedOver()
    changeKey(world)
    const old = recordComment(world)
    const result = await run(world)

    expect(result.outputs.outcome).not.toBe('failed')
    expect(julesCalls(world, 'sessions.create')).toHaveLength(1)
    expect(tracking(world)).toHaveLength(2)
    expect(tracking(world)[1]).toMatch(says)
    expect(tracking(world)[1]).toContain(`#issuecomment-${old.id}`)
    expect(recordComment(world).body).toBe(old.body)
    world.clock.move(3 * 60 * 60_000)
    await world.jules.settled()
    await sweep(world)
    await sweep(world)
    expect(tracking(world)).toEqual([expect.anything(), expect.stringContaining('✅ Jules opened')])
    expect(labelsOf(world)).toEqual([])
  },
)

test('T-58 after a change of the key the pull request that is opened is told in the thread', async () => {
  const world = await handedOver('automatic-pull-request')
  changeKey(world)
  world.clock.move(60 * 60_000)
  await world.jules.settled()
  const result = await world.run(last(world, 'pull_request', 'opened')).done

  expect(verdict(result)).toBe('pull-request/completed')
  expect(tracking(world)).toEqual([expect.anything(), expect.stringContaining('✅ Jules opened')])
  expect(labelsOf(world)).toEqual([])
  expect(verdict(await world.run(last(world, 'pull_request', 'opened')).done)).toBe('pull-request/completed')
  expect(tracking(world)).toHaveLength(2)
})

test('T-51 a run that died between its create and its record, and the key is changed: the pull request tells of the session', async () => {
  const world = await tellDirectly({ start: stage.start })
  const run = world.run(label(world), { runId: '7' })
  world.jules.server.faults.add({
    route: 'sessions.create',
    phase: 'after',
    act: { kind: 'run', run: () => run.kill('SIGKILL') },
  })
  await run.done
  changeKey(world)
  world.clock.move(60 * 60_000)
  await world.jules.settled()
  expect(verdict(await world.run(last(world, 'pull_request', 'opened')).done)).toBe('pull-request/completed')

  expect(world.jules.sessions()).toHaveLength(1)
  expect(tracking(world).at(-1)).toContain('✅ Jules opened')
})

test('T-55 after a change of the key to that of another account, which knows no such session, the request starts one', async () => {
  const world = await handedOver()
  changeKey(world)
  const { id = '' } = world.jules.sessions()[0] ?? {}
  await fetch(`${world.jules.url}/sessions/${id}`, { method: 'DELETE', headers: { 'x-goog-api-key': JULES_KEY } })
  expect(verdict(await world.run(label(world)).done)).toBe('running/handed-over')

  expect(world.jules.sessions()).toHaveLength(1)
  expect(julesCalls(world, 'sessions.create')).toHaveLength(2)
})

/** The record of a thread as another version of the action would have left it. */
function rewritten(world: Told, change: (record: Record<string, unknown>) => object): string {
  const { id, body } = recordComment(world)
  const line = sealed(world, change(recordIn(body)))
  world.github.editComment(us(world), id, body.replace(/<!-- jules-relay .*$/, line))
  return recordComment(world).body
}

const NEWER = (record: Record<string, unknown>) => ({ v: 2, thread: { of: record.session }, key: record.key })
const LATER_EVENTS: {
  name: string
  run(world: Told): Promise<{ outputs: Record<string, string> }>
}[] = [
  { name: 'the label', run: (world) => world.run(label(world)).done },
  {
    name: 'a command',
    run: (world) => {
      world.github.comment(world.ann, world.issue, '/jules stop')
      return world.run(last(world, 'issue_comment', 'created')).done
    },
  },
  {
    name: 'the closed thread',
    run: (world) => {
      world.github.closeIssue(world.ann, world.issue)
      return world.run(last(world, 'issues', 'closed')).done
    },
  },
]
test.each(LATER_EVENTS)(
  'T-57 F-50 a thread that a newer version keeps is only read, and the run of $name says so',
  async ({ run }) => {
    const world = await handedOver()
    const body = rewritten(world, NEWER)
    const before = writes(world).length
    const result = await run(world)

    expect(verdict(result)).toBe('failed/needs-attention')
    expect(result.outputs.summary).toContain('newer version')
    expect(writes(world)).toHaveLength(before)
    expect(recordComment(world).body).toBe(body)
    expect(julesCalls(world).filter(({ method }) => method !== 'GET')).toHaveLength(1)
  },
)

test('T-57 F-50 a sweep leaves the thread that a newer version keeps, and goes on with the others', async () => {
  const world = await handedOver('ten-minutes')
  const body = rewritten(world, NEWER)
  const other = world.github.openIssue(world.ann, { title: 'Another', body: 'Mend this too.' }).number
  await world.run(label(world, other)).done
  world.clock.move(60 * 60_000)
  await world.jules.settled()
  expect(verdict(await sweep(world))).toBe('swept/done')

  expect(recordComment(world).body).toBe(body)
  expect(tracking(world, other)).toEqual([expect.stringMatching(/^### (✅|📦|💤)/)])
})

test('T-57 F-50 a newer version takes the thread over from a run that follows: the session is told in the outputs', async () => {
  const world = await tellDirectly({ start: stage.start, scenario: 'ten-minutes' })
  const event = label(world)
  let body = ''
  world.clock.at(world.clock.now() + 5 * 60_000, () => {
    body = rewritten(world, NEWER)
  })
  const result = await world.run(event).done

  expect(verdict(result)).toMatch(/^(pull-request|changes|no-changes)/)
  expect(result.outputs.summary).toContain('newer version')
  expect(recordComment(world).body).toBe(body)
  expect(tracking(world)).toHaveLength(1)
})

const SAME_VERSION = [
  {
    name: 'an earlier release, which knew less',
    change: ({ v, seq, key, phase, session, request }: Record<string, unknown>) => ({
      v,
      seq,
      key,
      phase,
      session,
      request,
    }),
  },
  {
    name: 'a later release, which knows more',
    change: (record: Record<string, unknown>) => ({ ...record, mood: 'cheerful', queue: [1] }),
  },
]
test.each(SAME_VERSION)('F-50 a record of $name is carried on', async ({ change }) => {
  const world = await handedOver('automatic-pull-request')
  rewritten(world, change)
  world.clock.move(60 * 60_000)
  await world.jules.settled()
  await sweep(world)

  expect(tracking(world)).toEqual([expect.stringContaining('✅ Jules opened')])
  expect(world.jules.sessions()).toHaveLength(1)
})

test.each([1, 100, 101, 1200])('T-59 our comment is found behind %i others', async (place) => {
  const world = await tellDirectly({ start: stage.start, scenario: 'one-hour', inputs: { 'wait-minutes': '0' } })
  const event = label(world)
  for (let n = 1; n < place; n += 1) world.github.comment(world.rob, world.issue, `Me too (${n}).`)
  await world.run(event).done
  for (let n = 0; n < 150; n += 1) world.github.comment(world.rob, world.issue, `Me as well (${n}).`)
  world.clock.move(10 * 60_000)
  expect(verdict(await world.run(event, { runId: '9' }).done)).toBe('running/handed-over')

  expect(world.jules.sessions()).toHaveLength(1)
  expect(tracking(world)).toHaveLength(1)
})

test('T-60 three claims of ours for the same request: one is left, and what others wrote stays', async () => {
  const world = await tellDirectly({ start: stage.start, inputs: { 'wait-minutes': '0' } })
  const event = label(world)
  const doubled = (answer: Answer): Answer => {
    const { body } = recordComment(world)
    world.github.comment(world.rob, world.issue, body)
    for (let more = 0; more < 2; more += 1) world.github.comment(us(world), world.issue, body)
    return answer
  }
  world.github.server.faults.add({
    route: 'issues.createComment',
    phase: 'after',
    act: { kind: 'change', change: doubled },
  })
  expect(verdict(await world.run(event).done)).toBe('running/handed-over')

  expect(world.jules.sessions()).toHaveLength(1)
  expect(tracking(world)).toHaveLength(1)
  expect(world.github.comments(world.issue).map(({ author }) => author.login)).toEqual(['github-actions[bot]', 'rob'])
})

test('F-51 a fresh start after the end: two sessions, two comments, and the first stays as it was', async () => {
  const world = await tellDirectly({ start: stage.start })
  await world.run(label(world)).done
  const [first = ''] = bodies(world)
  world.clock.move(60 * 60_000)
  expect(verdict(await world.run(label(world)).done)).toBe('pull-request/completed')

  expect(world.jules.sessions()).toHaveLength(2)
  expect(tracking(world)).toHaveLength(2)
  expect(bodies(world)[0]).toBe(first)
})
