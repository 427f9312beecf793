/** The files that the patches of the emulated Jules change, as they were before. */
export const FILES = {
  'src/due-label.js': `const DAY = 24 * 60 * 60 * 1000

/** Says when something is due, in words. */
export function dueLabel(due) {
  const days = Math.round((due.getTime() - Date.now()) / DAY)
  if (days < 0) return 'overdue'
  if (days === 0) return 'due today'
  if (days === 1) return 'due tomorrow'
  return \`due in \${days} days\`
}
`,
  'test/due-label.test.js': `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueLabel } from '../src/due-label.js'

test('says that something is due tomorrow', () => {
  const tomorrow = new Date()
  tomorrow.setDate(tomorrow.getDate() + 1)
  tomorrow.setHours(9, 0, 0, 0)
  assert.equal(dueLabel(tomorrow), 'due tomorrow')
})

test('says that something is overdue', () => {
  assert.equal(dueLabel(new Date(0)), 'overdue')
})
`,
}
