import { parseEvent } from '../../../src/core/event/parse.ts'
import { deriveIntent, type Run, type Words } from '../../../src/core/intent/derive.ts'
import {
  ADA,
  comment,
  FORK_PULL,
  ISSUE,
  lineComment,
  PULL_REQUEST,
  payload,
  review,
  SUBMITTED,
} from '../event/payload.ts'

const WORDS: Words = {
  prompt: '',
  triggerLabel: 'ask-jules',
  command: '/jules',
  issueNumber: '',
  mode: 'auto',
  sessionId: '',
  tickBoxes: false,
}
const RUN: Run = { repository: 'acme/widgets', id: '900', hasKey: true }
const PROMPT = { ...WORDS, prompt: ' Update the changelog. ' }
const NO_KEY = { ...RUN, hasKey: false }

const derive = (name: string, more: object, words: Words = WORDS, run: Run = RUN) =>
  deriveIntent(parseEvent(name, payload(more)), words, run)

const asker = { login: 'ada', id: 7, bot: false }
const subject = { title: ISSUE.title, body: ISSUE.body }
const labeled = (label: string, issue: object = ISSUE) => ({ action: 'labeled', issue, label: { name: label } })
const pullLabeled = (pull: object) => ({ action: 'labeled', pull_request: pull, label: { name: 'ask-jules' } })
const commented = (body: string, more: object = {}) => ({
  action: 'created',
  issue: ISSUE,
  comment: comment(body),
  ...more,
})
const reviewCommented = (body: string, pull: object = PULL_REQUEST) => ({
  action: 'created',
  pull_request: pull,
  comment: lineComment(body),
})
const BOXES = { ...WORDS, tickBoxes: true }
const ticked = (from: string, body: string, at = SUBMITTED) => ({
  action: 'edited',
  issue: ISSUE,
  comment: { ...comment(body, { login: 'github-actions[bot]', id: 41898282 }), updated_at: at },
  changes: { body: { from } },
})
const reviewed = (body: string, pull: object = PULL_REQUEST) => ({
  action: 'submitted',
  pull_request: pull,
  review: review(body),
})

