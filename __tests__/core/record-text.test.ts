import fc from 'fast-check'
import { type Doing, PHASES, REQUEST_KINDS, type RelayRecord } from '../../src/core/record.ts'
import { decodeRecord, encodeRecord, isOfLaterVersion, RECORD_LIMIT } from '../../src/core/record-text.ts'
import { readActivity } from '../../src/shell/jules/schema.ts'
import { characters } from '../support/hostile/text.ts'
import { ago, record } from './builders.ts'

const id = fc.nat({ max: Number.MAX_SAFE_INTEGER })
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length })
const words = fc.oneof(
  fc.string({ maxLength: 40 }),
  characters(40),
  fc.constantFrom('-->', '<!--', '"', '__proto__', '\n', '\ud800'),
)
const of = fc.constantFrom('line' as const, 'review' as const, 'tick' as const)
const doing: fc.Arbitrary<Doing | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constant<Doing>({ what: 'create' }),
  fc.record({ what: fc.constant<'send'>('send'), comment: id, of }, { requiredKeys: ['what', 'comment'] }),
  fc.record(
    { what: fc.constant<'approve'>('approve'), plan: words, comment: id, of },
    { requiredKeys: ['what', 'plan', 'comment'] },
  ),
  fc.record({ what: fc.constant<'remind'>('remind'), plan: words }),
  fc.record({ what: fc.constant<'tell'>('tell'), run: words }),
)
const run = fc.option(
  fc.record(
    { id: fc.string({ minLength: 1, maxLength: 20 }), attempt: id, job: hex(8) },
    { requiredKeys: ['id', 'attempt'] },
  ),
  { nil: undefined },
)
const commit = fc.oneof(fc.constant(''), hex(40), hex(64))
const known = fc.array(id, { maxLength: 10 })
const records: fc.Arbitrary<RelayRecord> = fc.record({
  seq: id,
  key: hex(20),
  phase: fc.constantFrom(...PHASES),
  session: fc.stringMatching(/^[A-Za-z0-9_-]{0,30}$/),
  requester: fc.record({ login: words, id }),
  request: fc.record({ kind: fc.constantFrom(...REQUEST_KINDS), id: words, hash: hex(64) }),
  doing,
  plan: words,
  approved: words,
  reminded: words,
  told: words,
  acted: words,
  handled: id,
  handledToo: fc.array(id, { maxLength: 20 }),
  handledOn: fc.record({ line: known, review: known, tick: known }),
  run,
  author: id,
  noPullRequest: fc.boolean(),
  planGate: fc.boolean(),
  cut: fc.boolean(),
  disowned: fc.option(id, { nil: undefined }),
  replaces: fc.stringMatching(/^[A-Za-z0-9_-]{0,30}$/),
  queued: fc.option(fc.record({ since: words, tries: id }), { nil: undefined }),
  branchAt: fc.option(fc.record({ asked: commit, began: commit }), { nil: undefined }),
})

describe('T-56 as text and back', () => {
  test('decoding undoes encoding, exactly', () => {
    fc.assert(
      fc.property(records, (one) => {
        expect(decodeRecord(encodeRecord(one))).toEqual(one)
      }),
      { numRuns: 1000 },
    )
  })

  test('the text closes no HTML comment and fits its limit', () => {
    fc.assert(
      fc.property(records, (one) => {
        const encoded = encodeRecord(one)
        expect(encoded).toMatch(/^[A-Za-z0-9_-]+$/)
        expect(encoded.length).toBeLessThanOrEqual(RECORD_LIMIT)
      }),
      { numRuns: 500 },
    )
  })
})

