import fc from 'fast-check'
import type { NoteKind } from '../../../src/core/effect/effect.ts'
import type { Story } from '../../../src/core/effect/story.ts'
import { OUTPUT_NAMES } from '../../../src/core/inputs.ts'
import { OUTCOMES, type Verdict } from '../../../src/core/outcome.ts'
import { COMMENT_LIMIT, changedFiles, renderComment } from '../../../src/core/report/comment.ts'
import { renderNote } from '../../../src/core/report/note.ts'
import { outputsOf } from '../../../src/core/report/result.ts'
import { sentenceOf } from '../../../src/core/report/sentences.ts'
import { renderSummary } from '../../../src/core/report/summary.ts'
import { commentUrl, PULL, REPOSITORY, SESSION, session, story, trouble } from '../builders.ts'
import { HOSTILE } from './hostile.ts'
import { scan } from './scanner.ts'

const VERDICTS = Object.entries(OUTCOMES).flatMap(([outcome, reasons]) =>
  reasons.map((reason) => ({ outcome, reason }) as Verdict),
)
const seen = { id: SESSION, url: session().url, title: '', state: 'IN_PROGRESS', rawState: 'IN_PROGRESS' } as const
const NOTES: readonly NoteKind[] = [
  'help',
  'did-you-mean',
  'unknown-flag',
  'ambiguous',
  'nothing-to-do',
  'already-running',
  'fork',
  'passed-on',
  'needed',
  'done',
]

/** A story that is full of one text, wherever Jules or a person can put one. */
const full = (text: string, verdict: Verdict = { outcome: 'waiting-for-reply', reason: 'question' }): Story =>
  story({
    verdict,
    requester: 'ada',
    session: { ...seen, title: text },
    commentUrl: commentUrl(500),
    runUrl: `https://github.com/${REPOSITORY}/actions/runs/900`,
    plan: {
      id: 'p1',
      steps: [
        { title: text, description: text },
        { title: text, description: '' },
      ],
    },
    progress: [text, text],
    progressCount: 7,
    message: text,
    why: text,
    files: [{ path: text, added: 1, removed: 2 }],
    patch: text,
    commands: [{ command: text, exitCode: 1 }],
    pullRequest: { ...PULL, title: text },
    intended: [text],
  })

