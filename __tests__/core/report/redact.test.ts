import fc from 'fast-check'
import { redactor } from '../../../src/core/report/redact.ts'
import { characters } from '../../support/hostile/text.ts'
import { BUDGET_MS, fastest } from '../fastest.ts'

const bytes = (text: string) => Buffer.from(text)
const shifted = (text: string, shift: number) =>
  Buffer.concat([Buffer.from('xyz'.slice(0, shift)), bytes(text), Buffer.from('tail')])

/** Made here, so that no scanner takes this file for a leak. */
const random = (length: number) =>
  Array.from({ length }, (_, at) => 'aZ3kP9_xQ7-bN2vR5tL8'.charAt((at * 7 + length) % 20)).join('')
const SECRETS: { kind: string; secret: string }[] = [
  { kind: 'Jules key', secret: `AQ.${random(50)}` },
  { kind: 'Google key', secret: `AIza${random(35)}` },
  { kind: 'installation token', secret: `ghs_${random(36)}` },
  { kind: 'installation token of 2026', secret: `ghs_${random(20)}.${random(40)}-${random(9)}` },
  { kind: 'personal token', secret: `ghp_${random(36)}` },
  { kind: 'fine-grained token', secret: `github_pat_${random(70)}` },
  { kind: 'one with every sign', secret: `a!"#$%&'()*+,-./:;<=>?@[]^_{|}~\\z` },
  { kind: 'short', secret: `k${random(8)}` },
  { kind: 'of 12 characters', secret: random(12) },
  {
    kind: 'of 200 characters',
    secret: Array.from({ length: 10 }, (_, at) => random(20 - at) + at)
      .join('')
      .slice(0, 200),
  },
]
const ENCODINGS: { encoding: string; of: (secret: string) => string }[] = [
  { encoding: 'as it is', of: (secret) => secret },
  { encoding: 'base64', of: (secret) => bytes(secret).toString('base64') },
  { encoding: 'base64 behind one byte', of: (secret) => shifted(secret, 1).toString('base64') },
  { encoding: 'base64 behind two bytes', of: (secret) => shifted(secret, 2).toString('base64') },
  { encoding: 'base64url', of: (secret) => bytes(secret).toString('base64url') },
  { encoding: 'base64url behind two bytes', of: (secret) => shifted(secret, 2).toString('base64url') },
  { encoding: 'hex', of: (secret) => bytes(secret).toString('hex') },
  { encoding: 'HEX', of: (secret) => bytes(secret).toString('hex').toUpperCase() },
  { encoding: 'in a URL', of: (secret) => encodeURIComponent(secret) },
  { encoding: 'in JSON', of: (secret) => JSON.stringify(secret).slice(1, -1) },
  { encoding: 'reversed', of: (secret) => [...secret].reverse().join('') },
]
const ROWS = SECRETS.flatMap((one) =>
  ENCODINGS.map((other) => ({ ...one, ...other, name: `${one.kind}, ${other.encoding}` })),
)

/** The longest piece of a text that is still there. */
function left(written: string, redacted: string): number {
  const lengths = Array.from({ length: written.length }, (_, at) => at + 1).reverse()
  const isThere = (length: number) =>
    Array.from({ length: written.length - length + 1 }, (_, at) => written.slice(at, at + length)).some((piece) =>
      redacted.includes(piece),
    )
  return lengths.find(isThere) ?? 0
}

describe('T-77 every trace of a secret', () => {
  test.each(ROWS)('$name', ({ secret, of }) => {
    const written = of(secret)
    const redacted = redactor([secret])(`before ${written} after`)
    expect(left(written, redacted)).toBeLessThan(12)
    expect(redacted).toMatch(/^before .*\*\*\*.* after$/)
  })

  test('cut short: the first letters dropped, so that a pattern would miss it', () => {
    const secret = `ghs_${random(36)}`
    for (const piece of [secret.slice(7), secret.slice(0, -7), secret.slice(10, 22)])
      expect(redactor([secret])(`x${piece}y`)).toBe('x***y')
  })

  test('several times, next to each other, and several secrets', () => {
    const [a, b] = [`A${random(20)}`, `B${random(30)}`]
    expect(redactor([a, b])(`${a}${a} ${b}`)).toMatch(/^(\*\*\*)+ \*\*\*$/)
  })

  test('wherever it stands, 12 characters in a row of it are not left', () => {
    const secret = `AQ.${random(50)}`
    const redact = redactor([secret])
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.nat({ max: 30 }),
        fc.integer({ min: 12, max: 53 }),
        (before, after, from, length) => {
          const piece = secret.slice(from, from + length)
          const redacted = redact(`${before}${piece}${after}`)
          expect(left(piece, redacted)).toBeLessThan(12)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('T-77 nothing else is touched', () => {
  const secret = `AQ.${random(50)}`
  const redact = redactor([secret, random(9)])
  test('text without a trace', () => {
    fc.assert(
      fc.property(fc.oneof(characters(20), fc.lorem(), fc.base64String()), (text) => {
        expect(redact(text)).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  test('eleven characters of it', () => {
    expect(redact(`a ${secret.slice(5, 16)} b`)).toBe(`a ${secret.slice(5, 16)} b`)
  })

  test('what stands around it', () => {
    expect(redact(`(${secret})`)).toBe('(***)')
  })

  test('without secrets, or with empty ones, everything stays', () => {
    expect(redactor([])('a')).toBe('a')
    expect(redactor(['', 'short'])('a short text')).toBe('a short text')
  })
})

test.each([
  { name: 'letters', piece: 'a' },
  { name: 'beginnings of the secret', piece: `AQ.${random(50)}`.slice(0, 11) },
  { name: 'the secret', piece: `AQ.${random(50)}` },
  { name: 'a short secret', piece: random(9) },
])('T-130 64 KiB of $name take linear time', ({ piece }) => {
  const redact = redactor([`AQ.${random(50)}`, random(9)])
  const hostile = piece.repeat(Math.ceil((64 * 1024) / piece.length))
  expect(fastest(() => redact(hostile))).toBeLessThanOrEqual(BUDGET_MS)
})
