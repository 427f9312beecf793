/** No text can act as a command of the runner, in either of its two grammars. */
import fc from 'fast-check'
import { harmless } from '../../src/shell/runner/log.ts'

/** As the runner reads a line: `::` after leading blanks, `##[` anywhere. */
function isCommand(line: string): boolean {
  return /^\s*::[^:]+::/u.test(line) || /##\[[^\]]+\]/.test(line)
}

const LINES = [
  '::add-mask::a',
  'x ##[add-mask]a',
  '\u00a0::stop-commands::x',
  '\u2028::error::x',
  'harmless\r::set-output name=x::y',
  '::::add-mask::a',
]
test.each(LINES)('T-90 T-91 %j is not a command any more', (line) => {
  expect(
    harmless(line)
      .split(/\r\n|[\r\n\u0085\u2028\u2029]/)
      .filter(isCommand),
  ).toEqual([])
})

test('T-90 T-91 no text at all is', () => {
  const piece = fc.constantFrom(
    ':',
    '::',
    '#',
    '##',
    '[',
    ']',
    'add-mask',
    'error',
    '\n',
    '\r',
    '\u2028',
    ' ',
    '\u00a0',
    'a',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const lines = harmless(pieces.join('')).split(/\r\n|[\r\n\u0085\u2028\u2029]/)
      return !lines.some(isCommand)
    }),
    { numRuns: 10_000 },
  )
})

test('T-90 no two colons stand together, however many there were', () => {
  expect(harmless('::: :::: a:b')).not.toContain('::')
  expect(harmless(':::a').replaceAll('\u200b', '')).toBe(':::a')
})

test('ordinary lines stay as they are', () => {
  expect(harmless('Session 1 is QUEUED: https://jules.google.com/session/1')).toBe(
    'Session 1 is QUEUED: https://jules.google.com/session/1',
  )
})
