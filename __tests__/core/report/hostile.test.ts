import fc from 'fast-check'
import type { Story } from '../../../src/core/effect/story.ts'
import type { Verdict } from '../../../src/core/outcome.ts'
import { COMMENT_LIMIT, renderComment } from '../../../src/core/report/comment.ts'
import { renderNote } from '../../../src/core/report/note.ts'
import { renderSummary } from '../../../src/core/report/summary.ts'
import { story } from '../builders.ts'
import { full, NOTES } from './full.ts'
import { HOSTILE } from './hostile.ts'
import { scan } from './scanner.ts'

describe('T-70 to T-75 no word of Jules stands outside code', () => {
  const rendered = (one: Story) => [
    renderComment(one, '/jules'),
    renderSummary(one, '/jules'),
    ...NOTES.map((kind) => renderNote(kind, '', one, '/jules')),
  ]

  test.each(HOSTILE)('$name', ({ text }) => {
    for (const reason of ['question', 'session-failed'] as const) {
      const verdict: Verdict =
        reason === 'question' ? { outcome: 'waiting-for-reply', reason } : { outcome: 'failed', reason }
      for (const markdown of rendered(full(text, verdict))) {
        const { outside, closed } = scan(markdown)
        expect(outside).not.toContain('c4nary')
        expect(outside.replace('@ada', '')).not.toContain('@')
        expect(closed).toBe(true)
      }
    }
  })

  test.each(['@c4nary/all', '<img/src=//c4nary>', 'c4nary/other#1', '`c4nary`', '``c4nary', 'c4nary|x'])(
    'T-70 T-71 T-73 the name of a branch: %s',
    (name) => {
      const verdict: Verdict = { outcome: 'failed', reason: 'branch-not-found' }
      for (const markdown of rendered(story({ verdict, branch: name, near: [name, name], requester: 'ada' }))) {
        const { outside, closed } = scan(markdown)
        expect(outside).not.toContain('c4nary')
        expect(outside.replace('@ada', '')).not.toContain('@')
        expect(closed).toBe(true)
      }
    },
  )

  test('T-15 no comment begins with a command, and none holds the words of a record', () => {
    for (const markdown of rendered(full('/jules approve'))) {
      expect(markdown).not.toMatch(/^\s*\//)
      expect(markdown).not.toContain('<!-- jules-relay')
    }
  })

  test('whatever Jules says', () => {
    const text = fc.array(
      fc.oneof(
        fc.constantFrom('`', '```', '\n', '~~~', '</details>', '|', '@x', '\u2028'),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(text, (pieces) => {
        const words = pieces.join('')
        const plainly = scan(renderComment(full('x'), '/jules')).outside
        const { outside, closed } = scan(renderComment(full(words), '/jules'))
        expect(closed).toBe(true)
        // Only whether there is a description at all may show.
        if (words !== '') expect(outside).toBe(plainly)
      }),
      { numRuns: 500 },
    )
  })
})

describe('T-82 sizes', () => {
  const shapes = [
    { name: 'letters', text: 'x'.repeat(1_000_000) },
    { name: 'astral characters', text: '😀'.repeat(500_000) },
    { name: 'joiners', text: '\u200d'.repeat(200_000) },
    { name: 'newlines', text: '\n'.repeat(1_000_000) },
    { name: 'lone surrogates', text: '\ud83d'.repeat(100_000) },
    { name: 'back-ticks', text: '`'.repeat(100_000) },
    { name: 'runs of back-ticks', text: `${'`'.repeat(90)} `.repeat(2000) },
  ]
  test.each(shapes)(
    'a story full of $name: every text has its limit, is well-formed, and its fences are closed',
    ({ text }) => {
      const one = full(text)
      const comment = renderComment(one, '/jules')
      expect(comment.length).toBeLessThanOrEqual(COMMENT_LIMIT - 4096)
      expect(scan(comment).closed).toBe(true)
      expect(comment.split('\n').at(-1)).toMatch(/^<sub>.*<\/sub>$/)
      const summary = renderSummary(one, '/jules')
      expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900 * 1024)
      for (const markdown of [comment, summary]) expect(markdown.isWellFormed()).toBe(true)
    },
  )

  test('the least needed goes first, and that is said', () => {
    const words = 'word '.repeat(10_000)
    const step = (at: number) => ({ title: `${at} ${words}`, description: words })
    const one = story({
      ...full(words),
      plan: { id: 'p', steps: Array.from({ length: 60 }, (_, at) => step(at)) },
      progress: Array.from({ length: 60 }, () => words),
      files: Array.from({ length: 60 }, () => ({ path: words, added: 1, removed: 1 })),
      commands: Array.from({ length: 100 }, () => ({ command: words, exitCode: 0 })),
    })
    const comment = renderComment(one, '/jules')
    expect(comment.length).toBeLessThanOrEqual(COMMENT_LIMIT)
    expect(comment).toContain('too long for a comment')
    expect(comment).toContain('**Jules wrote:**')
    expect(comment).toContain('Session at Jules')
    expect(comment).toMatch(/<\/sub>$/)
    expect(comment).toContain('files changed')
    expect(comment).not.toContain('Commands that Jules ran')
    expect(comment.indexOf('too long for a comment')).toBeGreaterThan(comment.indexOf('files changed'))
  })

  test('a plan in back-ticks, whose marks are longer than itself, ends within the limit all the same', () => {
    const step = { title: '`'.repeat(300), description: '`'.repeat(20_000) }
    const one = story({ ...full('`'.repeat(9000)), plan: { id: 'p', steps: Array.from({ length: 40 }, () => step) } })
    const comment = renderComment(one, '/jules')
    expect(comment.length).toBeLessThanOrEqual(COMMENT_LIMIT - 6000)
    expect(scan(comment).closed).toBe(true)
    expect(comment).toMatch(/<\/sub>$/)
  })

  test('whatever is long, the page is whole', () => {
    const long = fc.record({
      piece: fc.constantFrom('`', '``````', 'x', '😀', '\u200d', 'word ', '\n', '```\n'),
      times: fc.integer({ min: 1, max: 20_000 }),
      steps: fc.integer({ min: 0, max: 60 }),
    })
    fc.assert(
      fc.property(long, ({ piece, times, steps }) => {
        const text = piece.repeat(times)
        const plan = { id: 'p', steps: Array.from({ length: steps }, () => ({ title: text, description: text })) }
        const files = Array.from({ length: steps }, () => ({ path: text, added: 1, removed: 1 }))
        const comment = renderComment(story({ ...full(text), plan, files }), '/jules')
        expect(comment.length).toBeLessThanOrEqual(COMMENT_LIMIT - 6000)
        expect(scan(comment)).toMatchObject({ closed: true, outside: expect.stringMatching(/<\/sub>$/) })
        expect(comment.isWellFormed()).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test.each(shapes)('a note about $name is short', ({ text }) => {
    for (const kind of NOTES) expect(renderNote(kind, text, full(text), '/jules').length).toBeLessThan(3000)
  })
})
