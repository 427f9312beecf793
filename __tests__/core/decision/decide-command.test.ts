import { decide } from '../../../src/core/decision/decide.ts'
import type { Scene } from '../../../src/core/decision/decision.ts'
import { messageKey } from '../../../src/core/decision/message.ts'
import type { Observed } from '../../../src/core/decision/observed.ts'
import type { Command } from '../../../src/core/intent/command.ts'
import type { RelayRecord } from '../../../src/core/record.ts'
import type { State } from '../../../src/core/session.ts'
import {
  commandIntent,
  inShort,
  MINUTE,
  OTHER_KEY,
  PULL,
  REPOSITORY,
  record,
  request,
  SESSION,
  say,
  scene,
  session,
  story,
  thread,
  tracking,
  trouble,
} from '../builders.ts'
import { afterWriting, digest, ending, planned, recordOf, told } from './telling.ts'

describe('the first command of a thread', () => {
  const first = (command: Command, observed: Partial<Observed> = {}) =>
    ending(
      scene({
        intent: commandIntent(command),
        observed: { key: OTHER_KEY, requests: [request(command)], ...observed },
      }),
    )

  test.each<{ name: string; command: Command; effects: string[]; reason: string }>([
    {
      name: 'free words',
      command: say('Mend it.'),
      effects: ['eyes comment 601', 'claim claimed'],
      reason: 'handed-over',
    },
    { name: 'bare', command: { verb: 'bare' }, effects: ['eyes comment 601', 'claim claimed'], reason: 'handed-over' },
    {
      name: 'new',
      command: { verb: 'new', text: 'x', flags: {}, cut: false },
      effects: ['eyes comment 601', 'claim claimed'],
      reason: 'handed-over',
    },
    { name: 'help', command: { verb: 'help' }, effects: ['rocket comment 601', 'note help #12'], reason: 'help' },
    {
      name: 'status',
      command: { verb: 'status' },
      effects: ['confused comment 601', 'note nothing-to-do #12'],
      reason: 'nothing-to-do',
    },
    {
      name: 'approve',
      command: { verb: 'approve', plan: '' },
      effects: ['confused comment 601', 'note nothing-to-do #12'],
      reason: 'nothing-to-do',
    },
    {
      name: 'stop',
      command: { verb: 'stop' },
      effects: ['confused comment 601', 'note nothing-to-do #12'],
      reason: 'nothing-to-do',
    },
    {
      name: 'retry',
      command: { verb: 'retry' },
      effects: ['confused comment 601', 'note nothing-to-do #12'],
      reason: 'nothing-to-do',
    },
    {
      name: 'reply',
      command: { verb: 'reply', text: 'x', cut: false },
      effects: ['confused comment 601', 'note nothing-to-do #12'],
      reason: 'nothing-to-do',
    },
    {
      name: 'two readings',
      command: { verb: 'unclear', why: 'ambiguous', words: 'stop it', verbMeant: 'stop' },
      effects: ['confused comment 601', 'note ambiguous #12'],
      reason: 'ambiguous',
    },
    {
      name: 'T-37 an unknown flag',
      command: { verb: 'unclear', why: 'unknown-flag', words: '--repo' },
      effects: ['confused comment 601', 'note unknown-flag #12'],
      reason: 'unknown-flag',
    },
    {
      name: 'a slip',
      command: { verb: 'unclear', why: 'did-you-mean', words: 'aprove', verbMeant: 'approve' },
      effects: ['confused comment 601', 'note did-you-mean #12'],
      reason: 'did-you-mean',
    },
  ])('$name', ({ command, effects, reason }) => {
    expect(first(command)).toMatchObject({ effects, reason })
  })

  test('bare on a pull request of somebody else: help', () => {
    const intent = commandIntent({ verb: 'bare' }, { thread: { number: 34, kind: 'pull-request' } })
    const observed = {
      key: OTHER_KEY,
      requests: [request({ verb: 'bare' })],
      thread: thread({ number: 34, kind: 'pull-request' }),
    }
    expect(ending(scene({ intent, observed }))).toMatchObject({
      effects: ['rocket comment 601', 'note help #34'],
      reason: 'help',
    })
  })

  test('what was not understood is quoted in the answer', () => {
    const command: Command = { verb: 'unclear', why: 'unknown-flag', words: '--repo' }
    const { effects } = decide(scene({ intent: commandIntent(command), observed: { requests: [request(command)] } }))
    expect(effects[1]).toMatchObject({ do: 'note', words: '--repo', key: 'answer-601' })
  })
})