describe('events that start or steer', () => {
  test('issues labeled: start on the issue', () => {
    expect(derive('issues', labeled('ask-jules'))).toEqual({
      thread: { number: 12, kind: 'issue' },
      because: { kind: 'label', label: 'ask-jules' },
      subject,
      asker,
      origin: { kind: 'label', id: `ask-jules/${ISSUE.updated_at}` },
    })
  })

  test.each([
    { name: 'the label in capitals', label: 'ASK-JULES', words: WORDS },
    { name: 'the input in capitals', label: 'ask-jules', words: { ...WORDS, triggerLabel: ' Ask-Jules ' } },
  ])('$name: case does not count, and the origin is the same', ({ label, words }) => {
    expect(derive('issues', labeled(label), words)).toMatchObject({ origin: { id: `ask-jules/${ISSUE.updated_at}` } })
  })

  test('pull_request labeled: start on the pull request', () => {
    expect(derive('pull_request', pullLabeled(PULL_REQUEST))).toMatchObject({
      thread: { number: 34, kind: 'pull-request' },
      because: { kind: 'label' },
    })
  })

  test('issue_comment created: the command in it', () => {
    expect(derive('issue_comment', commented('/jules fix it'))).toEqual({
      thread: { number: 12, kind: 'issue' },
      because: { kind: 'command', comment: 601, command: { verb: 'say', text: 'fix it', flags: {}, cut: false } },
      subject,
      asker,
      origin: { kind: 'comment', id: '601' },
    })
  })

  test('issue_comment created on a pull request', () => {
    const issue = { ...ISSUE, number: 34, pull_request: {} }
    expect(derive('issue_comment', commented('/jules', { issue }))).toMatchObject({
      thread: { number: 34, kind: 'pull-request' },
      because: { kind: 'command', command: { verb: 'bare' } },
    })
  })

  const onPull = { thread: { number: 34, kind: 'pull-request' }, subject, asker }
  const fixIt = { verb: 'say', text: 'fix it', flags: {}, cut: false }

  test('pull_request_review_comment created: the command in it, with the piece of the diff', () => {
    const passage = { path: 'src/date.ts', line: 7, before: false, hunk: '@@ -1,2 +1,2 @@\n-old\n+new' }
    const part = { review: 901, at: '2026-11-20T11:58:00Z', passage }
    expect(derive('pull_request_review_comment', reviewCommented('/jules fix it'))).toEqual({
      ...onPull,
      because: { kind: 'command', comment: 601, of: 'line', command: fixIt, part },
      origin: { kind: 'line', id: '601' },
    })
  })

  test.each([
    { name: 'a command', body: '/jules fix it', command: fixIt },
    { name: 'other words, so only its lines may hold one', body: 'nice', command: undefined },
    { name: 'nothing, so only its lines may hold one', body: '', command: undefined },
    { name: 'T-18 a quoted command, so only its lines may hold one', body: '> /jules go', command: undefined },
  ])('pull_request_review submitted with $name', ({ body, command }) => {
    expect(derive('pull_request_review', reviewed(body))).toEqual({
      ...onPull,
      because: { kind: 'command', comment: 901, of: 'review', command, part: { review: 901, at: SUBMITTED } },
      origin: { kind: 'review', id: '901' },
    })
  })

  test('issue_comment edited, where boxes are shown: a tick in our comment, asked by whoever ticked', () => {
    expect(derive('issue_comment', ticked('- [ ] Start again', '- [x] Start again'), BOXES)).toEqual({
      thread: { number: 12, kind: 'issue' },
      because: {
        kind: 'command',
        comment: Date.parse(SUBMITTED),
        of: 'tick',
        command: { verb: 'retry' },
        ticked: 601,
        part: { review: 0, at: SUBMITTED },
      },
      subject,
      asker,
      origin: { kind: 'tick', id: `601/${SUBMITTED}` },
    })
  })

  test('where a prompt is set, too, only the lines of a review may tell whether anybody misplaced it', () => {
    expect(derive('pull_request_review', reviewed('nice'), PROMPT)).toMatchObject({
      because: { kind: 'command', command: undefined },
    })
  })

  test.each([
    { name: 'dispatch', event: 'workflow_dispatch', more: {} },
    { name: 'repository dispatch', event: 'repository_dispatch', more: { action: 'go' } },
    { name: 'issue opened', event: 'issues', more: { action: 'opened', issue: ISSUE } },
    { name: 'any label', event: 'issues', more: labeled('bug') },
    { name: 'pull request opened', event: 'pull_request', more: { action: 'opened', pull_request: PULL_REQUEST } },
  ])('prompt on $name: start with it, asked by the sender', ({ event, more }) => {
    expect(derive(event, more, PROMPT)).toEqual({
      thread: undefined,
      because: { kind: 'prompt', instruction: 'Update the changelog.' },
      subject: undefined,
      asker,
      origin: { kind: 'prompt', id: '900' },
    })
  })

  test.each(['schedule', 'push'])('T-14 prompt on %s: the workflow file alone speaks', (event) => {
    expect(derive(event, {}, PROMPT)).toMatchObject({ because: { kind: 'prompt' }, asker: undefined })
  })

  test('T-13 a dispatch by another workflow is asked by its bot', () => {
    const sender = { login: 'github-actions[bot]', id: 41898282, type: 'Bot' }
    expect(derive('workflow_dispatch', { sender }, PROMPT)).toMatchObject({
      asker: { login: 'github-actions[bot]', id: 41898282, bot: true },
    })
  })

  test('prompt on workflow_run: asked by whoever started it', () => {
    const workflow_run = { head_repository: { id: 1000 }, triggering_actor: { login: 'eve', id: 66 } }
    expect(derive('workflow_run', { workflow_run }, PROMPT)).toMatchObject({ asker: { login: 'eve', id: 66 } })
  })

  test.each([
    { name: 'a number', issueNumber: ' 77 ', thread: { number: 77, kind: 'issue' } },
    { name: 'nothing', issueNumber: '', thread: undefined },
    { name: 'no number', issueNumber: '#77', thread: undefined },
  ])('prompt with $name as issue-number', ({ issueNumber, thread }) => {
    expect(derive('workflow_dispatch', {}, { ...PROMPT, issueNumber })).toMatchObject({ thread })
  })
})

