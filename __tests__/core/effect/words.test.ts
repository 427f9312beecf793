import type { Effect } from '../../../src/core/effect/effect.ts'
import { inWords } from '../../../src/core/effect/words.ts'
import { record, SESSION, story } from '../builders.ts'

const newSession = {
  prompt: 'c4nary',
  title: 'c4nary',
  source: 'sources/github/acme/widgets',
  branch: 'main',
  requirePlanApproval: false,
  autoCreatePullRequest: true,
  environmentVariables: false,
}
const told = story({ message: 'c4nary', why: 'c4nary' })

test.each<{ effect: Effect; words: string }>([
  { effect: { do: 'react', to: { kind: 'comment', id: 1 }, with: 'eyes' }, words: 'react with eyes to the comment' },
  { effect: { do: 'react', to: { kind: 'line', id: 1 }, with: 'rocket' }, words: 'react with rocket to the comment' },
  { effect: { do: 'react', to: { kind: 'thread', id: 1 }, with: 'eyes' }, words: 'react with eyes to the thread' },
  { effect: { do: 'label', thread: 12, name: 'jules: running', on: true }, words: 'put on the label jules: running' },
  { effect: { do: 'label', thread: 12, name: 'ask-jules', on: false }, words: 'take off the label ask-jules' },
  { effect: { do: 'claim', thread: 12, record: record(), story: told }, words: 'post the tracking comment on #12' },
  { effect: { do: 'claim', thread: undefined, record: record(), story: told }, words: 'keep a record for this run' },
  {
    effect: { do: 'write', thread: 12, comment: 500, record: record(), story: told },
    words: 'bring the tracking comment up to date',
  },
  {
    effect: { do: 'write', thread: undefined, comment: 500, record: record(), story: told },
    words: 'keep a record for this run',
  },
  { effect: { do: 'fold', comment: 500 }, words: 'take back a second tracking comment' },
  {
    effect: { do: 'note', thread: 12, key: 'k', kind: 'help', words: 'c4nary', story: told },
    words: 'post a short comment on #12 (help)',
  },
  { effect: { do: 'create', session: newSession }, words: 'create a session of sources/github/acme/widgets from main' },
  { effect: { do: 'send', session: SESSION, message: 'c4nary' }, words: `send a message to session ${SESSION}` },
  { effect: { do: 'approve', session: SESSION }, words: `approve the plan of session ${SESSION}` },
  { effect: { do: 'archive', session: SESSION }, words: `archive session ${SESSION}` },
  { effect: { do: 'unarchive', session: SESSION }, words: `bring session ${SESSION} back from the archive` },
  { effect: { do: 'delete', session: SESSION }, words: `delete session ${SESSION}` },
  {
    effect: { do: 'probe', permission: 'pull-requests' },
    words: 'find out whether the token has pull-requests: write',
  },
])('T-84 $words: nobody is quoted', ({ effect, words }) => {
  expect(inWords(effect)).toBe(words)
})
