/** A ticked box in our own comment is the one edit that asks for something. */
import { BOXES, commandOfTick } from '../../../src/core/intent/tick.ts'
import { encodeRecord } from '../../../src/core/record-text.ts'
import { renderComment } from '../../../src/core/report/comment.ts'
import { record, story } from '../builders.ts'
import { BUDGET_MS, fastest } from '../fastest.ts'

const RECORD = `<!-- jules-relay ${encodeRecord(record({ plan: 'a1b2c3d4e5f6' }))}.0123456789abcdef -->`
const [APPROVE, RETRY] = [`- [ ] ${BOXES.approve}`, `- [ ] ${BOXES.retry}`]
const ticked = (line: string) => line.replace('[ ]', '[x]')
const page = (...lines: string[]) => ['### Head', '', ...lines, '', RECORD].join('\n')

describe('one box that is ticked, and nothing else', () => {
  test('to approve: the plan that the comment shows', () => {
    expect(commandOfTick(page(APPROVE, RETRY), page(ticked(APPROVE), RETRY))).toEqual({
      verb: 'approve',
      plan: 'a1b2c3d4e5f6',
    })
  })

  test('to start again', () => {
    expect(commandOfTick(page(APPROVE, RETRY), page(APPROVE, ticked(RETRY)))).toEqual({ verb: 'retry' })
  })

  test.each([
    { name: 'a capital letter', before: page(RETRY), after: page(RETRY.replace('[ ]', '[X]')) },
    {
      name: 'ends of lines as browsers send them',
      before: page(RETRY),
      after: page(ticked(RETRY)).replaceAll('\n', '\r\n'),
    },
  ])('with $name', ({ before, after }) => {
    expect(commandOfTick(before, after)).toEqual({ verb: 'retry' })
  })

  test('the boxes are those that the comment shows', () => {
    const shown = renderComment(story({ boxes: ['approve', 'retry'] }), '/jules')
    for (const box of [APPROVE, RETRY]) expect(shown.split('\n')).toContain(box)
    expect(commandOfTick(shown, shown.replace(RETRY, ticked(RETRY)))).toEqual({ verb: 'retry' })
  })

  test.each([
    { name: 'none', line: '' },
    { name: 'one that is none', line: '<!-- jules-relay abc.def -->' },
    { name: 'one above other words', line: `${RECORD}\nmore` },
  ])('the record is $name: no plan is named, so whatever is shown then is judged', ({ line }) => {
    const before = `${APPROVE}\n${line}`
    expect(commandOfTick(before, before.replace(APPROVE, ticked(APPROVE)))).toEqual({ verb: 'approve', plan: '' })
  })
})

describe('T-08 any other edit asks for nothing', () => {
  const before = page(APPROVE, RETRY)
  test.each([
    { name: 'nothing has changed', after: before },
    { name: 'two boxes', after: page(ticked(APPROVE), ticked(RETRY)) },
    { name: 'a box and other words', after: page(ticked(APPROVE), RETRY).replace('Head', 'Heap') },
    { name: 'a box and the record', after: page(ticked(APPROVE), RETRY).replace('abcdef -->', 'abcdee -->') },
    { name: 'a line more', after: page(ticked(APPROVE), RETRY, 'x') },
    { name: 'a line less', after: page(ticked(APPROVE)) },
    { name: 'another text behind the box', after: page(`- [x] ${BOXES.approve}!`, RETRY) },
    { name: 'a command', after: page('/jules approve', RETRY) },
    { name: 'other words', after: before.replace('Head', 'Heap') },
    { name: 'everything', after: '' },
  ])('$name', ({ after }) => {
    expect(commandOfTick(before, after)).toBeUndefined()
  })

  test.each([
    { name: 'a box that is unticked', from: page(ticked(APPROVE)), to: page(APPROVE) },
    { name: 'a box of somebody else', from: page('- [ ] Delete it'), to: page('- [x] Delete it') },
    { name: 'an indented box', from: page(`  ${APPROVE}`), to: page(`  ${ticked(APPROVE)}`) },
    { name: 'a quoted box', from: page(`> ${APPROVE}`), to: page(`> ${ticked(APPROVE)}`) },
    { name: 'a box that was not there', from: page('hello'), to: page(ticked(APPROVE)) },
  ])('$name', ({ from, to }) => {
    expect(commandOfTick(from, to)).toBeUndefined()
  })
})

test.each(['\n', '\r\n', `${APPROVE}\n`, 'x', '- [ '])('the worst time on 64 KiB of %j', (piece) => {
  const text = piece.repeat(Math.floor((64 * 1024) / piece.length))
  expect(fastest(() => commandOfTick(text, text.replace('[ ]', '[x]')))).toBeLessThan(BUDGET_MS)
  expect(fastest(() => commandOfTick(text, `${text.slice(0, -1)}y`))).toBeLessThan(BUDGET_MS)
})