/** A pull request of this repository, by its branch and body. */
const pullOf = (ref: string, body: string | null = '') => ({
  ...PULL_REQUEST,
  body,
  head: { ...PULL_REQUEST.head, ref },
})
const reporting = { subject: undefined, asker: undefined, origin: { kind: 'prompt', id: '900' } }

describe('events that only report: nobody is asked who sent them', () => {
  const looks = [
    { name: 'its branch ends with a session', pull: pullOf('mend-12033588725295054001') },
    { name: 'its branch is one of Jules', pull: pullOf('jules-12033588725295054001-0a1b2c3d', null) },
    { name: 'its body names a task', pull: pullOf('mend', 'For https://jules.google.com/task/1203358872529505') },
    { name: 'its body names a session', pull: pullOf('mend', '[it](https://jules.google.com/session/12)') },
  ]
  test.each(looks)('a pull request that may be ours: $name', ({ pull }) => {
    expect(derive('pull_request', { action: 'opened', pull_request: pull })).toEqual({
      thread: { number: 34, kind: 'pull-request' },
      because: { kind: 'news', news: 'opened' },
      ...reporting,
    })
  })

  test.each([
    { action: 'opened', merged: false, news: 'opened' },
    { action: 'reopened', merged: false, news: 'reopened' },
    { action: 'closed', merged: true, news: 'merged' },
    { action: 'closed', merged: false, news: 'closed' },
  ])('it was $news', ({ action, merged, news }) => {
    const pull_request = { ...pullOf('mend-12033588725295054001'), merged }
    expect(derive('pull_request', { action, pull_request })).toMatchObject({ because: { kind: 'news', news } })
  })

  test.each([
    { name: 'an ordinary branch', pull: pullOf('mend') },
    { name: 'a branch with a short number', pull: pullOf('mend-123456789') },
    { name: 'a branch with a number in the middle', pull: pullOf('mend-12033588725295054001-b') },
    { name: 'a branch that is nearly one of Jules', pull: pullOf('jules-12-0a1b2c3') },
    { name: 'a body that names no session', pull: pullOf('mend', 'See https://jules.google.com/task/new') },
    { name: 'no body', pull: pullOf('mend', null) },
    {
      name: 'T-12 the head is in a fork',
      pull: { ...FORK_PULL, head: { ...FORK_PULL.head, ref: 'mend-12033588725295054001' } },
    },
  ])('a pull request that is none of ours: $name', ({ pull }) => {
    for (const action of ['opened', 'reopened', 'closed'])
      expect(derive('pull_request', { action, pull_request: pull })).toEqual({ ignored: 'not-our-pull-request' })
  })

  test('the issue was closed', () => {
    expect(derive('issues', { action: 'closed', issue: ISSUE })).toEqual({
      thread: { number: 12, kind: 'issue' },
      because: { kind: 'thread-closed' },
      ...reporting,
    })
  })

  test('F-47 by nobody that is known', () => {
    const pull_request = pullOf('mend-12033588725295054001')
    expect(derive('pull_request', { action: 'closed', pull_request, sender: null })).toMatchObject({
      because: { kind: 'news' },
    })
    expect(derive('issues', { action: 'closed', issue: ISSUE, sender: null })).toMatchObject({
      because: { kind: 'thread-closed' },
    })
  })

  test('T-17 closed by Dependabot without a key', () => {
    const sender = { login: 'dependabot[bot]', id: 49699333, type: 'Bot' }
    expect(derive('issues', { action: 'closed', issue: ISSUE, sender }, WORDS, NO_KEY)).toEqual({
      ignored: 'no-secrets-here',
    })
  })
})

describe('mode: sweep', () => {
  const SWEEP = { ...WORDS, mode: 'sweep' }
  test.each([
    { event: 'schedule', more: {} },
    { event: 'workflow_dispatch', more: {} },
    { event: 'issues', more: { action: 'closed', issue: ISSUE, sender: null } },
  ])('on $event: a look at everything, asked by nobody', ({ event, more }) => {
    expect(derive(event, more, SWEEP)).toEqual({ thread: undefined, because: { kind: 'sweep' }, ...reporting })
  })

  test('T-11 never for a fork', () => {
    expect(derive('pull_request', { action: 'opened', pull_request: FORK_PULL }, SWEEP)).toEqual({ ignored: 'fork' })
  })
})