describe('T-56 the largest record that can be', () => {
  const plan = (id: string) =>
    readActivity({ name: 'sessions/1/activities/2', createTime: ago(0), planGenerated: { plan: { id } } })?.happening
  const approval = (planId: string) =>
    readActivity({ name: 'sessions/1/activities/2', createTime: ago(0), planApproved: { planId } })?.happening

  test.each([
    { name: 'letters', letter: 'x', kept: 64 },
    { name: 'Chinese', letter: '中', kept: 0 },
    { name: 'faces', letter: '😀', kept: 0 },
    { name: 'quotation marks', letter: '"', kept: 0 },
    { name: 'control characters', letter: '\u0001', kept: 0 },
    { name: 'letters and Chinese', letter: 'x中', kept: 32 },
  ])('with ids full of $name', ({ letter, kept }) => {
    const [made, approved] = [plan(letter.repeat(5000)), approval(letter.repeat(5000))]
    const id = made?.kind === 'plan-generated' ? made.plan.id : ''
    expect(id).toHaveLength(kept)
    expect(approved).toEqual({ kind: 'plan-approved', plan: id })
    const big = Number.MAX_SAFE_INTEGER
    const ten = Array.from({ length: 10 }, (_, at) => big - at)
    const one = record({
      seq: big,
      session: '1'.repeat(128),
      replaces: '2'.repeat(128),
      requester: { login: 'x'.repeat(39), id: big },
      request: { kind: 'label', id: `${letter.repeat(50).slice(0, 50)}/${'9'.repeat(40)}`, hash: 'a'.repeat(64) },
      doing: { what: 'approve', plan: id, comment: big, of: 'review' },
      plan: id,
      approved: id,
      reminded: id,
      told: String(big),
      acted: ago(0),
      handled: big,
      handledToo: Array.from({ length: 20 }, (_, at) => big - at),
      handledOn: { line: ten, review: ten, tick: ten },
      queued: { since: ago(0), tries: big },
      run: { id: String(big), attempt: big },
      author: big,
      disowned: big,
      branchAt: { asked: 'a'.repeat(64), began: 'b'.repeat(64) },
    })
    const encoded = encodeRecord(one)
    expect(encoded.length).toBeLessThanOrEqual(RECORD_LIMIT)
    expect(decodeRecord(encoded)).toEqual(one)
  })
})

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const plainRecord: object = JSON.parse(Buffer.from(encodeRecord(record()), 'base64url').toString())
const variant = (over: object) => encode({ ...plainRecord, ...over })

/** With a byte in its midst that is no UTF-8. */
const broken = (encoded: string): string => {
  const bytes = Buffer.from(encoded, 'base64url')
  bytes[bytes.indexOf('Ä') + 1] = 0x22
  return bytes.toString('base64url')
}

