import { parseCommand } from '../../emulator/runner/command.ts'
import { parseKeyValues } from '../../emulator/runner/command-files.ts'
import { startLog } from '../../emulator/runner/log.ts'

test.each([
  ['::debug::hello', { command: 'debug', properties: {}, value: 'hello' }],
  ['  ::ERROR file=a.ts,line=3::x', { command: 'error', properties: { file: 'a.ts', line: '3' }, value: 'x' }],
  [
    '::warning title=50%25%3A%2C::a%2525%0D%0Ab',
    { command: 'warning', properties: { title: '50%:,' }, value: 'a%25\r\nb' },
  ],
  ['text ##[error code=1;]bad%5D', { command: 'error', properties: { code: '1' }, value: 'bad]' }],
  ['text ::error::not at the start', undefined],
  ['::unknown::x', undefined],
  ['::error', undefined],
])('%s', (line, command) => {
  expect(parseCommand(line)).toEqual(command)
})

test.each([
  ['a=1\nb=\n\nc=x=y\n', { a: '1', b: '', c: 'x=y' }],
  ['a<<D\nD\n', { a: '' }],
  ['a<<D\none\n\ntwo=2\nD\nb=1', { a: 'one\n\ntwo=2', b: '1' }],
  ['a=x<<D\nb=1\n', { a: 'x<<D', b: '1' }],
  ['a=1\na=2\n', { a: '2' }],
  ['__proto__=1\n', Object.fromEntries([['__proto__', '1']])],
])('values of %j', (text, values) => {
  expect(parseKeyValues(text)).toEqual(values)
})

test.each([
  ['a<<D\nnever closed\n', "Matching delimiter not found 'D'"],
  ['<<D\nD\n', 'Name must not be empty'],
  ['a<<\n\n', 'delimiter must not be empty'],
  ['=1\n', 'Name must not be empty'],
  ['free text\n', "Invalid format 'free text'"],
])('%j is refused', (text, message) => {
  expect(() => parseKeyValues(text)).toThrow(message)
})

test('lines are found whatever the pieces, and a lone carriage return ends one', () => {
  const lines: string[] = []
  const stream = startLog((line) => lines.push(line)).stream()
  for (const piece of 'one\r\ntwo\rthree\n\nfour') stream.take(piece)
  stream.end()
  expect(lines).toEqual(['one', 'two', 'three', '', 'four'])
})

test('a mask of several lines hides each of them, the longest value first', () => {
  const lines: string[] = []
  const log = startLog((line) => lines.push(line))
  const stream = log.stream()
  stream.take('::add-mask::alpha%0Abeta\n::add-mask::alphabet\n::add-mask::  \nalpha beta alphabet\n')
  expect(lines.at(-1)).toBe('*** *** ***')
  expect(log.masks).toEqual(['alpha\nbeta', 'alphabet'])
})
