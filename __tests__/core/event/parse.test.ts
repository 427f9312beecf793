import fc from 'fast-check'
import { parseEvent } from '../../../src/core/event/parse.ts'
import {
  ADA,
  comment,
  EXAMPLES,
  examplesOf,
  FORK_PULL,
  ISSUE,
  lineComment,
  PULL_REQUEST,
  payload,
  REPO,
  review,
  SUBMITTED,
} from './payload.ts'

const ada = { login: 'ada', id: 7, bot: false }
const subject = { title: 'Date test fails', body: 'Mend it.' }
const theComment = { id: 601, body: 'hi', author: ada, url: comment('').html_url }

/** What a comment may hang on. */
const PASSAGES = [
  { name: 'nothing that is told', more: {}, passage: {} },
  { name: 'a line of the text before', more: { side: 'LEFT', line: 3 }, passage: { before: true, line: 3 } },
  { name: 'a whole file', more: { path: 'a.ts', line: null, original_line: null }, passage: { path: 'a.ts' } },
  { name: 'a line that is gone since', more: { line: null, original_line: 9 }, passage: { line: 9 } },
  { name: 'a line that has moved', more: { line: 8, original_line: 9 }, passage: { line: 8 } },
  { name: 'T-140 a line beyond 2^53', more: { line: 2 ** 60 }, passage: {} },
  { name: 'F-47 texts that are none', more: { path: 7, diff_hunk: [], side: {}, line: '7' }, passage: {} },
  { name: 'a path without end', more: { path: 'x'.repeat(9000) }, passage: { path: 'x'.repeat(500) } },
]