describe('a pull request that a session made, which no tracking comment tells of', () => {
  const onPull = (command: Command) => {
    const intent = commandIntent(command, { thread: { number: 34, kind: 'pull-request' } })
    const own = thread({ number: 34, kind: 'pull-request', head: { branch: 'x', commit: '', ofThisRepository: true } })
    return decide(
      scene({ intent, observed: { key: OTHER_KEY, maker: SESSION, thread: own, requests: [request(command)] } }),
    )
  }

  test('the session is taken on first, and the command stays open', () => {
    const { effects, next } = onPull(say('Also the months.'))
    expect(effects.map(inShort)).toEqual(['eyes comment 601', 'claim claimed'])
    expect(effects[1]).toMatchObject({ record: { session: SESSION, handled: 600 } })
    expect(next).toBe('again')
  })

  test('help needs no session', () => {
    const { effects } = onPull({ verb: 'help' })
    expect(effects.map(inShort)).toEqual(['rocket comment 601', 'note help #34'])
    expect(effects[1]).toMatchObject({ story: { standing: { phase: 'working' } } })
  })
})

describe('help tells how the thread stands, and what would not be refused', () => {
  test.each<{ name: string; one: Scene; phase: string; sayable: string }>([
    {
      name: 'nothing was asked so far',
      one: scene({ intent: commandIntent({ verb: 'help' }), observed: { requests: [request({ verb: 'help' })] } }),
      phase: 'none',
      sayable: 'say new plan help',
    },
    {
      name: 'a plan waits',
      one: told({ verb: 'help' }, 'AWAITING_PLAN_APPROVAL', { digest: planned }),
      phase: 'plan',
      sayable: 'say approve reject reply status stop help',
    },
    {
      name: 'it failed',
      one: told({ verb: 'help' }, 'FAILED', {}, { phase: 'failed' }),
      phase: 'failed',
      sayable: 'say new plan status retry help',
    },
  ])('$name', ({ one, phase, sayable }) => {
    const { effects } = decide(one)
    expect(effects[1]).toMatchObject({ story: { standing: { phase, sayable: sayable.split(' ') } } })
  })
})

