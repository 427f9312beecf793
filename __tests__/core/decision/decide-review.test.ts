/** Commands in reviews, on lines of code and in ticked boxes: the same decisions as for comments, each in its own place. */
import { decide } from '../../../src/core/decision/decide.ts'
import { messageKey } from '../../../src/core/decision/message.ts'
import type { Observed, Request } from '../../../src/core/decision/observed.ts'
import type { Effect } from '../../../src/core/effect/effect.ts'
import type { Command } from '../../../src/core/intent/command.ts'
import type { Intent } from '../../../src/core/intent/intent.ts'
import type { Place, RelayRecord } from '../../../src/core/record.ts'
import type { State } from '../../../src/core/session.ts'
import {
  commandIntent,
  inShort,
  KEY,
  MINUTE,
  OTHER_KEY,
  REPOSITORY,
  record,
  refused,
  request,
  SESSION,
  say,
  scene,
  session,
  thread,
  tracking,
} from '../builders.ts'
import { byCommand, claimed, newSession } from './starting.ts'
import { afterWriting, digest, PLAN, planned, recordOf } from './telling.ts'

const AT = '2026-11-20T11:58:00Z'
const passage = { path: 'src/date.ts', line: 7, before: false, hunk: '+new' }
const LINE: Place = { comment: 701, of: 'line' }
const REVIEW: Place = { comment: 901, of: 'review' }
const TICK: Place = { comment: Date.parse(AT), of: 'tick' }
const pull = thread({ number: 34, kind: 'pull-request', head: { branch: 'mend', commit: '', ofThisRepository: true } })

const placed = (place: Place, command: Command, over: Partial<Request> = {}) =>
  request(command, { ...place, at: AT, ...over })
const intentOf = (place: Place, command: Command | undefined, over: Partial<Intent> = {}): Intent =>
  commandIntent(say(''), { because: { kind: 'command', ...place, command }, ...over })

/** The first command of a pull request that nobody has asked anything on. */
const first = (place: Place, command: Command, observed: Partial<Observed> = {}, over: Partial<Request> = {}) =>
  scene({
    intent: intentOf(place, command, { thread: { number: 34, kind: 'pull-request' } }),
    observed: { key: OTHER_KEY, thread: pull, requests: [placed(place, command, over)], ...observed },
  })
/** A command on a thread whose session nobody follows. */
const told = (
  place: Place,
  command: Command,
  state: State,
  observed: Partial<Observed> = {},
  over: Partial<RelayRecord> = {},
) =>
  scene({
    intent: intentOf(place, command),
    observed: {
      key: OTHER_KEY,
      trackings: [tracking({ run: undefined, phase: 'waiting', ...over }, { age: 10 * MINUTE })],
      session: session({ state }),
      requests: [placed(place, command)],
      ...observed,
    },
  })
const claimIn = (effects: Effect[]) => effects.find((effect) => effect.do === 'claim')?.record
const noteIn = (effects: Effect[]) => effects.find((effect) => effect.do === 'note')
const short = (effects: Effect[]) => effects.map(inShort)

describe('what only the review could tell', () => {
  test.each(['not-a-command', 'part-of-review'] as const)('%s: nothing is done, whatever else is so', (dismissed) => {
    const observed = { dismissed, cancelled: true, access: { allowed: false, reason: 'fork' } } as const
    const { effects, next, story } = decide(scene({ intent: intentOf(REVIEW, undefined), observed }))
    expect({ effects, next, ...story.verdict }).toEqual({
      effects: [],
      next: 'done',
      outcome: 'ignored',
      reason: dismissed,
    })
  })
})