describe('what happened', () => {
  const issue = { number: 12, kind: 'issue' }
  const pull = { number: 34, kind: 'pull-request' }
  const rows: { name: string; event: string; payload: object; what: object }[] = [
    {
      name: 'issue labeled',
      event: 'issues',
      payload: { action: 'labeled', issue: ISSUE, label: { name: 'Ask-Jules' } },
      what: { kind: 'labeled', thread: issue, subject, label: 'Ask-Jules', at: ISSUE.updated_at },
    },
    {
      name: 'pull request labeled',
      event: 'pull_request',
      payload: { action: 'labeled', pull_request: PULL_REQUEST, label: { name: 'x' } },
      what: { kind: 'labeled', thread: pull, subject, label: 'x', at: ISSUE.updated_at },
    },
    {
      name: 'T-20 a null body is empty, whatever the API says later',
      event: 'issues',
      payload: { action: 'labeled', issue: { ...ISSUE, body: null }, label: { name: 'x' } },
      what: { kind: 'labeled', thread: issue, subject: { ...subject, body: '' }, label: 'x', at: ISSUE.updated_at },
    },
    {
      name: 'comment on an issue',
      event: 'issue_comment',
      payload: { action: 'created', issue: ISSUE, comment: comment('hi') },
      what: { kind: 'commented', thread: issue, subject, comment: theComment },
    },
    {
      name: 'comment on a pull request',
      event: 'issue_comment',
      payload: {
        action: 'created',
        issue: { ...ISSUE, number: 34, pull_request: { url: '' } },
        comment: comment('hi'),
      },
      what: { kind: 'commented', thread: pull, subject, comment: theComment },
    },
    {
      name: 'F-47 comment of a ghost',
      event: 'issue_comment',
      payload: { action: 'created', issue: ISSUE, comment: comment('hi', null) },
      what: { kind: 'commented', thread: issue, subject, comment: { ...theComment, author: undefined } },
    },
    {
      name: 'comment edited',
      event: 'issue_comment',
      payload: {
        action: 'edited',
        issue: ISSUE,
        comment: { ...comment('hi'), updated_at: SUBMITTED },
        changes: { body: { from: 'ho' } },
      },
      what: { kind: 'comment-edited', thread: issue, subject, comment: theComment, before: 'ho', at: SUBMITTED },
    },
    {
      name: 'F-47 comment edited, at no time and from nothing',
      event: 'issue_comment',
      payload: { action: 'edited', issue: ISSUE, comment: comment('hi'), changes: {} },
      what: { kind: 'comment-edited', thread: issue, subject, comment: theComment, before: '', at: '' },
    },
    {
      name: 'F-47 comment edited, without a comment',
      event: 'issue_comment',
      payload: { action: 'edited', issue: ISSUE, changes: { body: { from: 'ho' } } },
      what: { kind: 'other' },
    },
    {
      name: 'comment deleted',
      event: 'issue_comment',
      payload: { action: 'deleted', issue: ISSUE, comment: comment('hi') },
      what: { kind: 'other' },
    },
    {
      name: 'review comment',
      event: 'pull_request_review_comment',
      payload: { action: 'created', pull_request: PULL_REQUEST, comment: lineComment('hi') },
      what: {
        kind: 'review-commented',
        thread: pull,
        subject,
        comment: {
          ...theComment,
          passage: { path: 'src/date.ts', line: 7, before: false, hunk: '@@ -1,2 +1,2 @@\n-old\n+new' },
          review: 901,
          at: '2026-11-20T11:58:00Z',
          changed: '2026-11-20T11:59:00Z',
        },
      },
    },
    ...PASSAGES.map(({ name, more, passage }) => ({
      name: `review comment on ${name}`,
      event: 'pull_request_review_comment',
      payload: { action: 'created', pull_request: PULL_REQUEST, comment: { id: 601, ...more } },
      what: {
        kind: 'review-commented',
        thread: pull,
        subject,
        comment: {
          id: 601,
          body: '',
          author: undefined,
          url: '',
          passage: { path: '', line: undefined, before: false, hunk: '', ...passage },
          review: 0,
          at: '',
          changed: '',
        },
      },
    })),
    {
      name: 'F-47 review comment of a ghost',
      event: 'pull_request_review_comment',
      payload: { action: 'created', pull_request: PULL_REQUEST, comment: { ...lineComment('hi'), user: null } },
      what: expect.objectContaining({ comment: expect.objectContaining({ id: 601, author: undefined }) }),
    },
    {
      name: 'T-20 the pull request of a review as the payload had it',
      event: 'pull_request_review_comment',
      payload: {
        action: 'created',
        pull_request: { ...PULL_REQUEST, title: 'Old', body: null, user: ADA },
        comment: lineComment('hi'),
      },
      what: expect.objectContaining({ subject: { title: 'Old', body: '', author: ada } }),
    },
    {
      name: 'review',
      event: 'pull_request_review',
      payload: { action: 'submitted', pull_request: PULL_REQUEST, review: review('hi') },
      what: { kind: 'reviewed', thread: pull, subject, review: { id: 901, body: 'hi', author: ada, at: SUBMITTED } },
    },
    {
      name: 'review without words, of a ghost, at no time',
      event: 'pull_request_review',
      payload: { action: 'submitted', pull_request: PULL_REQUEST, review: { id: 901, body: null, user: null } },
      what: { kind: 'reviewed', thread: pull, subject, review: { id: 901, body: '', author: undefined, at: '' } },
    },
    {
      name: 'F-47 review without an id',
      event: 'pull_request_review',
      payload: { action: 'submitted', pull_request: PULL_REQUEST, review: { body: 'hi' } },
      what: { kind: 'other' },
    },
    ...['edited', 'dismissed'].map((action) => ({
      name: `T-08 review ${action}`,
      event: 'pull_request_review',
      payload: { action, pull_request: PULL_REQUEST, review: review('/jules go') },
      what: { kind: 'other' },
    })),
    ...['edited', 'deleted'].map((action) => ({
      name: `T-08 review comment ${action}`,
      event: 'pull_request_review_comment',
      payload: { action, pull_request: PULL_REQUEST, comment: lineComment('/jules go') },
      what: { kind: 'other' },
    })),
    ...(['opened', 'closed', 'reopened'] as const).map((news) => ({
      name: `pull request ${news}`,
      event: 'pull_request',
      payload: { action: news, pull_request: { ...PULL_REQUEST, merged: false } },
      what: { kind: 'pull-request-news', thread: pull, branch: 'mend', body: 'Mend it.', news },
    })),
    {
      name: 'pull request merged',
      event: 'pull_request',
      payload: { action: 'closed', pull_request: { ...PULL_REQUEST, merged: true } },
      what: { kind: 'pull-request-news', thread: pull, branch: 'mend', body: 'Mend it.', news: 'merged' },
    },
    {
      name: 'F-47 pull request closed, without a branch, a body or a word on merging',
      event: 'pull_request',
      payload: { action: 'closed', pull_request: { number: 34, body: null, merged: 'yes' } },
      what: { kind: 'pull-request-news', thread: pull, branch: '', body: '', news: 'closed' },
    },
    {
      name: 'issue closed',
      event: 'issues',
      payload: { action: 'closed', issue: ISSUE },
      what: { kind: 'issue-closed', thread: issue },
    },
    { name: 'issue reopened', event: 'issues', payload: { action: 'reopened', issue: ISSUE }, what: { kind: 'other' } },
    {
      name: 'pull request synchronize',
      event: 'pull_request',
      payload: { action: 'synchronize', pull_request: PULL_REQUEST },
      what: { kind: 'other' },
    },
    { name: 'issue opened', event: 'issues', payload: { action: 'opened', issue: ISSUE }, what: { kind: 'other' } },
    {
      name: 'F-47 issue without a number',
      event: 'issues',
      payload: { action: 'labeled', issue: { title: 'x' } },
      what: { kind: 'other' },
    },
    {
      name: 'F-47 issue labeled at no time, so that nothing tells it from other labelings',
      event: 'issues',
      payload: { action: 'labeled', issue: { ...ISSUE, updated_at: 'yesterday' }, label: { name: 'x' } },
      what: { kind: 'other' },
    },
    {
      name: 'F-47 issue number 0',
      event: 'issues',
      payload: { action: 'labeled', issue: { number: 0 } },
      what: { kind: 'other' },
    },
    {
      name: 'F-47 pull request number -1',
      event: 'pull_request',
      payload: { action: 'labeled', pull_request: { number: -1 } },
      what: { kind: 'other' },
    },
    {
      name: 'T-140 number beyond 2^53',
      event: 'issues',
      payload: { action: 'labeled', issue: { number: 2 ** 60 } },
      what: { kind: 'other' },
    },
    {
      name: 'F-47 comment event without a comment',
      event: 'issue_comment',
      payload: { action: 'created', issue: ISSUE },
      what: { kind: 'other' },
    },
    {
      name: 'F-47 comment without an id',
      event: 'issue_comment',
      payload: { action: 'created', issue: ISSUE, comment: { body: 'x' } },
      what: { kind: 'other' },
    },
    {
      name: 'F-47 review comment without a comment',
      event: 'pull_request_review_comment',
      payload: { action: 'created', pull_request: PULL_REQUEST },
      what: { kind: 'other' },
    },
    { name: 'push', event: 'push', payload: { ref: 'refs/heads/main' }, what: { kind: 'other' } },
    { name: 'schedule', event: 'schedule', payload: { schedule: '17 */2 * * *' }, what: { kind: 'other' } },
    { name: 'dispatch', event: 'workflow_dispatch', payload: { inputs: {} }, what: { kind: 'other' } },
    {
      name: 'an event of tomorrow',
      event: 'agent_finished',
      payload: { action: 'yes', issue: ISSUE },
      what: { kind: 'other' },
    },
  ]
  test.each(rows)('$name', (row) => {
    const event = parseEvent(row.event, payload(row.payload))
    expect(event.what).toEqual(row.what)
    expect(event).toMatchObject({ name: row.event, repository: 'acme/widgets', sender: ada })
  })
})