describe('F-09 a command of this run where the run that follows does not look', () => {
  const run = { id: '800', attempt: 1 }
  const followed = (over: Partial<RelayRecord> = {}) => tracking({ run, ...over }, { age: MINUTE })
  const place = { comment: 801, of: 'review' } as const

  /** On the pull request that the session made; another run follows the session in the thread of its issue. */
  const aside = (observed: Partial<Observed> = {}, command = say('Also the months.')) =>
    told(command, 'IN_PROGRESS', { trackings: [followed()], askedOn: 34, ...observed })

  /** In a review of the thread itself. */
  function reviewed(observed: Partial<Observed> = {}) {
    const command = say('Also the months.')
    const one = told(command, 'IN_PROGRESS', {
      trackings: [followed()],
      requests: [request(command, place)],
      ...observed,
    })
    return { ...one, intent: commandIntent(command, { because: { kind: 'command', command, ...place } }) }
  }

  test.each([
    { name: 'on the pull request', one: aside() },
    { name: 'in a review', one: reviewed() },
    { name: 'after the other run has written over it', one: aside({ lost: true }) },
  ])('$name: this run takes the session over, and sees to it', ({ one }) => {
    const { effects } = decide(one)
    expect(recordOf(effects)).toMatchObject({ run: { id: '900' }, doing: { what: 'send' } })
  })

  test.each([
    { name: 'in the middle of an act', over: { doing: { what: 'send', comment: 599 } } as const },
    { name: 'about to make a session', over: { phase: 'creating', session: '' } as const },
  ])('the other run is $name: it is let finish', ({ over }) => {
    expect(ending(aside({ trackings: [followed(over)] }))).toMatchObject({ effects: [], next: { lookAfterMs: 5000 } })
  })

  test('what the other run will see is left to it, and this one sees to its own', () => {
    const requests = [request(say('theirs'), { comment: 600 }), request(say('ours'))]
    expect(recordOf(decide(aside({ requests })).effects)).toMatchObject({ doing: { comment: 601 } })
  })

  test('it is dealt with already: the other run goes on', () => {
    expect(ending(aside({ requests: [] }))).toMatchObject({ effects: [], reason: 'already-running' })
  })

  test('the other run has just ended: this one goes on from there', () => {
    const shown = { story: story(), at: 0 }
    const one = aside({ trackings: [followed({ run: undefined })], lost: true, shown })
    expect(recordOf(decide(one).effects)).toMatchObject({ run: { id: '900' }, doing: { what: 'send', comment: 601 } })
  })

  test('an answer stands where its question does', () => {
    const requests = [request({ verb: 'help' }, { on: 12 })]
    expect(ending(told({ verb: 'help' }, 'IN_PROGRESS', { askedOn: 34, requests }))).toMatchObject({
      effects: ['rocket comment 601', 'note help #12'],
    })
  })
})

