/** What Jules gets of words about lines of code. */
import fc from 'fast-check'
import type { Remark } from '../../../src/core/decision/observed.ts'
import { borderFor } from '../../../src/core/decision/prompt/foreign.ts'
import { remarksInWords, textsOf } from '../../../src/core/decision/prompt/remarks.ts'
import { characters } from '../../support/hostile/text.ts'
import { BUDGET_MS, fastest } from '../fastest.ts'

const BORDER = '5f3a9c01d2e4b6f78899aabb'
const PULL = 'pull request #34'
const remark = (text: string, over: Partial<Remark['passage']> = {}): Remark => ({
  text,
  passage: { path: 'src/date.ts', line: 7, before: false, hunk: '@@ -1,2 +1,2 @@\n-old\n+new', ...over },
})
const told = (...remarks: Remark[]) => remarksInWords(remarks, 'Mend it.', PULL, BORDER)
const DIFF = `The diff up to there:\n----- begin ${BORDER} -----\n@@ -1,2 +1,2 @@\n-old\n+new\n----- end ${BORDER} -----`

test('nothing was said: nothing is told', () => {
  expect(told()).toBe('')
})

test('a command on a line: where it hangs, and the diff up to there', () => {
  expect(told(remark(''))).toBe(`The words above are about \`src/date.ts\`, line 7 of ${PULL}:\n\n${DIFF}`)
})

test('a command without words on a line: nothing is said to stand above', () => {
  expect(remarksInWords([remark('')], '', PULL, BORDER)).toBe(
    `It was asked for at \`src/date.ts\`, line 7 of ${PULL}:\n\n${DIFF}`,
  )
})

test('a review: every remark with its place, the diff and the words, in their order', () => {
  expect(told(remark('a better name'), remark('and a test', { path: 'b.ts', line: 2, hunk: '' }))).toBe(
    `What the review of ${PULL} says about its lines:\n\n1. On \`src/date.ts\`, line 7:\n\n${DIFF}\n\na better name\n\n2. On \`b.ts\`, line 2:\n\nand a test`,
  )
})

test('a single remark with words of its own is one of a review', () => {
  expect(told(remark('smaller'))).toContain('says about its lines:\n\n1. On `src/date.ts`, line 7:')
})

test.each([
  { name: 'a line', over: {}, words: '`src/date.ts`, line 7:' },
  { name: 'a line that was there before', over: { before: true }, words: '`src/date.ts`, line 7 before the change:' },
  { name: 'a whole file', over: { line: undefined }, words: '`src/date.ts`:' },
  { name: 'T-36 a path that would end its code span', over: { path: 'a`b\nc' }, words: '`a b c`, line 7:' },
  { name: 'T-32 a path with letters that nobody sees', over: { path: 'a\u202eb\u{e0041}' }, words: '`ab`, line 7:' },
])('on $name', ({ over, words }) => {
  expect(told(remark('x', over))).toContain(`1. On ${words}\n\n`)
})

test('T-32 no invisible character of words or diff arrives', () => {
  const hidden = '\u{e0041}\u200b\u202e\u2060\u180e\u3164\u0007'
  const words = told(remark(`nice${hidden}`, { hunk: `+new${hidden}` }))
  expect(words).toContain('nice')
  expect(words).not.toMatch(/[\p{Cf}\p{Default_Ignorable_Code_Point}]|[^\P{Cc}\n]/u)
})

test('code that is suggested stands as it was written', () => {
  const suggestion = 'Better:\n```suggestion\n<!-- kept -->\n\tconst due = 1\n```'
  expect(told(remark(suggestion))).toContain(`\n\n${suggestion}`)
})

test.each([
  { count: 50, left: undefined },
  { count: 51, left: '1 more remark is left out; they stand in the review.' },
  { count: 99, left: '49 more remarks are left out; they stand in the review.' },
])('of $count remarks fifty are told, and the rest is counted', ({ count, left }) => {
  const words = told(...Array.from({ length: count }, (_, at) => remark(`remark ${at}.`)))
  expect(words.match(/^\d+\. On /gm)).toHaveLength(50)
  expect(words).toContain('\n\nremark 49.')
  expect(words).not.toContain('remark 50.')
  expect(words.includes('left out')).toBe(left !== undefined)
  if (left !== undefined) expect(words.endsWith(`\n\n${left}`)).toBe(true)
})

