import { renderComment } from '../../../src/core/report/comment.ts'
import { renderNote } from '../../../src/core/report/note.ts'
import { cutSentence, removedInWords, removedSentence } from '../../../src/core/report/removed.ts'
import { renderSummary } from '../../../src/core/report/summary.ts'
import { story } from '../builders.ts'

const rows = [
  { hidden: 0, invisible: 0, words: '' },
  { hidden: 240, invisible: 0, words: '240 hidden characters' },
  { hidden: 0, invisible: 1, words: '1 invisible character' },
  { hidden: 13, invisible: 2, words: '13 hidden and 2 invisible characters' },
]
test.each(rows)('$hidden hidden, $invisible invisible: "$words"', ({ hidden, invisible, words }) => {
  expect(removedInWords({ hidden, invisible, suspicious: false })).toBe(words)
})

test('the summary counts what was removed, and the comment keeps quiet about what is harmless', () => {
  const one = story({ removed: { hidden: 13, invisible: 2, suspicious: false } })
  expect(renderSummary(one, '/jules')).toContain('| Taken out of the prompt | 13 hidden and 2 invisible characters |')
  expect(renderComment(one, '/jules')).not.toMatch(/hidden|invisible/)
})

test.each([
  {
    removed: { hidden: 300, invisible: 0 },
    words: '300 hidden characters that this page hides, or could hide, were taken',
  },
  {
    removed: { hidden: 0, invisible: 1 },
    words: '1 invisible character that this page hides, or could hide, was taken',
  },
])('one sentence in the comment about what is suspicious: $words', ({ removed, words }) => {
  const one = story({ removed: { ...removed, suspicious: true } })
  expect(removedSentence(one.removed)).toBe(`Before Jules got the text of this thread, ${words} out of it.`)
  expect(renderComment(one, '/jules')).toContain(`\n${removedSentence(one.removed)}\n`)
})

test('nothing removed, nothing said', () => {
  expect(renderSummary(story(), '/jules')).not.toContain('Taken out')
  expect(removedSentence({ hidden: 0, invisible: 0, suspicious: true })).toBe('')
})

test('a command whose text was too long is said so in the comment, the summary and the short answer; else nothing is', () => {
  const sentence = cutSentence({ cut: true })
  expect(sentence).toMatch(/60 KiB.*first part\.$/)
  expect(cutSentence({ cut: false })).toBe('')
  for (const cut of [true, false]) {
    const one = story({ cut })
    const told = [
      renderComment(one, '/jules'),
      renderSummary(one, '/jules'),
      renderNote('passed-on', '', one, '/jules'),
    ]
    expect(told.map((text) => text.includes(sentence))).toEqual([cut, cut, cut])
  }
})