describe('a command on a thread with a session', () => {
  test.each<{ name: string; command: Command; state: State; words: RegExp }>([
    {
      name: 'words while it works',
      command: say('Also the months.'),
      state: 'IN_PROGRESS',
      words: /^Also the months\.\n/,
    },
    {
      name: 'an answer to its question',
      command: { verb: 'reply', text: 'Yes.', cut: false },
      state: 'AWAITING_USER_FEEDBACK',
      words: /^Yes\.\n/,
    },
    {
      name: 'F-24 words when it has completed',
      command: say('Also the months.'),
      state: 'COMPLETED',
      words: /^Also the months\.\n/,
    },
    {
      name: 'stop',
      command: { verb: 'stop' },
      state: 'IN_PROGRESS',
      words: /^Please stop working/,
    },
  ])('$name: written down first, then said to Jules', ({ command, state, words }) => {
    const one = told(command, state)
    expect(ending(one)).toEqual({
      effects: ['eyes comment 601', 'write following'],
      next: { lookAfterMs: 3000 },
      outcome: 'running',
      reason: 'handed-over',
    })
    expect(decide(afterWriting(one))).toMatchObject({
      effects: [{ do: 'send', session: SESSION, message: expect.stringMatching(words) }],
      next: 'again',
    })
  })

  test.each<{
    name: string
    command: Command
    state: State
    observed?: Partial<Observed>
    effects: string[]
    reason: string
  }>([
    {
      name: 'words when it has failed',
      command: say('Again.'),
      state: 'FAILED',
      effects: ['eyes comment 601', 'claim claimed'],
      reason: 'handed-over',
    },
    {
      name: 'T-16 new while it works',
      command: { verb: 'new', text: 'x', flags: {}, cut: false },
      state: 'IN_PROGRESS',
      effects: ['confused comment 601', 'note already-running #12'],
      reason: 'already-running',
    },
    {
      name: 'retry while it works',
      command: { verb: 'retry' },
      state: 'PAUSED',
      effects: ['confused comment 601', 'note already-running #12'],
      reason: 'already-running',
    },
    {
      name: 'retry when it has failed',
      command: { verb: 'retry' },
      state: 'FAILED',
      effects: ['eyes comment 601', 'claim claimed'],
      reason: 'handed-over',
    },
    {
      name: 'approve while it works',
      command: { verb: 'approve', plan: '' },
      state: 'IN_PROGRESS',
      effects: ['confused comment 601', 'note nothing-to-do #12'],
      reason: 'nothing-to-do',
    },
    {
      name: 'stop when it has completed',
      command: { verb: 'stop' },
      state: 'COMPLETED',
      observed: { trackings: [tracking({ run: undefined, phase: 'settled' }, { age: 10 * MINUTE })] },
      effects: ['confused comment 601', 'note nothing-to-do #12'],
      reason: 'nothing-to-do',
    },
    {
      name: 'F-52 stop when nobody has approved its plan: put away, and Jules hears nothing that would set it going',
      command: { verb: 'stop' },
      state: 'COMPLETED',
      observed: { digest: planned },
      effects: ['archive', 'write stopped', 'rocket comment 601'],
      reason: 'by-command',
    },
    {
      name: 'F-52 stop when it ended with a question: put away',
      command: { verb: 'stop' },
      state: 'COMPLETED',
      observed: { digest: digest({ endsOn: 'question' }) },
      effects: ['archive', 'write stopped', 'rocket comment 601'],
      reason: 'by-command',
    },
    {
      name: 'a flag where none can be',
      command: { verb: 'say', text: 'x', flags: { branch: 'dev' }, cut: false },
      state: 'IN_PROGRESS',
      effects: ['confused comment 601', 'note unknown-flag #12'],
      reason: 'unknown-flag',
    },
  ])('$name', ({ command, state, observed, effects, reason }) => {
    const phase = state === 'FAILED' ? 'failed' : 'waiting'
    expect(ending(told(command, state, observed, { phase }))).toMatchObject({ effects, reason })
  })

  test('F-51 what the earlier session did is not told of the new one', () => {
    const { effects } = decide(told({ verb: 'retry' }, 'FAILED', { digest: planned }, { phase: 'failed' }))
    expect(effects[1]).toMatchObject({ do: 'claim', story: { session: undefined, plan: undefined, replaces: SESSION } })
  })

  test('F-24 while a completed session is told something, the comment says so', () => {
    const one = told(say('Also the months.'), 'COMPLETED')
    expect(decide(one).effects[1]).toMatchObject({ do: 'write', story: { told: true } })
    const acted = { acted: new Date(one.observed.now).toISOString(), run: { id: '900', attempt: 1 } }
    const { effects } = decide(told(say('Also the months.'), 'COMPLETED', { requests: [] }, acted))
    expect(effects.find((effect) => effect.do === 'write')).toMatchObject({ story: { told: true } })
  })

  test.each([say('Again.'), { verb: 'retry' } as const])(
    'F-51 it has failed, and nobody told: that comes first',
    (command) => {
      expect(ending(told(command, 'FAILED', {}, { phase: 'following' }))).toMatchObject({
        effects: expect.arrayContaining(['write failed']),
        next: 'again',
      })
    },
  )

  test('the message ends with a key of its own, and the record says first what is being done', () => {
    const one = told(say('Also the months.'), 'IN_PROGRESS')
    const { effects } = decide(one)
    const key = messageKey(record(), { what: 'send', comment: 601 })
    expect(key).toMatch(/^012345[0-9a-f]{14}$/)
    expect(effects[1]).toMatchObject({
      record: { seq: 4, doing: { what: 'send', comment: 601 }, run: { id: '900', attempt: 1 } },
    })
    expect(effects.map(inShort)).toEqual(['eyes comment 601', 'write following'])
    expect(decide(afterWriting(one)).effects).toEqual([
      { do: 'send', session: SESSION, message: `Also the months.\n\njules-relay: ${REPOSITORY}#12 ${key}` },
    ])
  })

  test('bare on a pull request that another thread started: help, on that pull request', () => {
    expect(ending(told({ verb: 'bare' }, 'IN_PROGRESS', { askedOn: 34 }))).toMatchObject({
      effects: ['rocket comment 601', 'note help #34'],
    })
  })

  test('a command that another run follows is left to it', () => {
    const own = tracking({ run: { id: '800', attempt: 1 } }, { age: MINUTE })
    expect(ending(told(say('x'), 'IN_PROGRESS', { trackings: [own] }))).toEqual({
      effects: [],
      next: 'done',
      outcome: 'ignored',
      reason: 'already-running',
    })
  })

  test('F-11 a command that is dealt with already', () => {
    const one = told(say('x'), 'IN_PROGRESS', { requests: [] })
    expect(ending(one)).toMatchObject({ effects: [], outcome: 'ignored', reason: 'already-handled' })
    expect(decide(one).story.commentUrl).toBe(tracking().url)
  })

  test('F-09 a follower deals with the commands of others, oldest first, and goes on', () => {
    const requests = [request({ verb: 'help' }, { comment: 601 }), request({ verb: 'stop' }, { comment: 602 })]
    const decision = decide(scene({ observed: { trackings: [tracking()], session: session(), requests } }))
    expect(decision.effects.map(inShort)).toEqual(['rocket comment 601', 'note help #12'])
    expect(decision.next).toBe('again')
  })

  test('F-06 an answer that stands already is not posted again', () => {
    expect(ending(told({ verb: 'help' }, 'IN_PROGRESS', { notes: ['answer-601'] })).effects).toEqual([
      'rocket comment 601',
    ])
  })
})

