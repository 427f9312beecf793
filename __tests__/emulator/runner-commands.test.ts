import { parseCommand } from '../../emulator/runner/command.ts'
import { keyValues } from '../../emulator/runner/key-values.ts'

test.each([
  ['::debug::hello', { command: 'debug', properties: {}, value: 'hello' }],
  ['  ::ERROR file=a.ts,line=3::x', { command: 'error', properties: { file: 'a.ts', line: '3' }, value: 'x' }],
  [
    '::warning title=50%25%3A%2C::a%2525%0D%0Ab',
    { command: 'warning', properties: { title: '50%:,' }, value: 'a%25\r\nb' },
  ],
  ['text ##[error code=1;]bad%5D', { command: 'error', properties: { code: '1' }, value: 'bad]' }],
  ['text ::error::not at the start', undefined],
  // What .NET trims.
  ...['\u00a0', '\u0085', '\u2028', '\u3000', '\t\v\f'].map((blank): [string, object] => [
    `${blank}::debug::x`,
    { command: 'debug', properties: {}, value: 'x' },
  ]),
  ['\ufeff::debug::x', undefined],
  ['\u200b::debug::x', undefined],
  ['::debug::a ##[error]b', { command: 'debug', properties: {}, value: 'a ##[error]b' }],
  ['::unknown::a ##[error]b', { command: 'error', properties: {}, value: 'b' }],
  ['##[error', undefined],
  ['##[Set-Output name=a%3Bb]c%3A', { command: 'set-output', properties: { name: 'a;b' }, value: 'c%3A' }],
  [
    '::notice  title=a, file=b,line=,=col=3,==end==4::',
    { command: 'notice', properties: { title: 'a', ' file': 'b', col: '3', end: '4' }, value: '' },
  ],
  ['::notice TITLE=a=b=::x', { command: 'notice', properties: { title: 'a=b=' }, value: 'x' }],
  [':: debug::x', undefined],
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
  ['a=1\r\nb<<D\r\nx\r\ny\r\nD\r\n', { a: '1\r', b: 'x\r\ny\r' }],
  ['a<<D\nD', { a: '' }],
  ['=1\n', { '': '1' }],
  ['__proto__=1\n', Object.fromEntries([['__proto__', '1']])],
])('values of %j', (text, values) => {
  expect(Object.fromEntries(keyValues(text))).toEqual(values)
})

test.each([
  ['a<<D\nnever closed\n', "Matching delimiter not found 'D'"],
  ['a<<D', "Matching delimiter not found 'D'"],
  ['a<<D\nnever closed', 'EOF marker missing new line.'],
  ['a=1\r\n\r\n', "Invalid format '\r'"],
  ['<<D\nD\n', 'Name must not be empty'],
  ['a<<\n\n', 'delimiter must not be empty'],
  ['free text\n', "Invalid format 'free text'"],
])('%j is refused', (text, message) => {
  expect(() => [...keyValues(text)]).toThrow(message)
})
