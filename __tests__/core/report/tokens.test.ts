/** What has the shape of a token is never posted, whoever it belongs to. The values are made up, piece by piece. */
import { withoutTokens } from '../../../src/core/report/redact.ts'
import { BUDGET_MS, fastest } from '../fastest.ts'

const letters = (length: number) => 'aB3'.repeat(length).slice(0, length)

const TOKENS = [
  { name: 'a token of a GitHub user', token: `ghp_${letters(36)}` },
  { name: 'a token of a GitHub job, old form', token: `ghs_${letters(36)}` },
  { name: 'a token of a GitHub job, the form of 2026', token: `ghs_${letters(40)}.${letters(80)}-${letters(20)}` },
  { name: 'a fine-grained token of GitHub', token: `github_pat_${letters(60)}` },
  { name: 'a Google key', token: `AIza${letters(35)}` },
  { name: 'a Jules key', token: `AQ.${letters(50)}` },
  { name: 'a Google access token', token: `ya29.${letters(60)}` },
  { name: 'an AWS key id', token: `AKIA${'A1'.repeat(8)}` },
  { name: 'a Slack token', token: `xoxb-${letters(40)}` },
  { name: 'an npm token', token: `npm_${letters(36)}` },
  { name: 'a JSON web token', token: `eyJ${letters(30)}.${letters(40)}.${letters(43)}` },
  { name: 'a private key', token: `-----BEGIN RSA PRIVATE KEY-----\n${letters(64)}\n-----END RSA PRIVATE KEY-----` },
]
test.each(TOKENS)('T-77 $name is masked, and nothing around it', ({ token }) => {
  expect(withoutTokens(`before ${token} after`)).toBe('before *** after')
})

const BEGINNINGS = [
  ...[...'pousr'].map((kind) => ({ begins: `gh${kind}_`, least: 20, of: 'aB3_.-' })),
  { begins: 'github_pat_', least: 20, of: 'aB3_' },
  { begins: 'AIza', least: 30, of: 'aB3_-' },
  { begins: 'AQ.', least: 20, of: 'aB3_-' },
  { begins: 'ya29.', least: 20, of: 'aB3_-' },
  { begins: 'AKIA', least: 16, of: 'B3' },
  { begins: 'ASIA', least: 16, of: 'B3' },
  ...[...'abeprs'].map((kind) => ({ begins: `xox${kind}-`, least: 10, of: 'aB3-' })),
  { begins: 'sk-', least: 20, of: 'aB3_-' },
  { begins: 'npm_', least: 30, of: 'aB3' },
  { begins: `eyJ${letters(10)}.`, least: 10, of: 'aB3_-' },
]
test.each(BEGINNINGS)('T-77 $begins is the beginning of a token from $least signs on', ({ begins, least, of }) => {
  const signs = of.repeat(least).slice(0, least)
  expect(withoutTokens(`before ${begins}${signs} after`)).toBe('before *** after')
  expect(withoutTokens(`before ${begins}${signs.slice(1)} after`)).toBe(`before ${begins}${signs.slice(1)} after`)
  expect(withoutTokens(`${begins}${signs}, ${begins}${signs}`)).toBe('***, ***')
})

test('T-77 a JSON web token goes with its signature, and begins where a word does', () => {
  const [header, body] = [`eyJ${letters(10)}`, letters(10)]
  expect(withoutTokens(`(${header}.${body}.${letters(43)}_-)`)).toBe('(***)')
  expect(withoutTokens(`x${header}.${body}`)).toBe(`x${header}.${body}`)
  expect(withoutTokens(JSON.stringify(`\n${header}.${body}`))).toBe('"\\n***"')
  expect(withoutTokens(`eyJ${letters(9)}.${body}`)).toBe(`eyJ${letters(9)}.${body}`)
})

test('T-77 several private keys, whatever they are called, and what stands between them', () => {
  const key = (kind: string) => `-----BEGIN ${kind}PRIVATE KEY-----\n${letters(64)}\n-----END ${kind}PRIVATE KEY-----`
  expect(withoutTokens(`a ${key('')} b ${key('EC ')} c`)).toBe('a *** b *** c')
  const long = 'X'.repeat(31)
  expect(withoutTokens(`-----BEGIN ${long}PRIVATE KEY-----`)).toBe(`-----BEGIN ${long}PRIVATE KEY-----`)
})

test('T-77 a private key without an end takes the rest along', () => {
  expect(withoutTokens(`before -----BEGIN PRIVATE KEY-----\n${letters(64)}`)).toBe('before ***')
})

describe('T-77 a private key without an end takes along what may belong to it, and no mark of the page around it', () => {
  const cut = `-----BEGIN PRIVATE KEY-----\n${letters(64)}`
  test.each([
    { name: 'the line end before a fence', text: `${cut}\n\`\`\`\nafter`, left: '***\n```\nafter' },
    { name: 'several of them', text: `${cut}\n \n\`\`\``, left: '***\n \n```' },
    {
      name: 'the backslash before a quote',
      text: `${JSON.stringify(JSON.stringify(cut)).slice(1, -1)} "x"`,
      left: '\\"***\\" "x"',
    },
    {
      name: 'an end that stands behind other marks',
      text: `${cut}. [x] -----END PRIVATE KEY-----`,
      left: '***. [x] -----END PRIVATE KEY-----',
    },
    { name: 'nothing that could be cut', text: '-----BEGIN PRIVATE KEY-----`', left: '***`' },
    { name: 'line ends alone', text: '-----BEGIN PRIVATE KEY-----\n\n`', left: '***\n\n`' },
  ])('$name', ({ text, left }) => {
    expect(withoutTokens(text)).toBe(left)
  })
})

test('ordinary words, paths, hashes and links stay as they are', () => {
  const text =
    'Fix ghost_writer in src/sk-test.ts, see https://github.com/acme/widgets/commit/9f1c2d3e4b5a69788796a5b4c3d2e1f001122334 (npm_config)'
  expect(withoutTokens(text)).toBe(text)
})

const HOSTILE = ['ghs_', 'eyJ', 'eyJaaaaaaaaaaa.', '-----BEGIN PRIVATE KEY-----', 'AQ.', 'xoxb-']
test.each(HOSTILE)('T-130 64 KiB of %j take no time', (piece) => {
  const hostile = piece.repeat(Math.ceil((64 * 1024) / piece.length))
  expect(fastest(() => withoutTokens(hostile))).toBeLessThan(BUDGET_MS)
})