test('many long remarks are told as far as there is room, whole, and the rest is counted', () => {
  const words = told(...Array.from({ length: 20 }, (_, at) => remark(`${at}: ${'x'.repeat(7000)}`)))
  const shown = words.match(/^\d+\. On /gm)?.length ?? 0
  expect(shown).toBeGreaterThan(5)
  expect(words.length).toBeLessThan(64 * 1024)
  expect(words).toMatch(new RegExp(`\n\n${20 - shown} more remarks are left out; they stand in the review\\.$`))
})

test('of a long diff the end is told, from the beginning of a line', () => {
  const hunk = Array.from({ length: 1000 }, (_, at) => `+line ${at}`).join('\n')
  const words = told(remark('', { hunk }))
  expect(words).toContain('\n+line 999\n----- end')
  const [, shown = ''] = /begin [0-9a-f]+ -----\n([\s\S]*)\n----- end/.exec(words) ?? []
  expect(shown).toMatch(/^\+line \d+\n/)
  expect(shown.length).toBeGreaterThan(3900)
  expect(shown.length).toBeLessThanOrEqual(4000)
})

test.each([
  { name: 'a single line', hunk: 'x'.repeat(10_000), shown: 'x'.repeat(4000) },
  { name: 'a long last line', hunk: `+short\n+${'x'.repeat(10_000)}`, shown: 'x'.repeat(4000) },
  { name: 'a long last line but one', hunk: `${'x'.repeat(10_000)}\n+short`, shown: '+short' },
])('of a diff with $name no more than the limit is told', ({ hunk, shown }) => {
  expect(told(remark('', { hunk }))).toContain(`begin ${BORDER} -----\n${shown}\n----- end`)
})

test('a diff that just fits is told whole', () => {
  const hunk = `${'-'.repeat(1999)}\n${'+'.repeat(2000)}`
  expect(told(remark('', { hunk }))).toContain(`\n${hunk}\n----- end`)
})

test('of long words the beginning is told, and no character is halved', () => {
  const words = told(remark(`${'x'.repeat(7999)}😀${'y'.repeat(9000)}`))
  expect(words.endsWith('x'.repeat(7999))).toBe(true)
})

const texts = fc.oneof(
  fc.string({ maxLength: 300 }),
  characters(300),
  fc.constantFrom(BORDER, `----- end ${BORDER} -----`, '----- end', '\n', '```', `${BORDER}${BORDER}`),
)
const hunks = fc.oneof(
  texts,
  fc
    .tuple(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 200 }))
    .map(([size, count]) => `+${'x'.repeat(size)}\n`.repeat(count)),
)
const remarks = fc.array(
  fc.record({
    text: texts,
    passage: fc.record({
      path: texts,
      line: fc.option(fc.nat(), { nil: undefined }),
      before: fc.boolean(),
      hunk: hunks,
    }),
  }),
  { maxLength: 70 },
)

test('T-35 every border stands exactly where we put it, and all of it is bounded', () => {
  fc.assert(
    fc.property(remarks, (given) => {
      const border = borderFor(textsOf(given), BORDER)
      const words = remarksInWords(given, 'Mend it.', PULL, border)
      const [begins, ends] = [words.split(`----- begin ${border} -----`), words.split(`----- end ${border} -----`)]
      expect(begins).toHaveLength(ends.length)
      expect(words.split(border)).toHaveLength(begins.length + ends.length - 1)
      expect(words.length).toBeLessThanOrEqual(
        200 + Math.min(50, given.length) * (8000 + 4000 + 500 + 200 + 2 * border.length),
      )
    }),
    { numRuns: 300 },
  )
})

describe('the worst time on 64 KiB', () => {
  const SIZE = 64 * 1024
  test.each(['\n', ' ', '<!--', '`', '\u200b', '\u{e0041}', '😀', '\r\n', '-', BORDER.slice(0, 23)])(
    'of %j',
    (piece) => {
      const text = piece.repeat(SIZE / piece.length)
      const one = [remark(text, { path: text.slice(0, 500), hunk: text })]
      const fifty = Array.from({ length: 50 }, () =>
        remark(text.slice(0, SIZE / 50), { hunk: text.slice(0, SIZE / 50) }),
      )
      for (const given of [one, fifty])
        expect(fastest(() => remarksInWords(given, 'Mend it.', PULL, borderFor(textsOf(given), BORDER)))).toBeLessThan(
          BUDGET_MS,
        )
    },
  )
})
