/** Traces of a secret that only some secrets have: signs that an encoding writes in its own way, and very short ones. */
import { redactor, withoutTokens } from '../../../src/core/report/redact.ts'

const base64 = (secret: string) => Buffer.from(secret).toString('base64')
const base64url = (secret: string) => Buffer.from(secret).toString('base64url')
/** In base64 these are full of `+` and `/`. */
const SIGNS = '>>>???>>>???>>>???'
const SHORT = 'a"b\\cdefg'

test.each([
  { name: 'base64 full of signs', secret: SIGNS, written: base64(SIGNS) },
  { name: 'base64url full of signs', secret: SIGNS, written: base64url(SIGNS) },
  { name: 'the beginning of its base64 alone', secret: 'k3-Secret_of_mine', written: base64('k3-Secret').slice(0, 12) },
  { name: 'a short one in JSON, without the quotation marks', secret: SHORT, written: 'a\\"b\\\\cdefg' },
  { name: 'a short one in a URL', secret: SHORT, written: 'a%22b%5Ccdefg' },
  { name: 'a short one in hex', secret: SHORT, written: '6122625c6364656667' },
  { name: 'one with a tab, in hex', secret: 'abcde\tfghij', written: '616263646509666768696a' },
  { name: 'a short one, reversed', secret: SHORT, written: 'gfedc\\b"a' },
  { name: 'one of eight characters', secret: 'a1b2c3d4', written: 'a1b2c3d4' },
  { name: 'one of exactly one piece', secret: 'a1b2c3d4e5f6', written: 'a1b2c3d4e5f6' },
])('T-77 $name is masked', ({ secret, written }) => {
  const redacted = redactor([secret])(`(${written})`)
  expect(redacted).toMatch(/^\(.*\*\*\*.*\)$/)
  // What is left of the last group of base64 tells less than one character.
  expect(redacted.length).toBeLessThanOrEqual('(***)'.length + 4)
})

test('T-77 the same twice, overlapping itself, leaves nothing', () => {
  expect(redactor(['abababababababab'])('xababababababababababy')).toBe('x***y')
})

test('T-77 what only begins like the end of a private key is no end', () => {
  const text = '-----BEGIN PRIVATE KEY-----\nx\n-----END nothing\n-----END PRIVATE KEY----- y'
  expect(withoutTokens(text)).toBe('*** y')
})
