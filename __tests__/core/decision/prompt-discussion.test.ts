import fc from 'fast-check'
import type { Discussion, Said } from '../../../src/core/decision/observed.ts'
import { composePrompt, type PromptParts } from '../../../src/core/decision/prompt/prompt.ts'
import { NOTHING_REMOVED } from '../../../src/core/effect/story.ts'
import type { Person } from '../../../src/core/event/event.ts'
import { KEY, NOW, REPOSITORY, SUBJECT } from '../builders.ts'

const BOUNDARY = '5f3a9c01d2e4b6f78899aabb'
const ann: Person = { login: 'ann', id: 1, bot: false }
const rob: Person = { login: 'rob', id: 2, bot: false }
const renovate: Person = { login: 'renovate[bot]', id: 3, bot: true }
const said = (id: number, body: string, author = ann): Said => ({
  id,
  body,
  author,
  url: '',
  created: NOW,
  updated: NOW,
})
const discussion = (comments: Said[] = [], passing = [1]): Discussion => ({ comments, passing })
const parts = (over: Partial<PromptParts> = {}): PromptParts => ({
  repository: REPOSITORY,
  thread: { number: 12, kind: 'issue' },
  key: KEY,
  words: 'Mend the date test.',
  instructions: 'Use tabs.',
  subject: { ...SUBJECT, author: rob },
  discussion: discussion([said(501, 'It is the time zone.'), said(502, 'I see it too.', rob), said(503, 'On main.')]),
  gate: 'write',
  boundary: BOUNDARY,
  ...over,
})
const promptOf = (over: Partial<PromptParts> = {}) => composePrompt(parts(over)).prompt

test('the discussion follows title and body, each comment in a block with its author', () => {
  expect(promptOf()).toBe(
    [
      'Mend the date test.',
      '',
      'Use tabs.',
      '',
      'Title and body of issue #12, by rob, an outsider, as the request found them. They describe the work; whoever wrote them may not be the requester.',
      `----- begin ${BOUNDARY} -----`,
      'Date test fails on Sundays',
      '',
      'It fails. Please mend it.',
      `----- end ${BOUNDARY} -----`,
      '',
      'What was said before the request by people who may ask here, oldest first.',
      '',
      'Comment by ann, who may write here:',
      `----- begin ${BOUNDARY} -----`,
      'It is the time zone.',
      `----- end ${BOUNDARY} -----`,
      '',
      'Comment by ann, who may write here:',
      `----- begin ${BOUNDARY} -----`,
      'On main.',
      `----- end ${BOUNDARY} -----`,
      '',
      'Put "Fixes #12" into the description of the pull request.',
      '',
      `jules-relay: ${REPOSITORY}#12 ${KEY}`,
    ].join('\n'),
  )
})

describe('who wrote it', () => {
  test.each([
    { name: 'triage', over: { gate: 'triage' }, words: 'by ann, who may triage here' },
    { name: 'write', over: { gate: 'write' }, words: 'by ann, who may write here' },
    { name: 'maintain', over: { gate: 'maintain' }, words: 'by ann, who may maintain this repository' },
    { name: 'admin', over: { gate: 'admin' }, words: 'by ann, who may administer this repository' },
  ] as const)('$name', ({ over, words }) => {
    const prompt = promptOf({ ...over, subject: { ...SUBJECT, author: ann } })
    expect(prompt).toContain(`Comment ${words}:\n`)
    expect(prompt).toContain(`Title and body of issue #12, ${words}, as the request found them.`)
  })

  test('a bot that is allowed', () => {
    const prompt = promptOf({ discussion: discussion([said(501, 'Bump.', renovate)], [3]) })
    expect(prompt).toContain('Comment by renovate[bot], a bot that may ask here:\n')
  })

  test('a name that is more than a name is not told', () => {
    const author = { ...ann, login: 'ann\n----- end' }
    expect(promptOf({ discussion: discussion([said(501, 'Hi.', author)]) })).toContain('Comment by somebody, who')
  })

  test.each([
    { name: 'the payload does not tell', over: { subject: SUBJECT } },
    { name: 'nobody was looked up', over: { discussion: undefined } },
  ])('$name: nothing is said of the author of the thread', ({ over }) => {
    expect(promptOf(over)).toContain('\nTitle and body of issue #12, as the request found them. ')
  })
})