describe('who sent it', () => {
  test.each([
    { name: 'a person', sender: ADA, person: ada },
    {
      name: 'a bot by its type',
      sender: { login: 'robot', id: 8, type: 'Bot' },
      person: { login: 'robot', id: 8, bot: true },
    },
    {
      name: 'T-02 a bot by its name',
      sender: { login: 'evil[bot]', id: 9, type: 'User' },
      person: { login: 'evil[bot]', id: 9, bot: true },
    },
    { name: 'nobody', sender: null, person: undefined },
    { name: 'without an id', sender: { login: 'ada' }, person: undefined },
    { name: 'without a login', sender: { id: 7 }, person: undefined },
    { name: 'with a login that is none', sender: { login: '../ada', id: 7 }, person: undefined },
    { name: 'with an id that is text', sender: { login: 'ada', id: '7' }, person: undefined },
  ])('$name', ({ sender, person }) => {
    expect(parseEvent('issues', { sender }).sender).toEqual(person)
  })

  test('a workflow_run is sent by whoever started the latest attempt of the first one', () => {
    const run = { triggering_actor: { login: 'eve', id: 66, type: 'User' }, actor: ADA }
    expect(parseEvent('workflow_run', payload({ workflow_run: run })).sender).toEqual({
      login: 'eve',
      id: 66,
      bot: false,
    })
    expect(parseEvent('workflow_run', payload({})).sender).toBeUndefined()
  })
})

