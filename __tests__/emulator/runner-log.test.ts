import { startLog } from '../../emulator/runner/log.ts'
import { makeMasker } from '../../emulator/runner/masker.ts'
import { makeTold } from '../../emulator/runner/told.ts'

/** What becomes of some printed lines. */
function follow(text: string, environment: Record<string, string> = {}, secrets: string[] = []) {
  const lines: string[] = []
  const told = makeTold(makeMasker(secrets))
  const log = startLog({ told, environment, onLine: (line) => lines.push(line) })
  const stream = log.stream()
  stream.take(text)
  stream.end()
  return { ...log, told, lines, messages: told.annotations.map(({ message }) => message) }
}

test('lines are found whatever the pieces, and a lone carriage return ends one', () => {
  const lines: string[] = []
  const stream = startLog({ told: makeTold(makeMasker()), onLine: (line) => lines.push(line) }).stream()
  for (const piece of 'one\r\ntwo\rthree\n\nfour') stream.take(piece)
  stream.end()
  expect(lines).toEqual(['one', 'two', 'three', '', 'four'])
})

test('a mask of several lines hides each of them, the longest value first', () => {
  const { lines, masks, messages } = follow(
    '::add-mask::alpha%0Abeta\n::add-mask::alphabet\n::add-mask::  \nalpha beta alphabet\n',
  )
  expect(lines.at(-1)).toBe('*** *** ***')
  expect(masks).toEqual(['alpha\nbeta', 'alphabet'])
  expect(messages).toEqual(["Can't add secret mask for empty string in ##[add-mask] command."])
})

const secret = `k"e'y<&>+1 §x`
test.each([
  ['itself', secret],
  ['base64', btoa(unescape(encodeURIComponent(secret)))],
  ['base64 behind one more byte', Buffer.from(secret).subarray(1).toString('base64')],
  ['base64 behind two more bytes', Buffer.from(secret).subarray(2).toString('base64')],
  ['JSON', JSON.stringify(secret).slice(1, -1)],
  ['an expression', secret.replaceAll("'", "''")],
  ['a part of an address', `k%22e%27y%3C%26%3E%2B1%20%C2%A7x`],
  ['XML', 'k&quot;e&apos;y&lt;&amp;&gt;+1 §x'],
])('a secret is hidden as %s', (_, form) => {
  expect(makeMasker([secret]).mask(`a ${form} b`)).toBe('a *** b')
})

test('secrets are hidden without quotes and blanks, line by line, and what touches is one', () => {
  const masker = makeMasker(['"quoted"', '  wide \n', 'first\r\n second', ' '])
  expect(masker.mask('quoted wide first second')).toBe('*** *** *** ***')
  expect(masker.mask('widewide-wide')).toBe('***-***')
  const overlapping = makeMasker(['abc', 'bcd'])
  expect(overlapping.mask('xabcdx abc')).toBe('x***x ***')
})

test('annotations are masked, cut, and ten of a level', () => {
  const { told } = follow(`${'::error::the key\n'.repeat(12)}::notice::${'x'.repeat(5000)}`, {}, ['key'])
  expect(told.annotations).toHaveLength(11)
  expect(told.annotations[0]).toEqual({ level: 'error', message: 'the ***' })
  expect(told.annotations[10]?.message).toHaveLength(4096)
  expect(told.failed).toBe(false)
})

test('commands rest until the token comes, in either form and any case', () => {
  const { messages, lines } = follow(
    '::stop-commands::Wait-here\n::error::a\n::wait::\n so ##[wait-HERE]\n::error::b\n::stop-commands::x1\n::x1::\n##[error]c',
  )
  expect(messages).toEqual(['b', 'c'])
  // A token of more than six letters is a secret.
  expect(lines[2]).toBe('::wait::')
  expect(lines[0]).toBe('::stop-commands::***')
})

test.each(['', 'error', 'Pause-Logging'])('the token %j is refused and fails the step', (token) => {
  const { told, messages } = follow(`::stop-commands::${token}\n::notice::still heard`)
  expect(told.failed).toBe(true)
  expect(messages).toEqual([expect.stringContaining('You cannot use a endToken'), 'still heard'])
  const allowed = follow(`::stop-commands::${token}\n::notice::not heard`, {
    ACTIONS_ALLOW_UNSECURE_STOPCOMMAND_TOKENS: 'True',
  })
  expect(allowed.messages).toEqual([])
})

test('deprecated commands are obeyed with a warning, those without a name fail the step', () => {
  const { told, messages } = follow('::set-output name=a::1\n##[save-state Name=b;]2\n')
  expect([...told.outputs, ...told.state]).toEqual([
    ['a', '1'],
    ['b', '2'],
  ])
  expect(messages).toEqual([
    expect.stringMatching(/^The `set-output` command is deprecated/),
    expect.stringMatching(/^The `save-state` command is deprecated/),
  ])
  expect(told.failed).toBe(false)
  const nameless = follow('::set-output::1')
  expect(nameless.told.failed).toBe(true)
  expect(nameless.messages.slice(1)).toEqual([
    "Unable to process command '::set-output::1' successfully.",
    "Required field 'name' is missing in ##[set-output] command.",
  ])
})

test('set-env and add-path are refused unless the workflow allows them', () => {
  const text = '::set-env name=A::1\n::add-path::/b\n::set-env name=node_options::-r x\n'
  const refused = follow(text)
  expect(refused.told).toMatchObject({ failed: true, paths: [] })
  expect(refused.told.variables.size).toBe(0)
  expect(refused.messages[1]).toMatch(/^The `set-env` command is disabled\./)
  const allowed = follow(text, { ACTIONS_ALLOW_UNSECURE_COMMANDS: 'true' })
  expect(allowed.told).toMatchObject({ failed: false, paths: ['/b'] })
  expect([...allowed.told.variables]).toEqual([['A', '1']])
  expect(allowed.messages).toEqual(["Can't update NODE_OPTIONS environment variable using ::set-env:: command."])
})

test('echo is on or off', () => {
  expect(follow('::echo:: ON\n::echo::off\n::group::x\n::endgroup::\n::debug::x').messages).toEqual([])
  expect(follow('::echo::maybe').messages[1]).toContain("Current value is: 'maybe'.")
})