describe('mode: doctor', () => {
  const DOCTOR = { ...WORDS, mode: 'doctor' }
  const FORK = { action: 'opened', pull_request: FORK_PULL }
  test.each([
    { event: 'workflow_dispatch', more: {}, words: DOCTOR },
    { event: 'issues', more: labeled('ask-jules'), words: DOCTOR },
    { event: 'issue_comment', more: commented('/jules fix it'), words: { ...DOCTOR, prompt: 'Mend it.' } },
    { event: 'workflow_dispatch', more: {}, words: { ...DOCTOR, sessionId: 'no id at all' } },
    { event: 'pull_request', more: FORK, words: DOCTOR },
  ])('on $event: the set-up and nothing else, asked by nobody', ({ event, more, words }) => {
    expect(derive(event, more, words)).toEqual({ thread: undefined, because: { kind: 'doctor' }, ...reporting })
  })

  test('not where there are no secrets, nor on an event of another repository', () => {
    expect(derive('pull_request', FORK, DOCTOR, NO_KEY)).toEqual({ ignored: 'no-secrets-here' })
    const elsewhere = { ...RUN, repository: 'acme/gadgets' }
    expect(derive('workflow_dispatch', {}, DOCTOR, elsewhere)).toEqual({ ignored: 'other-repository' })
  })
})

describe('a session that the workflow file names', () => {
  const ID = '12033588725295054001'
  const naming = (sessionId: string, over: Partial<Words> = {}) =>
    derive('workflow_dispatch', {}, { ...WORDS, sessionId, ...over })

  test.each([
    { name: 'it alone', words: {}, wish: 'follow', message: '' },
    { name: 'with a prompt', words: { prompt: ' Mend the docs too. ' }, wish: 'tell', message: 'Mend the docs too.' },
    { name: 'with a prompt of blanks', words: { prompt: ' \n' }, wish: 'follow', message: '' },
    { name: 'mode: archive', words: { mode: 'archive' }, wish: 'archive', message: '' },
    { name: 'mode: delete', words: { mode: 'delete' }, wish: 'delete', message: '' },
  ])('$name: $wish', ({ words, wish, message }) => {
    expect(naming(ID, words)).toEqual({
      thread: undefined,
      because: { kind: 'session', session: ID, wish, message },
      subject: undefined,
      asker,
      origin: { kind: 'prompt', id: '900' },
    })
  })

  test('reported in the thread of issue-number', () => {
    expect(naming(ID, { issueNumber: '77' })).toMatchObject({ thread: { number: 77, kind: 'issue' } })
  })

  test.each([
    { event: 'schedule', more: {} },
    { event: 'push', more: {} },
  ])('T-14 on $event the workflow file alone speaks', ({ event, more }) => {
    expect(derive(event, more, { ...WORDS, sessionId: ID })).toMatchObject({
      because: { kind: 'session' },
      asker: undefined,
    })
  })

  test.each([
    { name: 'a label', event: 'issues', more: labeled('ask-jules') },
    { name: 'a comment', event: 'issue_comment', more: commented('/jules go') },
    { name: 'a closed issue', event: 'issues', more: { action: 'closed', issue: ISSUE } },
    { name: 'an edited comment', event: 'issue_comment', more: { ...commented('x'), action: 'edited' } },
  ])('on $name it is asked by the sender', ({ event, more }) => {
    expect(derive(event, more, { ...WORDS, sessionId: ID })).toMatchObject({ because: { kind: 'session' }, asker })
  })

  test.each([
    { name: 'T-11 on a pull request of a fork', more: { pull_request: FORK_PULL }, run: RUN, reason: 'fork' },
    {
      name: 'T-17 on a pull request of a fork without a key',
      more: { pull_request: FORK_PULL },
      run: NO_KEY,
      reason: 'no-secrets-here',
    },
    {
      name: 'F-47 by nobody',
      more: { pull_request: PULL_REQUEST, sender: null },
      run: RUN,
      reason: 'permission-unknown',
    },
  ])('$name: $reason', ({ more, run, reason }) => {
    const opened = { action: 'opened', ...more }
    expect(derive('pull_request', opened, { ...WORDS, sessionId: ID }, run)).toEqual({ ignored: reason })
  })

  test.each(['archive', 'delete'])('mode: %s without session-id is a mistake in the set-up, and is named', (mode) => {
    for (const sessionId of ['', '  '])
      expect(naming(sessionId, { mode })).toEqual({ mistake: expect.stringMatching(`${mode}.*session-id`) })
  })

  const named = [
    { given: ID, id: ID },
    { given: ` ${ID}\n`, id: ID },
    { given: `sessions/${ID}`, id: ID },
    { given: `https://jules.google.com/session/${ID}`, id: ID },
    { given: `https://jules.google.com/task/${ID}`, id: ID },
    { given: 'a_b-C9', id: 'a_b-C9' },
    { given: '9'.repeat(128), id: '9'.repeat(128) },
  ]
  test.each(named)('T-116 $given is exactly that session', ({ given, id }) => {
    expect(naming(given)).toMatchObject({ because: { session: id } })
  })

  test.each([
    '..',
    '.',
    '/',
    '../sources',
    'sessions/',
    'sessions/../sources',
    'sessions/12/activities',
    'sessions//12',
    'sessions/12/',
    '/sessions/12',
    'SESSIONS/12',
    'sessions/sessions/12',
    'sources/12',
    '12:archive',
    '12?x=1',
    '12#x',
    '12&x',
    '12;x',
    '12 13',
    '12\n13',
    '12\r\nX-Goog-Api-Key: x',
    '12%2f13',
    '%2e%2e',
    '12\\13',
    '12\u0000',
    '12\u200b',
    '１２',
    '1'.repeat(129),
    '12*',
    '{12}',
    'http://jules.google.com/session/12',
    'https://jules.google.com.evil.test/session/12',
    'https://jules.google.com/session/12/../../x',
    'https://jules.google.com/session/12?x=1',
    'https://evil.test/https://jules.google.com/session/12',
  ])('T-116 %j is no session: a mistake in the set-up, and it is named', (sessionId) => {
    for (const mode of ['auto', 'archive', 'delete'])
      expect(naming(sessionId, { mode })).toEqual({ mistake: expect.stringContaining('`session-id`') })
  })
})

