import { decide } from '../../../src/core/decision/decide.ts'
import type { Observed } from '../../../src/core/decision/observed.ts'
import type { Applied } from '../../../src/core/effect/effect.ts'
import type { Flags } from '../../../src/core/intent/command.ts'
import {
  inShort,
  KEY,
  OTHER_KEY,
  promptIntent,
  REPOSITORY,
  refused,
  request,
  SESSION,
  say,
  scene,
  thread,
  trouble,
} from '../builders.ts'
import { afterClaim, byCommand, claimed, createEffect, ending, newSession, short } from './starting.ts'

describe('with the claim standing', () => {
  test('labels first, then the record, then the session: one unsafe effect, the last', () => {
    const { effects, next } = decide(afterClaim())
    expect(effects.map(inShort)).toEqual(['+jules: running', '-ask-jules', 'write creating', 'create'])
    expect(effects[2]).toMatchObject({
      comment: 500,
      record: { seq: 2, doing: { what: 'create' }, run: { id: '900', attempt: 1 } },
    })
    expect(next).toBe('again')
  })

  test('without live labels, and without a trigger label to take off', () => {
    expect(short(afterClaim({ thread: thread() }, { statusLabels: false }))).toEqual(['write creating', 'create'])
  })

  test('without a thread', () => {
    const intent = promptIntent({ thread: undefined, asker: undefined })
    const own = { ...claimed(), comment: undefined, url: '' }
    const { effects } = decide(scene({ intent, observed: { thread: undefined, trackings: [own] } }))
    expect(effects.map(inShort)).toEqual(['write creating', 'create'])
    expect(effects[1]).toMatchObject({ session: { title: REPOSITORY } })
  })

  test('what a label asks for', () => {
    expect(newSession(afterClaim())).toEqual({
      prompt: expect.stringMatching(
        /^Do what issue #12 of acme\/widgets asks for\.[\s\S]+\njules-relay: acme\/widgets#12 0123456789abcdef0123$/,
      ),
      title: 'Date test fails on Sundays (#12)',
      source: 'sources/github/acme/widgets',
      branch: 'main',
      requirePlanApproval: false,
      autoCreatePullRequest: true,
      environmentVariables: false,
    })
  })

  test('the inputs decide the rest', () => {
    const config = { title: 'Ours', environmentVariables: true, instructions: 'Use tabs.' }
    const made = newSession(afterClaim({ trackings: [claimed({ planGate: true, noPullRequest: true })] }, config))
    expect(made).toMatchObject({
      title: 'Ours',
      environmentVariables: true,
      requirePlanApproval: true,
      autoCreatePullRequest: false,
    })
    expect(made.prompt).toContain('\n\nUse tabs.\n\n')
  })

  const asked = (text: string, flags: Flags = {}) =>
    newSession(
      byCommand(say(text), {
        requests: [],
        asked: request({ verb: 'say', text, flags, cut: false }),
        trackings: [claimed({ key: OTHER_KEY })],
      }),
    )

  test('T-20 a command asks with its own words, and the thread as the payload had it', () => {
    const { prompt } = asked('Mend the test.')
    expect(prompt).toMatch(/^Mend the test\.\n/)
    expect(prompt).toContain('It fails. Please mend it.')
  })

  test('a command may set the title', () => {
    expect(asked('x', { title: 'Mine' }).title).toBe('Mine')
  })

  test('flags alone ask for the thread itself', () => {
    expect(asked('', { noPullRequest: true }).prompt).toMatch(/^Do what issue #12 of /)
  })

  const retried = (earlier: Partial<Observed['earlier']>, title = '') =>
    newSession(
      byCommand(
        { verb: 'retry' },
        {
          requests: [],
          asked: request({ verb: 'retry' }),
          trackings: [claimed({ key: OTHER_KEY, replaces: earlier.prompt || earlier.title ? SESSION : '' })],
          earlier: { prompt: '', words: '', title: '', branch: '', plan: undefined, ...earlier },
        },
        { title },
      ),
    )

  test.each([
    {
      name: 'keeps the title of the session before',
      earlier: 'Mend the months',
      title: 'Ours',
      found: 'Mend the months',
    },
    { name: 'of what never had a session takes the title of the inputs', earlier: '', title: 'Ours', found: 'Ours' },
    { name: 'of either takes that of the thread', earlier: '', title: '', found: 'Date test fails on Sundays (#12)' },
  ])('a retry $name', ({ earlier, title, found }) => {
    expect(retried({ title: earlier }, title).title).toBe(found)
  })

  test('a retry asks with the prompt of the session before, and our line alone is new', () => {
    const { prompt } = retried({ prompt: `Mend the month test.\n\njules-relay: ${REPOSITORY}#12 ${KEY}`, words: 'x' })
    expect(prompt).toBe(`Mend the month test.\n\njules-relay: ${REPOSITORY}#12 ${OTHER_KEY}`)
  })

  test('a retry of what never had a session asks with the words of its command', () => {
    const { prompt } = retried({ prompt: '', words: 'Mend the year test.' })
    expect(prompt).toMatch(/^Mend the year test\.\n/)
    expect(prompt).toContain('It fails. Please mend it.')
  })

  test('a prompt of the workflow file asks with its own words', () => {
    const made = newSession(scene({ intent: promptIntent(), observed: { trackings: [claimed()] } }))
    expect(made.prompt).toMatch(/^Update the changelog\.\n/)
    expect(made.prompt).not.toContain('begin')
  })
})

describe('where a session cannot start', () => {
  test('F-56 the repository is not connected', () => {
    expect(ending(afterClaim({ ground: { kind: 'source-not-connected' } }))).toMatchObject({
      next: 'done',
      outcome: 'failed',
      reason: 'source-not-connected',
    })
  })

  test.each([
    { name: 'with others near to it', near: ['dev', 'develop'] },
    { name: 'with none near to it', near: [] },
  ])('the branch does not exist, $name', ({ near }) => {
    const { story, effects } = decide(afterClaim({ ground: { kind: 'branch-not-found', branch: 'dve', near } }))
    expect(story).toMatchObject({
      verdict: { outcome: 'failed', reason: 'branch-not-found' },
      branch: 'dve',
      near,
      trouble: undefined,
    })
    expect(effects.map(inShort)).toContain('write failed')
  })

  const rejected = trouble({ failure: 'key-rejected', passing: false })
  const ends: { name: string; observed: Partial<Observed>; phase: string }[] = [
    { name: 'not connected', observed: { ground: { kind: 'source-not-connected' } }, phase: 'failed' },
    {
      name: 'no such branch',
      observed: { ground: { kind: 'branch-not-found', branch: 'dve', near: [] } },
      phase: 'failed',
    },
    { name: 'Jules is away', observed: { trouble: trouble() }, phase: 'queued' },
    { name: 'the key is refused', observed: { trouble: rejected }, phase: 'failed' },
    {
      name: 'the limit is reached',
      observed: { applied: [refused(createEffect, { failure: 'quota-full' })] },
      phase: 'queued',
    },
    {
      name: 'nobody knows',
      observed: { elapsed: 90_000, unsure: { effect: 'create', since: 0 } },
      phase: 'failed',
    },
  ]
  test.each(ends)('T-25 the claim stands, so the trigger label comes off first: $name', ({ observed, phase }) => {
    expect(short(afterClaim(observed))).toEqual(['-ask-jules', `+jules: ${phase}`, `write ${phase}`, 'note needed #12'])
    expect(short(afterClaim({ ...observed, thread: thread() }))).not.toContain('-ask-jules')
  })

  test('the ground was not looked at so far: look again', () => {
    expect(ending(afterClaim({ ground: undefined }))).toMatchObject({ effects: [], next: { lookAfterMs: 5000 } })
  })

  test('F-16 Jules cannot be reached now: the thread waits', () => {
    expect(ending(afterClaim({ trouble: trouble() }))).toMatchObject({
      next: 'done',
      outcome: 'queued',
      reason: 'jules-unavailable',
    })
  })

  test('F-16 Jules cannot be reached now, and no thread can wait', () => {
    const intent = promptIntent({ thread: undefined, asker: undefined })
    const own = { ...claimed(), comment: undefined, url: '' }
    const { story } = decide(scene({ intent, observed: { thread: undefined, trackings: [own], trouble: trouble() } }))
    expect(story).toMatchObject({ verdict: { outcome: 'failed', reason: 'jules-unavailable' }, trouble: trouble() })
  })

  test('F-17 the key is refused', () => {
    const refusal = trouble({ failure: 'key-rejected', passing: false })
    expect(decide(afterClaim({ trouble: refusal })).story).toMatchObject({
      verdict: { outcome: 'failed', reason: 'key-rejected' },
      trouble: refusal,
    })
  })
})

describe('what came of the create', () => {
  test('a session: its id is written down', () => {
    const applied: Applied[] = [{ effect: createEffect, ok: true, session: SESSION }]
    const { effects, next } = decide(
      afterClaim({ applied, trackings: [claimed({ phase: 'creating', doing: { what: 'create' } })] }),
    )
    expect(effects.map(inShort)).toEqual(['+jules: running', 'write following'])
    expect(effects.find((effect) => effect.do === 'write')).toMatchObject({
      record: { session: SESSION, doing: undefined, phase: 'following' },
    })
    expect(next).toBe('again')
  })

  test('asked for by a command: its comment gets the rocket once the session is there', () => {
    const applied: Applied[] = [{ effect: createEffect, ok: true, session: SESSION }]
    const made = claimed({
      phase: 'creating',
      doing: { what: 'create' },
      request: { kind: 'comment', id: '601', hash: 'bb' },
    })
    expect(short(afterClaim({ applied, trackings: [made] }))).toEqual([
      '+jules: running',
      'write following',
      'rocket comment 601',
    ])
  })

  test.each<{ name: string; observed: Partial<Observed>; reason: string }>([
    {
      name: 'the limit',
      observed: { applied: [refused(createEffect, { failure: 'quota-full' })] },
      reason: 'quota-full',
    },
    { name: 'Jules being away', observed: { trouble: trouble() }, reason: 'jules-unavailable' },
  ])('without status labels nothing would find a thread that waits: failed for $name', ({ observed, reason }) => {
    expect(ending(afterClaim(observed, { statusLabels: false }))).toMatchObject({
      next: 'done',
      outcome: 'failed',
      reason,
    })
  })

  test.each([
    { name: 'the key', failure: 'key-rejected', outcome: 'failed' },
    { name: 'the request', failure: 'request-rejected', outcome: 'failed' },
    { name: 'the limit, where a thread can wait', failure: 'quota-full', outcome: 'queued' },
  ] as const)('F-05 refused for $name', ({ failure, outcome }) => {
    const applied = [refused(createEffect, { failure, passing: false })]
    expect(ending(afterClaim({ applied }))).toMatchObject({ next: 'done', outcome, reason: failure })
  })

  test('F-15 refused for the limit, where no thread can wait', () => {
    const intent = promptIntent({ thread: undefined, asker: undefined })
    const applied = [refused(createEffect, { failure: 'quota-full' })]
    const own = { ...claimed(), comment: undefined, url: '' }
    expect(ending(scene({ intent, observed: { thread: undefined, trackings: [own], applied } }))).toMatchObject({
      outcome: 'failed',
      reason: 'quota-full',
    })
  })

  const lost = (age: number, more: Partial<Observed> = {}) =>
    afterClaim({
      trackings: [claimed({ phase: 'creating', doing: { what: 'create' } })],
      applied: [refused(createEffect, { unsure: true })],
      elapsed: 90_000,
      unsure: { effect: 'create', since: 90_000 - age },
      ...more,
    })

  test('F-04 the answer was lost: look for the session, and do not create', () => {
    expect(ending(lost(59_999))).toMatchObject({ effects: [], next: { lookAfterMs: 5000 } })
  })

  test('F-04 the answer was lost, and the session is there: adopt it', () => {
    expect(decide(lost(10_000, { found: SESSION })).effects.find((effect) => effect.do === 'write')).toMatchObject({
      record: { session: SESSION, doing: undefined },
    })
  })

  test('F-04 an answer that names no session is none to create a second one for, now or at the next look', () => {
    const trackings = [claimed({ phase: 'creating', doing: { what: 'create' } })]
    const decision = decide(afterClaim({ trackings, applied: [{ effect: createEffect, ok: true }] }))
    expect(decision).toMatchObject({ next: 'again', story: { verdict: { outcome: 'running' } } })
    const write = decision.effects.find((effect) => effect.do === 'write')
    if (write === undefined) throw new Error('Nothing is written.')
    for (const effects of [
      decision.effects,
      decide(afterClaim({ trackings: [{ ...claimed(), record: write.record }] })).effects,
    ])
      expect(effects.map(inShort)).not.toContain('create')
  })

  test('F-04 the answer was lost, and after 60 s nobody knows: needs attention, no second create', () => {
    const found = ending(lost(60_000))
    expect(found).toMatchObject({ next: 'done', outcome: 'failed', reason: 'needs-attention' })
    expect(found.effects).not.toContain('create')
  })
})
