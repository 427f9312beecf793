/** What a reviewer sees is what runs: no letter that cannot be seen, turns the text around or looks like another. */
import { readFileSync } from 'node:fs'
import { parseSync } from '@swc/core'
import { files, ROOT, read } from '../contract/tree.ts'
import { nodesOf } from './syntax.ts'

const isText = (file: string): boolean => !readFileSync(`${ROOT}${file}`).includes(0)
const texts = files().filter(isText)
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]|[^\P{Cc}\t\n]/u
/** Makes a sign a picture, and hides nothing. */
const PICTURES = /(?<=\p{Extended_Pictographic})\ufe0f/gu

const linesWith = (text: string): number[] =>
  text.split('\n').flatMap((line, at) => (UNSEEN.test(line.replace(PICTURES, '')) ? [at + 1] : []))

/** A name of the program with a letter that is not of ASCII: Cyrillic `а` is not `a`. */
function strangeNames(code: string, syntax: 'typescript' | 'ecmascript'): string[] {
  const nodes = nodesOf(parseSync(code, { syntax, target: 'es2024' }))
  const names = nodes.flatMap(({ type, value }) => (type === 'Identifier' ? [String(value)] : []))
  return names.filter((name) => !/^[\w$]+$/.test(name))
}

test.each([
  { name: 'turns the text around', text: 'a\u202eb' },
  { name: 'isolates', text: 'a\u2066b' },
  { name: 'has no width', text: 'a\u200bb' },
  { name: 'is a tag', text: 'a\u{e0041}b' },
  { name: 'is a carriage return alone', text: 'a\rb' },
  { name: 'makes a picture of a letter', text: 'a\ufe0fb' },
])('T-157 the check finds a character that $name', ({ text }) => {
  expect(linesWith(`first\n${text}`)).toEqual([2])
})

test('T-157 the check finds a name with a letter that looks like another', () => {
  expect(strangeNames('const p\u0430ge = 1; page()', 'typescript')).toEqual(['p\u0430ge'])
})

test('T-157 no committed text, the bundle and the tests among them, holds a character that cannot be seen', () => {
  expect(texts.length).toBeGreaterThan(500)
  const wrong = texts.flatMap((file) => linesWith(read(file)).map((line) => `${file}:${line}`))
  expect(wrong).toEqual([])
})

test('T-157 every name in the programs is written in ASCII', () => {
  const programs = texts.filter((file) => /\.(ts|mjs|js|cjs)$/.test(file))
  const wrong = programs.flatMap((file) =>
    strangeNames(read(file), file.endsWith('.ts') ? 'typescript' : 'ecmascript').map((name) => `${file}: ${name}`),
  )
  expect(wrong).toEqual([])
})

test('T-157 every file has a name in ASCII, without blanks', () => {
  expect(files().filter((file) => !/^[\w./@-]+$/.test(file))).toEqual([])
})