describe('status', () => {
  test('brings comment, record and labels up to date, and ends a run that came for it', () => {
    const labels = ['jules: running']
    const one = told(
      { verb: 'status' },
      'COMPLETED',
      { thread: thread({ labels }), session: session({ state: 'COMPLETED', pullRequest: PULL }) },
      { phase: 'following' },
    )
    const { effects, next, story } = decide(one)
    expect(effects.map(inShort)).toEqual(['write settled', '-jules: running', 'rocket comment 601'])
    expect(effects[0]).toMatchObject({
      record: { handledToo: [601], run: undefined },
      story: { verdict: { outcome: 'pull-request', reason: 'completed' } },
    })
    expect(story.verdict).toEqual({ outcome: 'answered', reason: 'status' })
    expect(next).toBe('done')
  })

  test('asked in a review while another run follows: that one goes on', () => {
    const run = { id: '800', attempt: 1 }
    const place = { comment: 801, of: 'review' } as const
    const one = told({ verb: 'status' }, 'IN_PROGRESS', {
      trackings: [tracking({ run }, { age: MINUTE })],
      requests: [request({ verb: 'status' }, place)],
    })
    const intent = commandIntent(
      { verb: 'status' },
      { because: { kind: 'command', command: { verb: 'status' }, ...place } },
    )
    const { effects, next } = decide({ ...one, intent })
    expect(recordOf(effects)).toMatchObject({ run, handledOn: { review: [801] } })
    expect(effects).toContainEqual(
      expect.objectContaining({ do: 'write', story: expect.objectContaining({ followed: true }) }),
    )
    expect(next).toBe('done')
  })

  test('asked of a follower, which goes on', () => {
    const requests = [request({ verb: 'status' }, { comment: 602 })]
    const { effects, next } = decide(scene({ observed: { trackings: [tracking()], session: session(), requests } }))
    expect(effects.map(inShort)).toContain('write following')
    expect(recordOf(effects)?.run).toEqual({ id: '900', attempt: 1 })
    expect(next).toBe('again')
  })

  const LIVE = ['jules: queued', 'jules: running', 'jules: waiting', 'jules: failed']
  test.each<{ name: string; over: Partial<RelayRecord>; observed: Partial<Observed> }>([
    { name: 'a start that failed', over: { phase: 'failed', session: '' }, observed: { session: undefined } },
    {
      name: 'a claim whose run died, of which nobody can tell what it asked',
      over: { phase: 'claimed', session: '' },
      observed: { session: undefined },
    },
    {
      name: 'a session whose pull request was merged',
      over: { phase: 'closed' },
      observed: { session: session({ state: 'COMPLETED', pullRequest: PULL }) },
    },
    { name: 'a pull request whose session is gone', over: { phase: 'settled' }, observed: { session: 'gone' } },
    { name: 'a session that was deleted', over: { phase: 'stopped' }, observed: { session: 'gone' } },
    { name: 'a session that is none of ours', over: { phase: 'failed' }, observed: { session: 'foreign' } },
  ])('of $name: comment and record stay as they are, and the answer links them', ({ over, observed }) => {
    for (const labels of [[], LIVE]) {
      const one = told({ verb: 'status' }, 'IN_PROGRESS', { thread: thread({ labels }), ...observed }, over)
      const { effects, next, story } = decide(one)
      const [first, second, ...more] = effects.map(inShort)
      expect([first, second]).toEqual(['rocket comment 601', 'note status #12'])
      // Labels that a run has left on when it died are taken off; none is put on.
      expect(more.filter((words) => !words.startsWith('-jules: '))).toEqual([])
      expect(effects[1]).toMatchObject({
        story: { commentUrl: tracking().url, standing: { phase: expect.any(String) } },
      })
      expect(story.verdict).toEqual({ outcome: 'answered', reason: 'status' })
      expect(next).toBe('done')
    }
  })

  test.each([
    { name: 'that was stopped', over: { archived: true }, reason: 'by-command' },
    { name: 'of a thread that was closed', over: {}, reason: 'thread-closed' },
  ])('of a session $name: its state now, and it stays so', ({ over, reason }) => {
    const seen = session({ state: 'COMPLETED', pullRequest: PULL, ...over })
    const one = told({ verb: 'status' }, 'COMPLETED', { session: seen }, { phase: 'stopped', run: undefined })
    const { effects, next, story } = decide(one)
    expect(effects.map(inShort)).toEqual(['write stopped', 'rocket comment 601'])
    expect(effects[0]).toMatchObject({
      record: { handledToo: [601], run: undefined },
      story: { verdict: { outcome: 'stopped', reason }, pullRequest: PULL, session: { state: 'COMPLETED' } },
    })
    expect(story.verdict).toEqual({ outcome: 'answered', reason: 'status' })
    expect(next).toBe('done')
  })

  test('on the pull request that the session made: an answer there, for the comment stands elsewhere', () => {
    const requests = [request({ verb: 'status' }, { comment: 601, on: 34 })]
    const { effects } = decide(told({ verb: 'status' }, 'IN_PROGRESS', { askedOn: 34, requests }))
    expect(effects.map(inShort)).toEqual([
      '+jules: running',
      'write following',
      'rocket comment 601',
      'note status #34',
    ])
  })

  test.each([
    { searches: 1, next: { lookAfterMs: 5000 }, effects: [] },
    { searches: 2, next: { lookAfterMs: 5000 }, effects: [] },
    { searches: 3, next: 'done', effects: ['+jules: running', 'write following', 'rocket comment 601'] },
  ])('F-22 of a session that Jules does not know, after $searches looks', ({ searches, ...expected }) => {
    const one = told({ verb: 'status' }, 'IN_PROGRESS', { session: undefined, searches })
    expect(ending(one)).toMatchObject(expected)
  })

  test('F-22 of a session that is gone: said, and the thread is no longer live', () => {
    const { effects } = decide(told({ verb: 'status' }, 'IN_PROGRESS', { session: 'gone' }))
    expect(effects.map(inShort)).toEqual(['+jules: failed', 'write failed', 'rocket comment 601'])
  })

  describe('of a session that cannot be read', () => {
    const unreadable = trouble({ failure: 'jules-unavailable' })

    test('the run says why, and the comment stays as it is', () => {
      const one = told({ verb: 'status' }, 'IN_PROGRESS', { session: undefined, trouble: unreadable })
      const { effects, next, story } = decide(one)
      expect(effects).toEqual([])
      expect(next).toBe('done')
      expect(story).toMatchObject({
        verdict: { outcome: 'failed', reason: 'jules-unavailable' },
        trouble: unreadable,
        commentUrl: tracking().url,
      })
    })

    test('asked of a follower: it looks again, and the command stays open', () => {
      const requests = [request({ verb: 'status' }, { comment: 602 })]
      const observed = { trackings: [tracking()], session: undefined, requests, trouble: unreadable }
      expect(ending(scene({ observed }))).toMatchObject({ effects: [], next: { lookAfterMs: 5000 } })
    })
  })
})
