/** The folder with the last patch and the pictures: its names, its limits, and what may not stand in it. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { redactor } from '../../src/core/report/redact.ts'
import type { Media } from '../../src/core/session.ts'
import { writeFiles } from '../../src/shell/runner/files.ts'
import { session, story } from '../core/builders.ts'
import { gif, jpeg, LIARS, media, png, webp } from '../support/picture.ts'

const SECRET = 'canary-key-of-the-tests-0123456789'
const redact = redactor([SECRET])
const PATCH = 'diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-one\n+two\n'

let temp = ''
const before = process.env.RUNNER_TEMP
beforeEach(() => {
  temp = realpathSync(mkdtempSync(join(tmpdir(), 'jules-files-')))
  process.env.RUNNER_TEMP = temp
})
afterEach(() => {
  if (before === undefined) delete process.env.RUNNER_TEMP
  else process.env.RUNNER_TEMP = before
  rmSync(temp, { recursive: true })
})

const keep = (patch: string, kept: Media[] = []) =>
  writeFiles(story({ patch, media: kept, session: session() }), redact)
const NONE = { large: 0, surplus: 0, unfit: 0, unreadable: 0 }

test('nothing to keep: no folder', () => {
  expect(keep('')).toEqual({ folder: '', names: [], leftOut: NONE, failed: false })
  expect(readdirSync(temp)).toEqual([])
})

test('the patch is named for its session and is what Jules wrote', () => {
  const { folder, names } = keep(PATCH)
  expect(dirname(folder)).toBe(temp)
  expect(names).toEqual([`${session().id}.patch`])
  expect(readFileSync(join(folder, names[0] ?? ''), 'utf8')).toBe(PATCH)
})

test('the last line of a patch gets its end, since git refuses it without one', () => {
  const { folder, names } = keep(PATCH.trimEnd())
  expect(readFileSync(join(folder, names[0] ?? ''), 'utf8')).toBe(PATCH)
})

test.each([
  { name: 'Windows line ends', text: PATCH.replaceAll('\n', '\r\n') },
  { name: 'invisible and other characters', text: `${PATCH}+\u200b\u202e中🙂\t \n` },
  { name: 'tokens that are not ours', text: `${PATCH}+ghp_${'a'.repeat(36)}\n` },
  { name: 'a runner command', text: `${PATCH}+::set-output name=x::y\n` },
])('T-78 a patch stays as it is: $name', ({ text }) => {
  const { folder, names } = keep(text)
  expect(readFileSync(join(folder, names[0] ?? ''), 'utf8')).toBe(text)
})

test('T-77 the secrets are taken out of the patch, whole, in part and encoded, and no line is lost', () => {
  const forms = [SECRET, SECRET.slice(7), Buffer.from(SECRET).toString('base64'), [...SECRET].reverse().join('')]
  const { folder, names } = keep(`${PATCH}${forms.map((form) => `+x = '${form}'\n`).join('')}`)
  const written = readFileSync(join(folder, names[0] ?? ''), 'utf8')
  for (const form of forms) expect(written).not.toContain(form.slice(0, 12))
  expect(written.split('\n')).toHaveLength(PATCH.split('\n').length + forms.length)
  expect(written.startsWith(PATCH)).toBe(true)
})

const LONG = 'a'.repeat(300)
const IDS = ['../../up', '/etc/passwd', 'C:\\x', 'a\0b', 'CON', 'x.', ' x', '', '.', '..', '-rf', '中', 'e\u0301', LONG]
test.each(IDS)('T-99 the name of the patch is ours, whatever the session is called: %j', (id) => {
  const { folder, names } = writeFiles(story({ patch: PATCH, session: session({ id }) }), redact)
  expect(names).toEqual(['session.patch'])
  expect(readdirSync(folder)).toEqual(['session.patch'])
})

test('T-99 declared types and files that stand there already have no part in the names', () => {
  mkdirSync(join(temp, 'elsewhere'))
  symlinkSync(join(temp, 'elsewhere'), join(temp, 'jules-relay-files-'))
  writeFileSync(join(temp, `${session().id}.patch`), 'mine')
  const kept = [
    media('../../x', png()),
    media('image/../png', png()),
    media('image/png\0.html', png()),
    media('image/png', png()),
  ]
  const { folder, names, leftOut } = keep(PATCH, kept)
  expect(names).toEqual([`${session().id}.patch`, expect.stringMatching(/^001-[0-9a-f]{12}\.png$/)])
  expect(leftOut).toEqual({ ...NONE, unfit: 3 })
  expect(readFileSync(join(temp, `${session().id}.patch`), 'utf8')).toBe('mine')
  expect(readdirSync(join(temp, 'elsewhere'))).toEqual([])
  for (const name of names) expect(realpathSync(join(folder, name))).toBe(join(folder, basename(name)))
})

test('each run has a folder of its own', () => {
  expect(keep(PATCH).folder).not.toBe(keep(PATCH).folder)
})

test('T-100 the four kinds are kept in order, byte for byte, and told by their bytes', () => {
  const pictures = [
    { type: 'image/png', bytes: png(), extension: 'png' },
    { type: 'image/gif', bytes: gif(), extension: 'gif' },
    { type: 'image/jpeg', bytes: jpeg(), extension: 'jpeg' },
    { type: 'IMAGE/WEBP', bytes: webp('VP8 '), extension: 'webp' },
    { type: 'image/webp', bytes: webp('VP8L'), extension: 'webp' },
    { type: 'image/webp', bytes: webp('VP8X'), extension: 'webp' },
  ]
  const { folder, names, leftOut } = keep(
    '',
    pictures.map(({ type, bytes }) => media(type, bytes)),
  )
  expect(leftOut).toEqual(NONE)
  expect(names.map((name) => name.replace(/-[0-9a-f]{12}\./, ' '))).toEqual(
    pictures.map(({ extension }, at) => `00${at + 1} ${extension}`),
  )
  expect(names.map((name) => readFileSync(join(folder, name)))).toEqual(pictures.map(({ bytes }) => bytes))
})

test.each(LIARS)('T-100 left out: $name', ({ type, bytes }) => {
  const { folder, names, leftOut } = keep('', [media(type, bytes)])
  expect({ folder, names, leftOut }).toEqual({ folder: '', names: [], leftOut: { ...NONE, unfit: 1 } })
  expect(readdirSync(temp)).toEqual([])
})

const BOMBS = [
  { name: 'png', type: 'image/png', bytes: png(60_000, 60_000) },
  { name: 'png, largest numbers', type: 'image/png', bytes: png(0xffffffff, 0xffffffff) },
  { name: 'gif', type: 'image/gif', bytes: gif(65_535, 65_535) },
  { name: 'jpeg', type: 'image/jpeg', bytes: jpeg(60_000, 60_000) },
  { name: 'webp lossy', type: 'image/webp', bytes: webp('VP8 ', 16_000, 16_000) },
  { name: 'webp lossless', type: 'image/webp', bytes: webp('VP8L', 16_000, 16_000) },
  { name: 'webp extended', type: 'image/webp', bytes: webp('VP8X', 60_000, 60_000) },
]
test.each(BOMBS)('T-101 too many pixels: $name', ({ type, bytes }) => {
  const { names, leftOut } = keep('', [media(type, bytes)])
  expect({ names, leftOut }).toEqual({ names: [], leftOut: { ...NONE, large: 1 } })
})

test('T-101 50 megapixels are kept', () => {
  expect(keep('', [media('image/png', png(10_000, 5000))]).names).toHaveLength(1)
  expect(keep('', [media('image/png', png(10_000, 5001))]).names).toHaveLength(0)
})

test('T-101 a long walk through a JPEG without a size ends soon', () => {
  const hostile = Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(9_000_000, 0xff)])
  const began = performance.now()
  expect(keep('', [media('image/jpeg', hostile)]).leftOut.unfit).toBe(1)
  expect(performance.now() - began).toBeLessThan(2000)
})

test('a patch of more than 50 MiB is left out, the pictures stay', () => {
  const { names, leftOut } = writeFiles(
    story({ patch: `${'+x'.repeat(26 * 1024 * 1024)}\n`, media: [media('image/png', png())] }),
    (text) => text,
  )
  expect(names).toHaveLength(1)
  expect(leftOut).toEqual({ ...NONE, large: 1 })
})

test('what was left out before is counted with the rest', () => {
  const { leftOut } = writeFiles(
    story({ leftOut: { large: 1, surplus: 2, unfit: 0, unreadable: 3 }, media: [media('text/html', png())] }),
    redact,
  )
  expect(leftOut).toEqual({ large: 1, surplus: 2, unfit: 1, unreadable: 3 })
})

describe('F-45 a disk that takes nothing ends no run', () => {
  const places: { name: string; place(): string }[] = [
    { name: 'no folder named', place: () => '' },
    { name: 'the folder is not there', place: () => join(temp, 'missing') },
    {
      name: 'a file stands there',
      place: () => {
        writeFileSync(join(temp, 'file'), '')
        return join(temp, 'file')
      },
    },
    {
      name: 'the folder is read-only',
      place: () => {
        mkdirSync(join(temp, 'closed'), { mode: 0o500 })
        return process.getuid?.() === 0 ? '/proc/self' : join(temp, 'closed')
      },
    },
  ]
  test.each(places)('$name', ({ place }) => {
    process.env.RUNNER_TEMP = place()
    expect(keep(PATCH, [media('image/png', png())])).toMatchObject({ folder: '', names: [], failed: true })
  })

  test('what was written before the trouble is taken away again', () => {
    const broken: Media[] = [media('image/png', png()), { mimeType: 'image/png', data: '' }]
    Object.defineProperty(broken[1], 'data', {
      get: () => {
        throw new Error('ENOSPC')
      },
    })
    expect(keep(PATCH, broken)).toMatchObject({ folder: '', names: [], failed: true })
    expect(readdirSync(temp)).toEqual([])
  })
})

test('only the owner of the runner may look into the folder', () => {
  expect(statSync(keep(PATCH).folder).mode & 0o077).toBe(0)
})
