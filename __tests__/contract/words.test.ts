import { readFileSync } from 'node:fs'
import { files, ROOT, read } from './tree.ts'

/** Pictures and the like are not text. */
const isText = (file: string): boolean => !readFileSync(`${ROOT}${file}`).includes(0)
const all = files().filter(isText)
/** What others wrote, as it came: the bundle with its licences. */
const ours = all.filter((file) => !file.startsWith('dist/'))

/** Tests about such characters need some of them. */
const NEEDS_INVISIBLE = /^__tests__\/(?!contract\/)/

// Put together from pieces, so that this file does not name what it looks for.
const REGISTRY = new RegExp(
  [
    'registry\\.(?:npm',
    'js|yarn',
    'pkg|npm',
    'mirror)|npm\\.pkg\\.',
    '|\\bjf',
    'rog\\b|arti',
    'factory|code',
    'artifact',
  ].join(''),
  'i',
)
const MACHINE = new RegExp(
  `(?<![\\w.~*\\-\\]}])/(?:${['wo' + 'rk', 'ro' + 'ot', 'Us' + 'ers', 'ho' + 'me'].join('|')})/(?!runner/)\\w`,
)
const INVISIBLE = /[\p{Cf}\p{Zl}\p{Zp}]|[^\P{Cc}\t\n]/u
const UNFINISHED = new RegExp(`\\b(?:${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`)

const withLine = (list: string[], wrong: RegExp): string[] =>
  list.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, at) => (wrong.test(line) ? [`${file}:${at + 1}`] : [])),
  )

test('there is something to look at', () => {
  expect(all.length).toBeGreaterThan(150)
})

test('no file names a host that packages come from', () => {
  expect(withLine(all, REGISTRY)).toEqual([])
})

test('no file names a folder of somebody’s machine', () => {
  expect(withLine(ours, MACHINE)).toEqual([])
})

test('no file hides characters that cannot be seen or that turn the text around', () => {
  const meant = ours.filter((file) => !NEEDS_INVISIBLE.test(file))
  expect(withLine(meant, INVISIBLE)).toEqual([])
})

test('nothing is left for later in the code', () => {
  expect(
    withLine(
      ours.filter((file) => /\.(ts|mjs|js|yml)$/.test(file)),
      UNFINISHED,
    ),
  ).toEqual([])
})

test('every text file of ours ends with a newline, and has no blanks at the end of its lines', () => {
  const tidy = ours.filter((file) => !/\.(diff|patch)$|LICENSE$|package-lock\.json$/.test(file))
  expect(tidy.filter((file) => read(file) !== '' && !read(file).endsWith('\n'))).toEqual([])
  expect(withLine(tidy, /[ \t]$/)).toEqual([])
})

test('the licence is the Apache License 2.0, as package.json says', () => {
  expect(read('LICENSE')).toMatch(/^\s+Apache License\n\s+Version 2\.0, January 2004\n/)
  expect(read('LICENSE')).toContain('END OF TERMS AND CONDITIONS')
  expect(JSON.parse(read('package.json')).license).toBe('Apache-2.0')
})

test('the newest entry of the changelog is the version of package.json', () => {
  const [, version] = /^## (\S+)/m.exec(read('CHANGELOG.md')) ?? []
  expect(version).toBe(JSON.parse(read('package.json')).version)
})