describe('every outcome is told in words', () => {
  test.each(VERDICTS)('$outcome, $reason', (verdict) => {
    const one = story({ verdict, session: seen, pullRequest: PULL })
    const { headline, do: todo } = sentenceOf(one, '/jules')
    expect(headline.length).toBeGreaterThan(10)
    expect(headline).not.toContain('\n')
    expect(todo === '' || /[.:]$/.test(todo)).toBe(true)
    expect(renderComment(one, '/jules')).toMatch(/^### ./)
    expect(renderSummary(one, '/jules')).toContain(`| Outcome | \`${verdict.outcome}\` (\`${verdict.reason}\`) |`)
    expect(outputsOf(one, '/jules')).toMatchObject(verdict)
  })

  test.each(
    VERDICTS.filter(({ outcome }) =>
      ['failed', 'queued', 'waiting-for-approval', 'waiting-for-reply', 'changes'].includes(outcome),
    ),
  )('$outcome, $reason says what to do', (verdict) => {
    expect(sentenceOf(story({ verdict }), '/jules').do).not.toBe('')
  })

  test('the words to type use the command word of the inputs', () => {
    expect(sentenceOf(story({ verdict: { outcome: 'waiting-for-reply', reason: 'question' } }), '@bot').do).toContain(
      '`@bot reply <text>`',
    )
  })

  test('what a trouble says comes before the general words', () => {
    const one = story({
      verdict: { outcome: 'failed', reason: 'key-rejected' },
      trouble: trouble({ sentence: 'Replace it.' }),
    })
    expect(sentenceOf(one, '/jules')).toMatchObject({ do: 'Replace it.' })
  })

  test.each([
    { name: 'is linked where it is one of this repository', url: PULL.url, words: `[pull request #34](${PULL.url})` },
    {
      name: 'T-79 is only named where it is not',
      url: 'https://evil.example/acme/widgets/pull/34',
      words: 'opened a pull request',
    },
  ])('a pull request $name', ({ url, words }) => {
    const one = story({ verdict: { outcome: 'pull-request', reason: 'completed' }, pullRequest: { ...PULL, url } })
    expect(sentenceOf(one, '/jules').headline).toContain(words)
    expect(renderComment(one, '/jules')).not.toContain('evil')
    expect(renderSummary(one, '/jules')).not.toContain('evil')
    expect(JSON.stringify(outputsOf(one, '/jules'))).not.toContain('evil')
  })

  test.each([
    { state: 'QUEUED', followed: true, words: /queued/ },
    { state: 'PLANNING', followed: true, words: /plan/ },
    { state: 'IN_PROGRESS', followed: true, words: /working/ },
    { state: 'UNKNOWN', followed: true, words: /working/ },
  ] as const)('the headline tells how far it is: $state', ({ state, words }) => {
    expect(sentenceOf(story({ session: { ...seen, state } }), '/jules').headline).toMatch(words)
  })

  test('the comment says whether anybody keeps it up to date', () => {
    expect(sentenceOf(story({ session: seen, followed: true }), '/jules').do).toContain('kept up to date')
    expect(sentenceOf(story({ session: seen, followed: false }), '/jules').do).toContain('`/jules status`')
  })
})

describe('the tracking comment', () => {
  const lines = (one: Story) => renderComment(one, '/jules').split('\n\n')

  test('a question: headline, what to do, the words, the plan, progress, links, footer, in that order', () => {
    const one = story({
      verdict: { outcome: 'waiting-for-reply', reason: 'question' },
      requester: 'ada',
      session: { ...seen, rawState: 'AWAITING_USER_FEEDBACK' },
      runUrl: 'https://github.com/acme/widgets/actions/runs/900',
      message: 'Which one?',
      plan: {
        id: 'p1',
        steps: [
          { title: 'Look', description: 'at it' },
          { title: 'Mend', description: '' },
        ],
      },
      progress: ['Reading'],
      progressCount: 3,
    })
    expect(lines(one)).toEqual([
      expect.stringMatching(/^### .*question$/),
      'Answer it with `/jules reply <text>`.',
      '**Jules wrote:**',
      '```text\nWhich one?\n```',
      '**Plan**',
      '1. `Look`\n2. `Mend`',
      '<details><summary>The steps in detail</summary>',
      '```text\n1. at it\n```',
      '</details>',
      '**Progress**, after 2 earlier steps',
      '- `Reading`',
      `[Session at Jules](${seen.url}) · [run](https://github.com/acme/widgets/actions/runs/900) · state \`AWAITING_USER_FEEDBACK\``,
      expect.stringMatching(/^<sub>Asked by `ada`\. .*`\/jules help`\.<\/sub>$/),
    ])
  })

  test('a result: files with their lines, commands with their exit codes, time and turns', () => {
    const one = story({
      verdict: { outcome: 'pull-request', reason: 'completed' },
      session: seen,
      pullRequest: PULL,
      files: [{ path: 'src/date.ts', added: 3, removed: 1 }],
      commands: [{ command: 'npm test', exitCode: 0 }],
      minutes: 1,
      turns: 2,
      progress: ['Reading'],
      progressCount: 1,
    })
    const comment = renderComment(one, '/jules')
    expect(comment).toContain('**1 file changed**\n\n- `src/date.ts` +3 −1')
    expect(comment).toContain('- `npm test` → 0')
    expect(comment).toContain('Took 1 minute in 2 turns.')
    expect(comment).not.toContain('Progress')
  })

  test('a plan that waits is named, so that it can be approved by name', () => {
    const plan = { id: 'a1b2c3d4e5f6', steps: [{ title: 'Look', description: '' }] }
    expect(
      renderComment(story({ verdict: { outcome: 'waiting-for-approval', reason: 'plan-ready' }, plan }), '/jules'),
    ).toContain('**Plan** (`a1b2c3d4`)')
    expect(renderComment(story({ plan }), '/jules')).toContain('**Plan**\n')
    expect(renderComment(story({ plan: { id: 'p', steps: [] } }), '/jules')).not.toContain('**Plan**')
  })

  test.each([
    { why: '', words: 'Jules gave no reason.' },
    { why: 'No disk.', words: '**Jules gave this reason:**\n\n```text\nNo disk.\n```' },
  ])('a failed session and its reason: "$why"', ({ why, words }) => {
    expect(renderComment(story({ verdict: { outcome: 'failed', reason: 'session-failed' }, why }), '/jules')).toContain(
      words,
    )
  })

  test('on a pull request of a person: where the new one will go', () => {
    expect(renderComment(story({ into: 'feature' }), '/jules')).toContain('into `feature`')
    expect(
      renderComment(
        story({ into: 'feature', verdict: { outcome: 'no-changes', reason: 'nothing-produced' } }),
        '/jules',
      ),
    ).not.toContain('into')
  })

  test('T-80 a session link that is none is left out', () => {
    const comment = renderComment(story({ session: { ...seen, url: 'https://evil.example/session/1' } }), '/jules')
    expect(comment).not.toContain('evil')
    expect(comment).toContain('state `IN_PROGRESS`')
  })

  test('the fewest words: no session, no run, nobody', () => {
    expect(lines(story())).toHaveLength(3)
  })

  test.each([
    { count: 50, more: undefined },
    { count: 52, more: '- … and 2 more files' },
  ])('$count files', ({ count, more }) => {
    const files = Array.from({ length: count }, (_, at) => ({ path: `a${at}`, added: 0, removed: 0 }))
    const shown = changedFiles(story({ files })).split('\n')
    expect(shown[0]).toBe(`**${count} files changed**`)
    expect(shown.length).toBe(52 + (more === undefined ? 0 : 1))
    if (more !== undefined) expect(shown.at(-1)).toBe(more)
  })
})

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
    expect(comment).not.toContain('files changed')
  })

  test.each(shapes)('a note about $name is short', ({ text }) => {
    for (const kind of NOTES) expect(renderNote(kind, text, full(text), '/jules').length).toBeLessThan(3000)
  })
})

