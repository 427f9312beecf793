/** Long patches are taken out of the JSON while it arrives, in whichever parts that is, and nothing is lost. */
import fc from 'fast-check'
import { bytesOf, isBulk, isSameBulk } from '../../src/shell/bulk.ts'
import { getSession } from '../../src/shell/jules/read.ts'
import { readSession } from '../../src/shell/jules/schema.ts'
import { IN_FULL, makeSieve } from '../../src/shell/jules/sieve.ts'
import { clientFor, stopServers } from './jules-server.ts'

afterEach(stopServers)

const LONG = `${'diff 日付 "q" \\ \t\u0001 🙂 é\n'.repeat(12_000)}end`
const outputs = (...patches: string[]) => patches.map((unidiffPatch) => ({ changeSet: { gitPatch: { unidiffPatch } } }))

/** What the sieve makes of a text that comes in parts of so many bytes. */
function sifted(text: string, size: number) {
  const sieve = makeSieve([])
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += size) sieve.take(bytes.subarray(at, at + size))
  return { json: sieve.end(), bulks: sieve.bulks }
}

const textOf = (bulk: Parameters<typeof isSameBulk>[0]) =>
  Buffer.concat([...bytesOf({ patch: '', bulk })].map((piece) => Buffer.from(piece))).toString()

test.each([1, 7, 4096, 1_000_000])('a long patch stands beside its beginning, in parts of %i bytes', (size) => {
  const { json, bulks } = sifted(
    JSON.stringify({ name: 'sessions/1', outputs: outputs('', LONG), state: 'COMPLETED' }),
    size,
  )
  const [, output] = JSON.parse(json).outputs
  expect(JSON.parse(json)).toMatchObject({ name: 'sessions/1', state: 'COMPLETED' })
  expect(LONG.startsWith(output.changeSet.gitPatch.unidiffPatch)).toBe(true)
  expect(output.changeSet.gitPatch).toMatchObject({ [IN_FULL]: 0 })
  expect(bulks.map(textOf)).toEqual([LONG])
})

test.each([1, 60_000, 70_000, 300_000])('a patch of %i characters stays as it is', (length) => {
  const gitPatch = { unidiffPatch: 'x'.repeat(length), baseCommitId: '' }
  const { json, bulks } = sifted(JSON.stringify(gitPatch), 50_000)
  expect([JSON.parse(json), bulks]).toEqual([gitPatch, []])
})

test('what is short stays as it is, whatever it holds', () => {
  const patch = fc.record({ unidiffPatch: fc.string({ unit: 'grapheme', maxLength: 60 }), other: fc.string() })
  const spaced = fc.constantFrom(undefined, 1, '\t')
  fc.assert(
    fc.property(fc.array(patch), spaced, fc.integer({ min: 1, max: 40 }), (patches, space, size) => {
      const { json, bulks } = sifted(JSON.stringify({ patches }, undefined, space), size)
      expect(JSON.parse(json)).toEqual({ patches })
      expect(bulks).toEqual([])
    }),
  )
})

test('escapes of every kind', () => {
  const escaped = String.raw`"\u00e9\ud83d\ude42\/\b\f\n\r\t\"\\ \ud83d. \ude42\u0041"`
  const { json } = sifted(`{"unidiffPatch" : ${escaped}}`, 1)
  // Half a character is no text; everything else is what JSON says.
  expect(JSON.parse(json).unidiffPatch).toBe(JSON.parse(escaped).toWellFormed())
})

test('only the value of that very name is a patch', () => {
  const value = { prompt: `"unidiffPatch": "${'x'.repeat(400_000)}`, unidiffPatch: null, list: ['unidiffPatch', 'y'] }
  const { json, bulks } = sifted(JSON.stringify(value), 1000)
  expect(JSON.parse(json)).toEqual(value)
  expect(bulks).toEqual([])
})

test('JSON that ends within a patch is no JSON', () => {
  expect(() => JSON.parse(sifted(`{"unidiffPatch":"${'x'.repeat(400_000)}`, 1000).json)).toThrow(SyntaxError)
})

test('a piece that is known is kept once', () => {
  const first = sifted(JSON.stringify(outputs(LONG)), 5000).bulks
  const sieve = makeSieve(first)
  sieve.take(Buffer.from(JSON.stringify(outputs(`${LONG} and more`))))
  const [before, after] = [first[0]?.pieces ?? [], sieve.bulks[0]?.pieces ?? []]
  expect(after.slice(0, -1)).toEqual(before.slice(0, -1))
  expect(after[0]?.packed).toBe(before[0]?.packed)
  expect(isSameBulk(first[0], sieve.bulks[0])).toBe(false)
  expect(isSameBulk(first[0], sifted(JSON.stringify(outputs(LONG)), 77).bulks[0])).toBe(true)
})

test('a session has its last patch, the beginning and all of it', async () => {
  const reply = { name: 'sessions/1', outputs: outputs('short', LONG) }
  const client = await clientFor((_, answer) => answer.end(JSON.stringify(reply)))
  const session = await getSession(client, '1')
  expect(LONG.startsWith(session?.patch ?? '?')).toBe(true)
  expect(session?.patch.length).toBeGreaterThan(100 * 1024)
  expect(textOf(session?.bulk)).toBe(LONG)
})

test('nothing that came as JSON passes for a bulk', () => {
  const forged = { bytes: 1, pieces: [{ hash: '', bytes: 1, packed: {} }] }
  const gitPatch = { unidiffPatch: 'x', [IN_FULL]: forged }
  expect(isBulk(forged)).toBe(false)
  expect(readSession({ outputs: [{ changeSet: { gitPatch } }] })).not.toHaveProperty('bulk')
})