describe('events that ask nothing', () => {
  const rows: { name: string; event: string; more: object; reason: string; words?: Words; run?: Run }[] = [
    {
      name: 'another repository',
      event: 'issues',
      more: { ...labeled('ask-jules'), repository: { full_name: 'acme/other' } },
      reason: 'other-repository',
    },
    {
      name: 'another repository, with a prompt',
      event: 'push',
      more: { repository: { full_name: 'x/y' } },
      reason: 'other-repository',
      words: PROMPT,
    },
    {
      name: 'T-10 another label',
      event: 'issues',
      more: labeled('bug', { ...ISSUE, labels: [{ name: 'ask-jules' }] }),
      reason: 'event-not-handled',
    },
    {
      name: 'T-10 issue opened with the label',
      event: 'issues',
      more: { action: 'opened', issue: { ...ISSUE, labels: [{ name: 'ask-jules' }] } },
      reason: 'event-not-handled',
    },
    {
      name: 'F-47 label by a ghost',
      event: 'issues',
      more: { ...labeled('ask-jules'), sender: null },
      reason: 'permission-unknown',
    },
    { name: 'T-11 label on a fork', event: 'pull_request', more: pullLabeled(FORK_PULL), reason: 'fork' },
    {
      name: 'T-17 label on a fork without a key',
      event: 'pull_request',
      more: pullLabeled(FORK_PULL),
      reason: 'no-secrets-here',
      run: NO_KEY,
    },
    {
      name: 'T-18 comment without a command',
      event: 'issue_comment',
      more: commented('> /jules approve'),
      reason: 'not-a-command',
    },
    {
      name: 'comment without a command where a prompt is set',
      event: 'issue_comment',
      more: commented('hello'),
      reason: 'not-a-command',
      words: PROMPT,
    },
    {
      name: 'T-08 edited comment',
      event: 'issue_comment',
      more: { ...commented('/jules approve'), action: 'edited' },
      reason: 'edited',
    },
    {
      name: 'T-08 edited comment where a prompt is set',
      event: 'issue_comment',
      more: { ...commented('/jules approve'), action: 'edited' },
      reason: 'edited',
      words: PROMPT,
    },
    {
      name: 'T-08 deleted comment',
      event: 'issue_comment',
      more: { ...commented('/jules approve'), action: 'deleted' },
      reason: 'event-not-handled',
    },
    {
      name: 'T-08 sender is not the author',
      event: 'issue_comment',
      more: commented('/jules approve', { comment: comment('/jules approve', { login: 'eve', id: 66 }) }),
      reason: 'permission-unknown',
    },
    {
      name: 'F-47 comment of a ghost',
      event: 'issue_comment',
      more: commented('/jules approve', { comment: comment('/jules approve', null) }),
      reason: 'permission-unknown',
    },
    {
      name: 'F-47 comment without a sender',
      event: 'issue_comment',
      more: commented('/jules approve', { sender: null }),
      reason: 'permission-unknown',
    },
    {
      name: 'review comment without a command',
      event: 'pull_request_review_comment',
      more: reviewCommented('nice'),
      reason: 'not-a-command',
    },
    {
      name: 'T-11 review comment with a command on a fork',
      event: 'pull_request_review_comment',
      more: reviewCommented('/jules go', FORK_PULL),
      reason: 'fork',
    },
    {
      name: 'review without a command on a fork',
      event: 'pull_request_review',
      more: reviewed('nice', FORK_PULL),
      reason: 'not-a-command',
    },
    {
      name: 'T-08 review of somebody else than the sender',
      event: 'pull_request_review',
      more: { ...reviewed('/jules go'), sender: { login: 'eve', id: 66 } },
      reason: 'permission-unknown',
    },
    {
      name: 'F-47 review of a ghost',
      event: 'pull_request_review',
      more: { ...reviewed(''), review: review('', null) },
      reason: 'permission-unknown',
    },
    {
      name: 'T-08 comment on a line of somebody else than the sender',
      event: 'pull_request_review_comment',
      more: { ...reviewCommented('/jules go'), sender: { login: 'eve', id: 66 } },
      reason: 'permission-unknown',
    },
    {
      name: 'T-17 review with a command on a fork without a key',
      event: 'pull_request_review',
      more: reviewed('/jules go', FORK_PULL),
      reason: 'no-secrets-here',
      run: NO_KEY,
    },
    {
      name: 'T-11 review with a command on a fork',
      event: 'pull_request_review',
      more: reviewed('/jules go', FORK_PULL),
      reason: 'fork',
    },
    {
      name: 'T-08 a tick where no boxes are shown',
      event: 'issue_comment',
      more: ticked('- [ ] Start again', '- [x] Start again'),
      reason: 'edited',
    },
    {
      name: 'T-08 another edit where boxes are shown',
      event: 'issue_comment',
      more: ticked('- [ ] Start again', '/jules go'),
      reason: 'edited',
      words: BOXES,
    },
    {
      name: 'F-47 a tick at no time',
      event: 'issue_comment',
      more: ticked('- [ ] Start again', '- [x] Start again', 'yesterday'),
      reason: 'edited',
      words: BOXES,
    },
    {
      name: 'F-47 a tick by nobody',
      event: 'issue_comment',
      more: { ...ticked('- [ ] Start again', '- [x] Start again'), sender: null },
      reason: 'permission-unknown',
      words: BOXES,
    },
    { name: 'T-14 schedule without a prompt', event: 'schedule', more: {}, reason: 'event-not-handled' },
    { name: 'dispatch without a prompt', event: 'workflow_dispatch', more: {}, reason: 'event-not-handled' },
    {
      name: 'a prompt of blanks',
      event: 'workflow_dispatch',
      more: {},
      reason: 'event-not-handled',
      words: { ...WORDS, prompt: ' \n' },
    },
    {
      name: 'prompt, but nobody sent it',
      event: 'workflow_dispatch',
      more: { sender: null },
      reason: 'permission-unknown',
      words: PROMPT,
    },
    {
      name: 'T-11 prompt on a pull request of a fork',
      event: 'pull_request',
      more: { action: 'opened', pull_request: FORK_PULL },
      reason: 'fork',
      words: PROMPT,
    },
    {
      name: 'T-17 prompt on a pull request of a fork without a key',
      event: 'pull_request',
      more: { action: 'opened', pull_request: FORK_PULL },
      reason: 'no-secrets-here',
      words: PROMPT,
      run: NO_KEY,
    },
    {
      name: 'T-11 prompt on a run of a fork',
      event: 'workflow_run',
      more: { workflow_run: { triggering_actor: ADA } },
      reason: 'fork',
      words: PROMPT,
    },
    {
      name: 'T-17 label by Dependabot without a key',
      event: 'issues',
      more: { ...labeled('ask-jules'), sender: { login: 'dependabot[bot]', id: 49699333, type: 'Bot' } },
      reason: 'no-secrets-here',
      run: NO_KEY,
    },
    {
      name: 'pull request of somebody else',
      event: 'pull_request',
      more: { action: 'opened', pull_request: PULL_REQUEST },
      reason: 'not-our-pull-request',
    },
    {
      name: 'T-17 review comment with a command on a fork without a key',
      event: 'pull_request_review_comment',
      more: reviewCommented('/jules go', FORK_PULL),
      reason: 'no-secrets-here',
      run: NO_KEY,
    },
    {
      name: 'T-17 nothing asked on a fork without a key',
      event: 'pull_request_review_comment',
      more: reviewCommented('nice', FORK_PULL),
      reason: 'not-a-command',
      run: NO_KEY,
    },
    {
      name: 'pull request synchronized',
      event: 'pull_request',
      more: { action: 'synchronize', pull_request: PULL_REQUEST },
      reason: 'event-not-handled',
    },
    {
      name: 'an event without a repository',
      event: 'schedule',
      more: { repository: undefined },
      reason: 'event-not-handled',
    },
  ]
  test.each(rows)('$name: $reason', ({ event, more, reason, words, run }) => {
    expect(derive(event, more, words, run)).toEqual({ ignored: reason })
  })
})