describe('the short comments', () => {
  const one = story({
    verdict: { outcome: 'waiting-for-reply', reason: 'question' },
    requester: 'ada',
    commentUrl: commentUrl(500),
  })
  const rows: { kind: NoteKind; words: string; contains: string[] }[] = [
    { kind: 'help', words: '', contains: ['`/jules approve', '`/jules retry`', '`/jules stop`', '[tracking comment]'] },
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
    const note = renderNote(kind, '', story({ requester: 'ada' }), '/jules')
    expect(note).not.toContain('tracking comment')
    expect(note.trim()).toBe(note)
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

describe('the job summary', () => {
  test('facts in a table, then what a dry run would do, then the work', () => {
    const one = { ...full('words'), branch: 'main', verdict: { outcome: 'dry-run', reason: 'done' } } as const
    const summary = renderSummary(one, '/jules')
    expect(summary).toContain(`| Pull request | [#34](${PULL.url}) |`)
    expect(summary).toContain(`| Session | [${SESSION}](${seen.url}) |`)
    expect(summary).toContain('| State | `IN_PROGRESS` |')
    expect(summary).toContain('| Branch | `main` |')
    expect(summary).toContain(`| Thread | [tracking comment](${commentUrl(500)}) |`)
    expect(summary).toContain('**A real run would:**\n\n1. `words`')
    expect(summary).toContain('**Latest steps of 7**')
    expect(summary).toContain('```diff\nwords\n```')
  })

  test('rows without a value are left out', () => {
    expect(
      renderSummary(story(), '/jules')
        .split('\n')
        .filter((line) => line.startsWith('| ')),
    ).toEqual(['| | |', '| --- | --- |', expect.stringContaining('Outcome')])
  })

  test('T-80 the id of a session without a proper link stands in code', () => {
    const summary = renderSummary(story({ session: { ...seen, url: 'https://evil.example' } }), '/jules')
    expect(summary).toContain(`| Session | \`${SESSION}\` |`)
    expect(summary).not.toContain('evil')
  })

  test('T-97 five megabytes become at most 900 KiB', () => {
    const steps = Array.from({ length: 20_000 }, () => ({ title: '中'.repeat(200), description: '' }))
    const summary = renderSummary(story({ plan: { id: 'p', steps } }), '/jules')
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900 * 1024)
    expect(summary.isWellFormed()).toBe(true)
  })
})

describe('the outputs', () => {
  test('all of them are set on every run, empty where there is nothing to say', () => {
    const outputs = outputsOf(story({ verdict: { outcome: 'ignored', reason: 'edited' } }), '/jules')
    expect(Object.keys(outputs).sort()).toEqual([...OUTPUT_NAMES].sort())
    const { summary, result, ...others } = outputs
    expect(summary).toContain('ignored')
    expect(JSON.parse(result)).toMatchObject({ version: 1, outcome: 'ignored' })
    expect(others).toEqual({
      outcome: 'ignored',
      reason: 'edited',
      'session-id': '',
      'session-url': '',
      'session-state': '',
      'pull-request-url': '',
      'pull-request-number': '',
      'comment-url': '',
      'files-path': '',
    })
  })

  test('everything that is known', () => {
    const outputs = outputsOf(
      { ...full('words'), verdict: { outcome: 'pull-request', reason: 'completed' } },
      '/jules',
      '/tmp/files',
    )
    const { summary, result, ...others } = outputs
    expect(others).toEqual({
      outcome: 'pull-request',
      reason: 'completed',
      'session-id': SESSION,
      'session-url': seen.url,
      'session-state': 'IN_PROGRESS',
      'pull-request-url': PULL.url,
      'pull-request-number': '34',
      'comment-url': commentUrl(500),
      'files-path': '/tmp/files',
    })
    expect(JSON.parse(result)).toEqual({ version: 1, ...others, 'pull-request-number': 34, summary })
    expect(summary).not.toContain('```diff')
  })

  test('T-96 each is at most 100 KiB', () => {
    const outputs = outputsOf(full('中'.repeat(100_000)), '/jules')
    for (const value of Object.values(outputs)) expect(Buffer.byteLength(value)).toBeLessThanOrEqual(100 * 1024 + 1024)
  })
})
