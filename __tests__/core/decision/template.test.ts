import { labelsOf } from '../../../src/core/decision/doctor/template.ts'
import { BUDGET_MS, fastest } from '../fastest.ts'

const FORM = '.github/ISSUE_TEMPLATE/bug.yml'
const MARKDOWN = '.github/ISSUE_TEMPLATE/bug.md'

test.each([
  {
    name: 'a list on one line',
    template: 'name: Bug\nlabels: [bug, "Ask-Jules"]\nbody: []\n',
    labels: ['bug', 'ask-jules'],
  },
  {
    name: 'a list line by line',
    template: "labels:\n  - bug # a bug\n  - 'ask-jules'\nbody:\n  - x",
    labels: ['bug', 'ask-jules'],
  },
  {
    name: 'a list that is not indented',
    template: 'labels:\n- bug\n- ask-jules\nbody: []',
    labels: ['bug', 'ask-jules'],
  },
  { name: 'a list over lines', template: 'labels: [\n  bug,\n  ask-jules\n]\nbody: []', labels: ['bug', 'ask-jules'] },
  { name: 'a text with commas', template: 'labels: "bug, ask-jules"', labels: ['bug', 'ask-jules'] },
  { name: 'one label', template: 'labels: ask-jules', labels: ['ask-jules'] },
  {
    name: 'a label with a blank and a hash',
    template: 'labels: ["good first issue", c#]',
    labels: ['good first issue', 'c#'],
  },
  { name: 'Windows lines and a byte order mark', template: '\uFEFFlabels: bug\r\nbody: []\r\n', labels: ['bug'] },
  { name: 'a key in quotes', template: '"labels": [bug]', labels: ['bug'] },
  { name: 'lines of dashes around', template: '---\nlabels: [bug]\n---\n', labels: ['bug'] },
  { name: 'nothing in it', template: 'labels: []\nbody: []', labels: [] },
  { name: 'an empty key', template: 'labels:\nbody: []', labels: [] },
  { name: 'no key', template: 'name: Bug', labels: [] },
  { name: 'the key deeper inside', template: 'body:\n  - labels: [ask-jules]', labels: [] },
  { name: 'an empty file', template: '', labels: [] },
])('T-09 a form with $name', ({ template, labels }) => {
  expect(labelsOf(FORM, template)).toEqual(labels)
})

test.each([
  {
    name: 'front matter',
    template: '---\nname: Bug\nlabels: bug, ask-jules\n---\nText.',
    labels: ['bug', 'ask-jules'],
  },
  { name: 'front matter without an end', template: '---\nlabels: bug', labels: ['bug'] },
  { name: 'the words in its text', template: '---\nname: Bug\n---\nlabels: ask-jules\n', labels: [] },
  { name: 'no front matter', template: 'labels: ask-jules\n', labels: [] },
])('T-09 a Markdown template with $name', ({ template, labels }) => {
  expect(labelsOf(MARKDOWN, template)).toEqual(labels)
})

test.each([
  { name: 'hashes and a strange end of line', template: `labels: ${' #'.repeat(32_000)}\u2028` },
  { name: 'blanks', template: `labels${' '.repeat(64_000)}` },
  { name: 'brackets', template: `labels: ${'['.repeat(64_000)}` },
  { name: 'keys', template: 'labels:\n'.repeat(9000) },
])('T-130 64 KiB of $name cost no more than they should', ({ template }) => {
  expect(fastest(() => labelsOf(FORM, template))).toBeLessThanOrEqual(BUDGET_MS)
})