describe('mistakes and missing keys', () => {
  test('a prompt on a comment event is a mistake in the set-up, and is named', () => {
    expect(derive('issue_comment', commented('/jules go'), PROMPT)).toEqual({
      mistake: expect.stringContaining('`prompt`'),
    })
  })

  test.each([
    { event: 'pull_request_review', more: reviewed('/jules go') },
    { event: 'pull_request_review_comment', more: reviewCommented('/jules go') },
  ])('and so it is on $event', ({ event, more }) => {
    expect(derive(event, more, PROMPT)).toEqual({ mistake: expect.stringContaining('`prompt`') })
  })

  test.each([
    { event: 'issue_comment', action: 'deleted', more: { issue: ISSUE, comment: comment('/jules go') } },
    {
      event: 'pull_request_review',
      action: 'dismissed',
      more: { pull_request: PULL_REQUEST, review: { body: '/jules go' } },
    },
    {
      event: 'pull_request_review',
      action: 'edited',
      more: { pull_request: PULL_REQUEST, review: { body: '/jules go' } },
    },
    {
      event: 'pull_request_review_comment',
      action: 'edited',
      more: { pull_request: PULL_REQUEST, comment: comment('/jules go') },
    },
    {
      event: 'pull_request_review_comment',
      action: 'deleted',
      more: { pull_request: PULL_REQUEST, comment: comment('/jules go') },
    },
    { event: 'commit_comment', action: 'created', more: { comment: comment('/jules go') } },
    { event: 'discussion', action: 'created', more: { discussion: { number: 3, body: '/jules go' } } },
    {
      event: 'discussion_comment',
      action: 'created',
      more: { discussion: { number: 3 }, comment: comment('/jules go') },
    },
  ])("a prompt starts nothing on $event $action, which is about somebody's words", ({ event, action, more }) => {
    expect(derive(event, { action, ...more }, PROMPT)).toEqual({ ignored: 'event-not-handled' })
  })

  test('T-17 an empty key anywhere else is judged with the inputs', () => {
    expect(derive('issues', labeled('ask-jules'), WORDS, NO_KEY)).toMatchObject({ because: { kind: 'label' } })
    expect(derive('workflow_dispatch', {}, PROMPT, NO_KEY)).toMatchObject({ because: { kind: 'prompt' } })
  })

  test('the same repository in other letters is the same', () => {
    const more = { ...labeled('ask-jules'), repository: { full_name: 'Acme/Widgets', id: 1000 } }
    expect(derive('issues', more)).toMatchObject({ because: { kind: 'label' } })
  })
})