describe('what is no record of ours', () => {
  test.each([
    { name: 'nothing', encoded: '' },
    { name: 'other letters', encoded: 'abc=' },
    { name: 'a comment end', encoded: 'abc-->' },
    { name: 'no JSON', encoded: Buffer.from('{not json').toString('base64url') },
    { name: 'no UTF-8', encoded: Buffer.from([0x22, 0xff, 0x22]).toString('base64url') },
    { name: 'an impossible length', encoded: 'A' },
    { name: 'null', encoded: encode(null) },
    { name: 'a list', encoded: encode([plainRecord]) },
    { name: 'an empty object', encoded: encode({}) },
    { name: 'too long', encoded: variant({ plan: 'x'.repeat(4096) }) },
    { name: 'T-57 a later version', encoded: variant({ v: 2 }) },
    { name: 'T-57 no version', encoded: variant({ v: undefined }) },
    { name: 'T-57 a version in words', encoded: variant({ v: '1' }) },
    { name: 'an unknown phase', encoded: variant({ phase: 'dreaming' }) },
    { name: 'an unknown kind of request', encoded: variant({ request: { kind: 'wish', id: '1', hash: '' } }) },
    { name: 'a key that is too short', encoded: variant({ key: '012' }) },
    { name: 'more behind a key', encoded: variant({ key: `${record().key}0` }) },
    { name: 'more before a key', encoded: variant({ key: `0${record().key}` }) },
    { name: 'a blank before it', encoded: ` ${encodeRecord(record())}` },
    { name: 'a newline behind it', encoded: `${encodeRecord(record())}\n` },
    { name: 'half a letter in a text', encoded: broken(encodeRecord(record({ plan: 'Ä' }))) },
    { name: 'a key in capitals', encoded: variant({ key: '0123456789ABCDEF0123' }) },
    { name: 'T-116 a session with a slash', encoded: variant({ session: '../sources' }) },
    { name: 'a session that is too long', encoded: variant({ session: '1'.repeat(129) }) },
    { name: 'T-116 one before it with a slash', encoded: variant({ replaces: '1/../2' }) },
    { name: 'one before it that is too long', encoded: variant({ replaces: '1'.repeat(129) }) },
  ])('$name', ({ encoded }) => {
    expect(decodeRecord(encoded)).toBeUndefined()
  })

  test('T-56 any text is a record or none, and never an exception', () => {
    const texts = fc.oneof(fc.string(), fc.base64String(), fc.jsonValue().map(encode))
    fc.assert(
      fc.property(texts, (encoded) => {
        const found = decodeRecord(encoded)
        expect(found === undefined || typeof found.key === 'string').toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('exactly as long as may be it is one, and longer it is not', () => {
    const fitting = (text: string) => variant({ extra: text }).length
    const room = Array.from({ length: 4096 }, (_, at) => 'x'.repeat(at)).filter((text) => fitting(text) <= RECORD_LIMIT)
    const [most = ''] = room.slice(-1)
    expect(fitting(most)).toBe(RECORD_LIMIT)
    expect(decodeRecord(variant({ extra: most }))).toEqual(record())
    expect(decodeRecord(variant({ extra: `${most}x` }))).toBeUndefined()
    expect(isOfLaterVersion(variant({ v: 2, extra: most }))).toBe(true)
    expect(isOfLaterVersion(variant({ v: 2, extra: `${most}x` }))).toBe(false)
  })

  test('T-134 known names are taken and nothing else', () => {
    const found = decodeRecord(
      encode(JSON.parse(`{"__proto__": {"polluted": 1}, "extra": 1, ${JSON.stringify(plainRecord).slice(1)}`)),
    )
    expect(found).toEqual(record())
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})

describe('what is missing or strange in a record', () => {
  const rows: { name: string; over: object; found: Partial<RelayRecord> }[] = [
    { name: 'numbers', over: { seq: 'x', handled: null, author: 1.5 }, found: { seq: 0, handled: 0, author: 0 } },
    { name: 'the requester', over: { requester: undefined }, found: { requester: { login: '', id: 0 } } },
    { name: 'texts', over: { plan: 1, acted: {} }, found: { plan: '', acted: '' } },
    { name: 'flags', over: { noPullRequest: 'true', planGate: 1 }, found: { noPullRequest: false, planGate: false } },
    { name: 'an unknown act', over: { doing: { what: 'dance' } }, found: { doing: undefined } },
    {
      name: 'an act without its comment',
      over: { doing: { what: 'send' } },
      found: { doing: { what: 'send', comment: 0 } },
    },
    {
      name: 'an act in a place of tomorrow',
      over: { doing: { what: 'send', comment: 7, of: 'dream' } },
      found: { doing: { what: 'send', comment: 7 } },
    },
    {
      name: 'an approval on a line',
      over: { doing: { what: 'approve', plan: 'p1', comment: 7, of: 'line' } },
      found: { doing: { what: 'approve', plan: 'p1', comment: 7, of: 'line' } },
    },
    {
      name: 'a reminder without its plan',
      over: { doing: { what: 'remind' } },
      found: { doing: { what: 'remind', plan: '' } },
    },
    {
      name: 'a message without its run',
      over: { doing: { what: 'tell' } },
      found: { doing: { what: 'tell', run: '' } },
    },
    {
      name: 'what is newer than the record',
      over: { approved: undefined, reminded: undefined, told: undefined, handledOn: undefined, replaces: undefined },
      found: { approved: '', reminded: '', told: '', handledOn: { line: [], review: [], tick: [] }, replaces: '' },
    },
    { name: 'a wait without a number of tries', over: { queued: { since: 'x' } }, found: { queued: undefined } },
    {
      name: 'a wait since nobody knows when',
      over: { queued: { tries: 2 } },
      found: { queued: { since: '', tries: 2 } },
    },
    {
      name: 'handled places that are no numbers',
      over: { handledOn: { line: ['x', 3, {}], review: 5 } },
      found: { handledOn: { line: [3], review: [], tick: [] } },
    },
    { name: 'a run without an attempt', over: { run: { id: '9' } }, found: { run: { id: '9', attempt: 1 } } },
    { name: 'a run without an id', over: { run: { attempt: 2 } }, found: { run: undefined } },
    {
      name: 'handled comments that are no numbers',
      over: { handledToo: [1, 'x', null, 2] },
      found: { handledToo: [1, 2] },
    },
    {
      name: 'too many handled comments',
      over: { handledToo: Array.from({ length: 25 }, (_, at) => at) },
      found: { handledToo: Array.from({ length: 20 }, (_, at) => at + 5) },
    },
  ]
  test.each(rows)('$name', ({ over, found }) => {
    expect(decodeRecord(variant(over))).toEqual(record(found))
  })
})

test.each([
  { name: 'this one', encoded: variant({}), later: false },
  { name: 'the next one', encoded: variant({ v: 2 }), later: true },
  { name: 'the next one, with other fields', encoded: encode({ v: 2 }), later: true },
  { name: 'an earlier one', encoded: variant({ v: 0 }), later: false },
  { name: 'none', encoded: variant({ v: undefined }), later: false },
  { name: 'one in words', encoded: variant({ v: '2' }), later: false },
  { name: 'one that is too long to be read', encoded: variant({ v: 2, plan: 'x'.repeat(4096) }), later: false },
  { name: 'no record at all', encoded: 'abc-->', later: false },
])('T-57 F-50 is the version a later one? $name: $later', ({ encoded, later }) => {
  expect(isOfLaterVersion(encoded)).toBe(later)
})
