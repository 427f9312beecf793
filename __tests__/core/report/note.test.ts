import type { NoteKind } from '../../../src/core/effect/effect.ts'
import { renderNote } from '../../../src/core/report/note.ts'
import { commentUrl, story } from '../builders.ts'
import { NOTES } from './full.ts'

describe('the short comments', () => {
  const one = story({
    verdict: { outcome: 'waiting-for-reply', reason: 'question' },
    requester: 'ada',
    commentUrl: commentUrl(500),
    standing: { phase: 'question', sayable: ['say', 'reply', 'stop', 'help'] },
  })
  const rows: { kind: NoteKind; words: string; contains: string[] }[] = [
    { kind: 'help', words: '', contains: ['Jules has a question', '`/jules reply <text>`: ', '[tracking comment]'] },
    { kind: 'status', words: '', contains: ['Jules has a question', '[tracking comment]'] },
    { kind: 'did-you-mean', words: 'approve', contains: ['Did you mean `/jules approve`?', '`/jules help`'] },
    { kind: 'unknown-flag', words: '--repo', contains: ['`--repo`', '`--branch <name>`', 'nothing was done'] },
    { kind: 'unknown-flag', words: '', contains: ['A flag'] },
    { kind: 'ambiguous', words: 'stop it', contains: ['`/jules stop it`', 'two ways', '`/jules stop` alone'] },
    { kind: 'nothing-to-do', words: '', contains: ['nothing to do', '[tracking comment]'] },
    { kind: 'already-running', words: '', contains: ['under way', '[tracking comment]', '`/jules stop`'] },
    { kind: 'fork', words: '', contains: ['forks'] },
    { kind: 'passed-on', words: '', contains: ['[tracking comment]'] },
    {
      kind: 'needed',
      words: '',
      contains: ['@ada', 'Jules has a question', '[tracking comment]', '`/jules reply <text>`'],
    },
    { kind: 'done', words: '', contains: ['@ada', '[tracking comment]'] },
  ]
  test.each(rows)('$kind $words', ({ kind, words, contains }) => {
    const note = renderNote(kind, words, one, '/jules')
    for (const part of contains) expect(note).toContain(part)
  })

  test.each(NOTES.map((kind) => ({ kind })))('$kind, where no tracking comment is', ({ kind }) => {
    const bare = story({ requester: 'ada', standing: { phase: 'none', sayable: ['say'] } })
    const note = renderNote(kind, '', bare, '/jules')
    expect(note).not.toContain('tracking comment')
    expect(note.trim()).toBe(note)
  })

  test('help shows what makes sense now, and nothing else', () => {
    const words = renderNote('help', '', one, '/jules').match(/^- `[^`]+`/gm)
    expect(words).toEqual(['- `/jules <text>`', '- `/jules reply <text>`', '- `/jules stop`', '- `/jules help`'])
  })

  test.each([
    { requester: 'ada', mention: true },
    { requester: 'ada-lovelace-9', mention: true },
    { requester: '', mention: false },
    { requester: 'renovate[bot]', mention: false },
    { requester: 'acme/all', mention: false },
    { requester: 'a b', mention: false },
  ])('T-70 the only mention is of the person who asked: "$requester" $mention', ({ requester, mention }) => {
    const note = renderNote('needed', '', { ...one, requester }, '/jules')
    expect(note.includes('@')).toBe(mention)
    expect(renderNote('help', '', { ...one, requester }, '/jules')).not.toContain('@')
  })
})