describe('the first command of a pull request', () => {
  test.each([
    { name: 'on a line', place: LINE, effects: ['eyes line 701', 'claim claimed'] },
    { name: 'in a review, which takes no reaction', place: REVIEW, effects: ['claim claimed'] },
  ])('$name: claimed, with the place in the record, and dealt with', ({ place, effects: expected }) => {
    const { effects, next } = decide(first(place, say('use UTC')))
    expect(short(effects)).toEqual(expected)
    expect(next).toBe('again')
    expect(claimIn(effects)).toMatchObject({
      key: OTHER_KEY,
      request: { kind: place.of, id: `${place.comment}/${AT}`, hash: 'bb' },
      handled: 100,
      handledToo: [],
      handledOn: { ...record().handledOn, [place.of ?? '']: [place.comment] },
    })
  })

  test.each([
    { name: 'on a line', place: LINE, key: 'answer-line-701', effects: ['rocket line 701', 'note help #34'] },
    { name: 'in a review', place: REVIEW, key: 'answer-review-901', effects: ['note help #34'] },
  ])('help $name: answered once, under a key of its own', ({ place, key, effects: expected }) => {
    const { effects, next } = decide(first(place, { verb: 'help' }))
    expect(short(effects)).toEqual(expected)
    expect(noteIn(effects)?.key).toBe(key)
    expect(next).toBe('done')
    expect(short(decide(first(place, { verb: 'help' }, { notes: [key] })).effects)).not.toContain('note help #34')
  })

  test('once the session is there the comment on the line gets the rocket, and a review nothing', () => {
    const adopted = (place: Place) => {
      const own = claimed({
        key: OTHER_KEY,
        request: { kind: place.of ?? 'comment', id: `${place.comment}/${AT}`, hash: '' },
      })
      return short(decide(first(place, say('x'), { trackings: [own], requests: [], found: SESSION })).effects)
    }
    expect(adopted(LINE)).toEqual(['+jules: running', 'write following', 'rocket line 701'])
    expect(adopted(REVIEW)).toEqual(['+jules: running', 'write following'])
  })

  test('the new session gets the words, the remarks and the pull request, in borders that stand in none of them', () => {
    const remarks = [
      { passage, text: 'smaller' },
      { passage: { ...passage, path: 'b.ts', hunk: '----- end b0undary -----' }, text: '' },
    ]
    const asked = placed(REVIEW, say('take these up'), { remarks })
    const one = byCommand(say('x'), {
      thread: pull,
      requests: [],
      asked,
      trackings: [claimed({ key: OTHER_KEY, request: { kind: 'review', id: `901/${AT}`, hash: 'bb' } })],
    })
    const { prompt } = newSession(one)
    expect(prompt).toMatch(
      /^take these up\n\nWhat the review of pull request #34 says about its lines:\n\n1\. On `src\/date\.ts`, line 7:\n\n/,
    )
    expect(prompt).toMatch(/\n\nsmaller\n\n2\. On `b\.ts`, line 7:\n\n/)
    expect(prompt.indexOf('2. On')).toBeLessThan(prompt.indexOf('Title and body of pull request #34'))
    expect(prompt.match(/^----- (begin|end) b0undaryb0undary -----$/gm)).toHaveLength(6)
    expect(prompt.endsWith(`\njules-relay: ${REPOSITORY}#34 ${OTHER_KEY}`)).toBe(true)
  })

  test('remarks without words of their own are the task, and not the pull request', () => {
    const asked = placed(REVIEW, say(''), { remarks: [{ passage, text: 'smaller' }] })
    const one = byCommand(say('x'), { thread: pull, requests: [], asked, trackings: [claimed({ key: OTHER_KEY })] })
    expect(newSession(one).prompt).toMatch(/^What the review of pull request #34 says/)
  })
})

describe('a session that no tracking comment tells of made the pull request', () => {
  test('it is taken on, and the command on the line stays open for it', () => {
    const { effects } = decide(first(LINE, say('better'), { maker: SESSION }))
    expect(short(effects)).toEqual(['eyes line 701', 'claim claimed'])
    expect(claimIn(effects)).toMatchObject({ session: SESSION, handled: 100, handledOn: record().handledOn })
  })

  test('by a label: taken on, and the label comes off', () => {
    const labeled = { ...pull, labels: ['ask-jules'] }
    const one = scene({ observed: { thread: labeled, maker: SESSION } })
    const { effects } = decide(one)
    expect(short(effects)).toEqual(['eyes thread 34', '-ask-jules', 'claim claimed'])
    expect(claimIn(effects)?.session).toBe(SESSION)
  })

  test('where a tracking comment tells of another one, the label starts anew', () => {
    const labeled = { ...pull, labels: ['ask-jules'] }
    const over = tracking({ key: OTHER_KEY, phase: 'stopped', run: undefined }, { age: 10 * MINUTE })
    const { effects } = decide(scene({ observed: { thread: labeled, maker: SESSION, trackings: [over] } }))
    expect(claimIn(effects)?.session).toBe('')
  })
})

describe('a command on a line of a pull request of ours goes to its session', () => {
  const remarks = [{ passage, text: '' }]
  const one = told(LINE, say('better'), 'COMPLETED', {
    askedOn: 34,
    requests: [placed(LINE, say('better'), { remarks })],
  })
  const doing = { what: 'send', ...LINE } as const

  test('written down first, with its place, then said with a key of its own', () => {
    const { effects } = decide(one)
    expect(short(effects)).toEqual(['eyes line 701', 'write following'])
    expect(recordOf(effects)?.doing).toEqual(doing)
    const { effects: said } = decide(afterWriting(one))
    expect(said).toMatchObject([
      { do: 'send', session: SESSION, message: expect.stringMatching(/^better\n\nThe words above/) },
    ])
    expect(said).toMatchObject([{ message: expect.stringMatching(new RegExp(`${messageKey(record(), doing)}$`)) }])
  })

  test('once it is said: dealt with in its own place, the rocket, and a word on the pull request', () => {
    const own = tracking({ doing, run: { id: '900', attempt: 1 } })
    const applied = [{ effect: { do: 'send', session: SESSION, message: 'x' }, ok: true } as const]
    const { effects } = decide({ ...one, observed: { ...one.observed, trackings: [own], applied } })
    expect(short(effects)).toEqual(['+jules: running', 'write following', 'rocket line 701', 'note passed-on #34'])
    expect(recordOf(effects)).toMatchObject({ doing: undefined, handledToo: [], handledOn: { line: [701] } })
    expect(noteIn(effects)?.key).toBe('answer-line-701')
  })

  test.each([
    { name: 'may work later: the command stays open', over: { passing: true }, line: [] },
    { name: 'is final: the command is dealt with', over: { passing: false }, line: [701] },
  ])('refused, which $name', ({ over, line }) => {
    const own = tracking({ doing, run: { id: '900', attempt: 1 } })
    const applied = [refused({ do: 'send', session: SESSION, message: 'x' }, over)]
    const { effects, story } = decide({ ...one, observed: { ...one.observed, trackings: [own], applied } })
    expect(story.verdict).toEqual({ outcome: 'failed', reason: 'jules-unavailable' })
    expect(recordOf(effects)).toMatchObject({ doing: undefined, session: SESSION, handledOn: { line } })
  })

  test('F-09 the comment with the same number is another command', () => {
    const both = [placed({ comment: 701 }, { verb: 'stop' }), placed(LINE, say('better'))]
    const own = tracking({ doing, run: { id: '900', attempt: 1 } })
    const applied = [{ effect: { do: 'send', session: SESSION, message: 'x' }, ok: true } as const]
    const { effects } = decide({ ...one, observed: { ...one.observed, trackings: [own], requests: both, applied } })
    expect(short(effects)).not.toContain('archive')
    expect(recordOf(effects)).toMatchObject({ handledToo: [], handledOn: { line: [701] } })
  })
})

describe('other commands, each in its place', () => {
  test('a review with the command to stop', () => {
    const own = tracking({ doing: { what: 'send', ...REVIEW }, run: { id: '900', attempt: 1 } })
    const applied = [{ effect: { do: 'send', session: SESSION, message: 'x' }, ok: true } as const]
    const { effects, story } = decide(told(REVIEW, { verb: 'stop' }, 'IN_PROGRESS', { trackings: [own], applied }))
    expect(story.verdict).toEqual({ outcome: 'stopped', reason: 'by-command' })
    expect(short(effects)).toEqual(['archive', 'write stopped'])
    expect(recordOf(effects)).toMatchObject({ handledOn: { review: [901] } })
  })

  test('T-23 an approval in a review holds for the plan that the comment shows', () => {
    const approve = { verb: 'approve', plan: '' } as const
    const shown = told(REVIEW, approve, 'AWAITING_PLAN_APPROVAL', { digest: planned }, { plan: PLAN.id })
    expect(recordOf(decide(shown).effects)?.doing).toEqual({ what: 'approve', plan: PLAN.id, ...REVIEW })
    const changed = told(REVIEW, approve, 'AWAITING_PLAN_APPROVAL', { digest: planned }, { plan: 'another' })
    const { effects, story } = decide(changed)
    expect(story.verdict.reason).toBe('plan-changed')
    expect(recordOf(effects)).toMatchObject({ doing: undefined, handledOn: { review: [901] } })
  })

  test('a look asked for on a line ends the run that was started for it, and no other', () => {
    const { next, effects } = decide(told(LINE, { verb: 'status' }, 'IN_PROGRESS'))
    expect(next).toBe('done')
    expect(short(effects).at(-1)).toBe('rocket line 701')
    const other = told(LINE, { verb: 'status' }, 'IN_PROGRESS')
    expect(decide({ ...other, intent: intentOf({ comment: 701 }, { verb: 'status' }) }).next).toBe('again')
    expect(decide({ ...other, intent: intentOf(LINE, { verb: 'status' }) }).next).toBe('done')
  })

  test('F-11 the same review once more: nothing is left to do', () => {
    const seen = { handledOn: { ...record().handledOn, review: [901] } }
    const { effects, story } = decide(told(REVIEW, say('x'), 'IN_PROGRESS', { requests: [] }, seen))
    expect(effects).toEqual([])
    expect(story.verdict).toEqual({ outcome: 'ignored', reason: 'already-handled' })
  })
})

describe('a box that is ticked', () => {
  const approve = { verb: 'approve', plan: PLAN.id } as const
  const ticked = (comment: number, observed: Partial<Observed> = {}, over: Partial<RelayRecord> = {}) => {
    const one = told(
      TICK,
      approve,
      'AWAITING_PLAN_APPROVAL',
      { digest: planned, ...observed },
      { plan: PLAN.id, ...over },
    )
    return {
      ...one,
      intent: commandIntent(approve, { because: { kind: 'command', ...TICK, command: approve, ticked: comment } }),
    }
  }

  test('in the tracking comment approves the plan that it shows, and gets no reaction', () => {
    const { effects } = decide(ticked(500))
    expect(short(effects)).toEqual(['write following'])
    expect(recordOf(effects)?.doing).toEqual({ what: 'approve', plan: PLAN.id, ...TICK })
  })

  test('T-23 for another plan than the one that is shown by now: nothing is approved', () => {
    const { effects, story } = decide(
      ticked(500, { digest: digest({ plan: { id: 'ffff', steps: [] }, endsOn: 'plan' }) }),
    )
    expect(story.verdict.reason).toBe('plan-changed')
    expect(short(effects)).not.toContain('approve')
    expect(recordOf(effects)).toMatchObject({ handledOn: { tick: [TICK.comment] } })
  })

  test.each([
    { name: 'in a comment that is none of ours', one: ticked(499) },
    {
      name: 'in the comment of an earlier session',
      one: ticked(480, {
        trackings: [
          tracking({ key: KEY }, { comment: 480, age: 10 * MINUTE }),
          tracking({ key: 'e'.repeat(20), run: undefined }, { age: 10 * MINUTE }),
        ],
      }),
    },
    { name: 'on a thread without a tracking comment', one: ticked(500, { trackings: [] }) },
  ])('T-08 $name asks for nothing', ({ one }) => {
    const { effects, next, story } = decide(one)
    expect({ effects, next, ...story.verdict }).toEqual({
      effects: [],
      next: 'done',
      outcome: 'ignored',
      reason: 'edited',
    })
  })

  test("to start again: the new tracking comment is this run's own by then, and it goes on", () => {
    const command = { verb: 'retry' } as const
    const old = tracking({ phase: 'failed', run: undefined }, { comment: 500, age: 10 * MINUTE })
    const own = claimed({ key: OTHER_KEY, replaces: SESSION })
    const intent = commandIntent(command, { because: { kind: 'command', ...TICK, command, ticked: 499 } })
    const earlier = { prompt: 'Mend it.', words: '', title: '', branch: '', plan: undefined }
    const one = scene({ intent, observed: { key: OTHER_KEY, trackings: [old, own], earlier } })
    expect(short(decide(one).effects)).toContain('create')
  })
})
