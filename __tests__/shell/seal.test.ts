/** The hidden last line of the tracking comment: only what we signed, for this very thread, opens. */
import { hasRecord, makeSeal, noteKey, noteLine } from '../../src/shell/github/seal.ts'

const seal = makeSeal('canary-key', '1', 7)
const line = seal.close('eyJ2IjoxfQ')
const comment = `### Working\n\n${line}`

test('what was closed opens, and stands on a line of its own that mail shows as nothing', () => {
  expect(line).toMatch(/^<!-- jules-relay [A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43} -->$/)
  expect(seal.open(comment)).toBe('eyJ2IjoxfQ')
})

const FORGED = [
  { name: 'T-53 another thread', open: makeSeal('canary-key', '1', 8), comment },
  { name: 'T-53 another repository', open: makeSeal('canary-key', '2', 7), comment },
  { name: 'T-51 another key', open: makeSeal('other-key', '1', 7), comment },
  { name: 'T-54 one letter changed', open: seal, comment: comment.replace('eyJ2', 'eyJ3') },
  { name: 'T-52 not the last line', open: seal, comment: `${comment}\nand more` },
  { name: 'T-50 no signature', open: seal, comment: '<!-- jules-relay eyJ2IjoxfQ -->' },
  { name: 'T-56 much too long', open: seal, comment: seal.close('A'.repeat(5000)) },
  { name: 'no record at all', open: seal, comment: 'Hello' },
]
test.each(FORGED)('$name: does not open', ({ open, comment: body }) => {
  expect(open.open(body)).toBeUndefined()
})

test('blanks and line ends behind it, as GitHub may add, do no harm', () => {
  expect(seal.open(`${comment}\r\n`)).toBe('eyJ2IjoxfQ')
  expect(hasRecord(comment)).toBe(true)
})

test('the key of a short comment is found again', () => {
  expect(noteKey(`Hello\n\n${noteLine('answer-12')}`)).toBe('answer-12')
  expect(noteKey(`${noteLine('answer-12')}\nHello`)).toBeUndefined()
})