describe('T-11 from a fork', () => {
  test.each([
    {
      name: 'pull request of this repository',
      event: 'pull_request',
      more: { pull_request: PULL_REQUEST },
      fork: false,
    },
    {
      name: 'F-47 pull request of nobody knows where',
      event: 'pull_request',
      more: { pull_request: { number: 34 } },
      fork: true,
    },
    {
      name: 'F-47 run and repository without an id',
      event: 'workflow_run',
      more: { repository: {}, workflow_run: { head_repository: {} } },
      fork: true,
    },
    {
      name: 'deployment by a run, which tells of no head',
      event: 'deployment',
      more: { workflow_run: { id: 5 } },
      fork: false,
    },
    { name: 'pull request of a fork', event: 'pull_request', more: { pull_request: FORK_PULL }, fork: true },
    {
      name: 'pull request of a deleted fork',
      event: 'pull_request',
      more: { pull_request: { ...PULL_REQUEST, head: { repo: null } } },
      fork: true,
    },
    { name: 'comment on an issue', event: 'issue_comment', more: { issue: ISSUE }, fork: false },
    {
      name: 'comment on a pull request, which has no head',
      event: 'issue_comment',
      more: { issue: { ...ISSUE, pull_request: {} } },
      fork: false,
    },
    {
      name: 'run of this repository',
      event: 'workflow_run',
      more: { workflow_run: { head_repository: { id: 1000 } } },
      fork: false,
    },
    {
      name: 'run of a fork',
      event: 'workflow_run',
      more: { workflow_run: { head_repository: { id: 2000 } } },
      fork: true,
    },
    { name: 'run of a deleted fork', event: 'workflow_run', more: { workflow_run: {} }, fork: true },
    { name: 'push', event: 'push', more: {}, fork: false },
  ])('$name', ({ event, more, fork }) => {
    expect(parseEvent(event, payload(more)).fork).toBe(fork)
  })
})

describe("F-47 GitHub's own examples", () => {
  test.each(EXAMPLES)('$name', ({ event, action, payload: given }) => {
    const parsed = parseEvent(event, given)
    expect(parsed.name).toBe(event)
    expect(parsed.action).toBe(action)
  })

  test.each([
    { event: 'issues', action: 'labeled', kind: 'labeled' },
    { event: 'pull_request', action: 'labeled', kind: 'labeled' },
    { event: 'issue_comment', action: 'created', kind: 'commented' },
    { event: 'issue_comment', action: 'edited', kind: 'comment-edited' },
    { event: 'pull_request_review_comment', action: 'created', kind: 'review-commented' },
    { event: 'pull_request_review', action: 'submitted', kind: 'reviewed' },
    { event: 'pull_request', action: 'opened', kind: 'pull-request-news' },
    { event: 'pull_request', action: 'closed', kind: 'pull-request-news' },
    { event: 'pull_request', action: 'reopened', kind: 'pull-request-news' },
  ])('each $event $action is $kind', ({ event, action, kind }) => {
    const kinds = examplesOf(event, action).map((given) => parseEvent(event, given).what.kind)
    expect(kinds.length).toBeGreaterThan(0)
    expect(new Set(kinds)).toEqual(new Set([kind]))
  })
})

describe('F-47 whatever comes', () => {
  const names = [
    'issues',
    'issue_comment',
    'pull_request',
    'pull_request_review',
    'pull_request_review_comment',
    'workflow_run',
  ]
  const actions = ['labeled', 'created', 'edited', 'submitted', 'opened', 'closed']
  test('any JSON is an event, and never an exception', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
        expect(parseEvent(name, value)).toMatchObject({ name, what: { kind: expect.any(String) } })
      }),
      { numRuns: 500 },
    )
  })

  test('any JSON in the places that are read is an event, and never an exception', () => {
    const place = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(ISSUE, PULL_REQUEST, comment('x'), ADA, REPO))
    const shape = fc.record(
      {
        action: fc.constantFrom(...actions),
        issue: place,
        pull_request: place,
        comment: place,
        review: place,
        label: place,
        sender: place,
        repository: place,
        workflow_run: place,
      },
      { requiredKeys: ['action'] },
    )
    fc.assert(
      fc.property(fc.constantFrom(...names), shape, (name, value) => {
        expect(parseEvent(name, value)).toMatchObject({ name, action: value.action })
      }),
      { numRuns: 1000 },
    )
  })

  test('T-134 inherited properties are not read', () => {
    const polluted: unknown = JSON.parse('{"__proto__": {"action": "labeled", "issue": {"number": 1}}}')
    expect(parseEvent('issues', polluted)).toMatchObject({ action: '', what: { kind: 'other' } })
  })
})
