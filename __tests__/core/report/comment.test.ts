import type { Story } from '../../../src/core/effect/story.ts'
import { BOXES } from '../../../src/core/intent/tick.ts'
import { changedFiles, linkOf, ranCommands, renderComment } from '../../../src/core/report/comment.ts'
import { renderSummary } from '../../../src/core/report/summary.ts'
import { PULL, story } from '../builders.ts'
import { seen } from './full.ts'

test.each([
  {
    name: 'an earlier session is linked',
    replaces: '111',
    words: '[earlier session](https://jules.google.com/session/111)',
  },
  { name: 'T-79 what is no id of a session is not', replaces: '../x', words: undefined },
  { name: 'there is none', replaces: '', words: undefined },
])('in place of which one it was started: $name', ({ replaces, words }) => {
  const shown = renderComment(story({ replaces }), '/jules')
  expect(shown.includes('in place of')).toBe(words !== undefined)
  if (words !== undefined) expect(shown).toContain(words)
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

  test('F-18 what this action does not know is named', () => {
    const words = 'Jules also told of `testsRun`, `hologram`, which this action does not know.'
    const one = story({ unknown: ['testsRun', 'hologram'] })
    expect(renderComment(one, '/jules')).toContain(words)
    expect(renderSummary(one, '/jules')).toContain(words)
  })

  test('F-37 a comment that takes the place of another links it', () => {
    const url = 'https://github.com/acme/widgets/issues/12#issuecomment-499'
    expect(renderComment(story({ disowned: url }), '/jules')).toContain(`[an earlier comment](${url})`)
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

  test('boxes stand one below the other, each with its words', () => {
    expect(lines(story({ boxes: ['approve', 'retry'] }))).toContain(`- [ ] ${BOXES.approve}\n- [ ] ${BOXES.retry}`)
  })

  test('a plan has at most 40 steps here, and details of those that have some', () => {
    const steps = Array.from({ length: 45 }, (_, at) => ({ title: `step ${at + 1}`, description: '' }))
    const bare = renderComment(story({ plan: { id: '', steps } }), '/jules')
    expect(bare).toContain('\n40. `step 40`\n\n')
    expect(bare).not.toContain('details')
    const told = steps.map((step, at) => (at === 1 || at === 44 ? { ...step, description: `how ${at + 1}` } : step))
    const waits = { outcome: 'waiting-for-approval', reason: 'plan-ready' } as const
    const shown = renderComment(story({ plan: { id: '', steps: told }, verdict: waits }), '/jules')
    expect(shown).toContain('```text\n2. how 2\n45. how 45\n```')
    expect(shown).toContain('**Plan**\n\n1. `step 1`\n')
  })

  test('progress without steps before it', () => {
    const shown = renderComment(story({ progress: ['Reading', 'Writing'], progressCount: 2 }), '/jules')
    expect(shown).toContain('**Progress**\n\n- `Reading`\n- `Writing`\n')
  })

  test('commands stand one below the other', () => {
    const commands = ['npm ci', 'npm test'].map((command, exitCode) => ({ command, exitCode }))
    expect(ranCommands(commands)).toContain('\n\n- `npm ci` → 0\n- `npm test` → 1\n\n')
  })

  test('T-82 the plan goes before what is needed, that is said, and there is room for the record', () => {
    const plan = { id: 'p', steps: [{ title: 'Look', description: '' }] }
    const one = story({ message: 'Which one?', plan, runUrl: 'https://github.com/acme/widgets/actions/runs/900' })
    const whole = renderComment(one, '/jules')
    expect(renderComment(one, '/jules', 6000 + whole.length)).toBe(whole)
    const shorter = renderComment(one, '/jules', 5999 + whole.length)
    expect(shorter).not.toContain('Plan')
    expect(shorter).toContain('_Some of this was too long for a comment. The summary of the run has more of it._')
    expect(shorter).toContain('Which one?')
    expect(shorter).toContain('/runs/900')
  })

  test('T-79 the pull request is linked where it is one of this repository', () => {
    expect(linkOf(story({ pullRequest: PULL }))).toEqual({ url: PULL.url, number: 34 })
    expect(linkOf(story({ pullRequest: { ...PULL, url: 'https://github.com/acme/other/pull/34' } }))).toBeUndefined()
    expect(linkOf(story())).toBeUndefined()
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