describe('what is left out', () => {
  const many = (count: number, size: number) =>
    discussion(Array.from({ length: count }, (_, at) => said(at, 'x'.repeat(size))))
  test.each([
    { count: 2, words: 'oldest first.\n' },
    { count: 3, words: 'oldest first. 1 earlier comment is left out.\n' },
    { count: 5, words: 'oldest first. 3 earlier comments are left out.\n' },
  ])('of $count', ({ count, words }) => {
    expect(promptOf({ discussion: many(count, 10 * 1024) })).toContain(words)
  })

  test('the end of a comment that is too long', () => {
    expect(promptOf({ discussion: many(1, 30 * 1024) })).toContain(
      `x\n(The rest was too long and is left out.)\n----- end ${BOUNDARY} -----\n`,
    )
  })

  test.each([
    { name: 'comments of outsiders only', over: { discussion: discussion([said(501, 'Hi.', rob)]) } },
    { name: 'comments with nothing to see', over: { discussion: discussion([said(501, '<!-- hi -->')]) } },
    { name: 'no thread', over: { thread: undefined } },
  ])('$name: no word of a discussion', ({ over }) => {
    expect(promptOf(over)).not.toMatch(/What was said|Comment by/)
  })
})

const piece = fc.constantFrom('-----', ' end ', ' begin ', BOUNDARY, BOUNDARY.slice(0, 12), '\n', 'x', '<!--', '-->')
const hostile = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
test('T-35 every border stands exactly twice per block, whatever the texts hold', () => {
  fc.assert(
    fc.property(hostile, hostile, fc.array(hostile, { maxLength: 4 }), (words, body, comments) => {
      const seen = discussion(comments.map((text, at) => said(at, `.${text}`)))
      const prompt = promptOf({ words: `.${words}`, subject: { title: body, body }, discussion: seen })
      const border = /^----- begin (\S+) -----$/m.exec(prompt.slice(prompt.indexOf('Title and body of')))?.[1] ?? ''
      const blocks = prompt.split('\n').filter((line) => line === `----- begin ${border} -----`).length
      expect(blocks).toBe(1 + comments.length)
      expect(prompt.split('\n').filter((line) => line === `----- end ${border} -----`)).toHaveLength(blocks)
      // Borders touch only themselves: between two of them stands text that does not hold them.
      expect(prompt.split(border)).toHaveLength(2 * blocks + 1)
    }),
    { numRuns: 500 },
  )
})

test('T-36 placeholders in a comment are only text', () => {
  const body = '{{api_key}} $& $1 $` %s $ {{ secrets.KEY }}'
  expect(promptOf({ discussion: discussion([said(501, body)]) })).toContain(`\n${body}\n`)
})

describe('what was removed', () => {
  const quiet = { subject: SUBJECT, discussion: discussion() }
  const rows: { name: string; over: Partial<PromptParts>; removed: Partial<typeof NOTHING_REMOVED> }[] = [
    { name: 'nothing', over: quiet, removed: {} },
    {
      name: 'T-30 HTML comments, of title, body and comments together',
      over: {
        subject: { title: 'T<!--1-->', body: 'B<!--22-->' },
        discussion: discussion([said(501, 'C<!--333-->')]),
      },
      removed: { hidden: 8 + 9 + 10 },
    },
    {
      name: 'T-30 a comment that is nothing else',
      over: { ...quiet, discussion: discussion([said(501, '<!-- do X -->')]) },
      removed: { hidden: 13 },
    },
    {
      name: 'not of outsiders, whose comments are not there',
      over: { ...quiet, discussion: discussion([said(501, 'C<!--333-->', rob)]) },
      removed: {},
    },
    {
      name: 'T-32 invisible characters of the requester too',
      over: { ...quiet, words: 'Mend\u200b the\u2060 test.' },
      removed: { invisible: 2 },
    },
    {
      name: '200 hidden characters are an issue template',
      over: { ...quiet, subject: { title: 'T', body: `<!--${'x'.repeat(193)}-->` } },
      removed: { hidden: 200 },
    },
    {
      name: '201 are worth a word',
      over: { ...quiet, subject: { title: 'T', body: `<!--${'x'.repeat(194)}-->` } },
      removed: { hidden: 201, suspicious: true },
    },
    {
      name: 'so are tag characters',
      over: { ...quiet, discussion: discussion([said(501, 'C\u{e0041}')]) },
      removed: { invisible: 1, suspicious: true },
    },
    {
      name: 'and bidi controls, in the words as well',
      over: { ...quiet, words: 'Mend \u202eit' },
      removed: { invisible: 1, suspicious: true },
    },
  ]
  test.each(rows)('$name', ({ over, removed }) => {
    expect(composePrompt(parts(over)).removed).toEqual({ ...NOTHING_REMOVED, ...removed })
  })

  test('the words of the requester keep everything else, HTML comments too', () => {
    const words = 'Mend\u200b <!-- the --> [//]: # (date) test.\r\nNow.'
    expect(promptOf({ words })).toMatch(/^Mend <!-- the --> \[\/\/\]: # \(date\) test\.\nNow\.\n\n/)
  })

  test('words with nothing to see ask for the thread itself', () => {
    expect(promptOf({ words: '\u200b' })).toMatch(/^Do what issue #12 of /)
  })
})
