/** Which refusal of GitHub means what, and which permission is named. */
import type { Refusal } from '../../src/core/effect/story.ts'
import { githubProblem } from '../../src/shell/github-problem.ts'
import type { Facts } from '../../src/shell/service-error.ts'

const facts = (over: Partial<Facts>): Facts => ({
  party: 'github',
  call: 'issues.updateComment',
  status: 403,
  code: '',
  said: '',
  passing: false,
  unsure: false,
  ...over,
})

const REFUSALS: { name: string; over: Partial<Facts>; refusal: Refusal | undefined }[] = [
  { name: 'a lock', over: { said: 'Unable to create comment because issue is locked.' }, refusal: 'locked' },
  { name: 'a thread that was deleted', over: { status: 410 }, refusal: 'deleted' },
  { name: 'a thread that is not found', over: { status: 404, call: 'issues.listComments' }, refusal: 'deleted' },
  { name: 'a comment that is not found', over: { status: 404 }, refusal: 'comment-gone' },
  { name: 'a label that is not found', over: { status: 404, call: 'issues.addLabels' }, refusal: undefined },
  { name: 'a redirect', over: { status: 0, code: 'moved' }, refusal: 'moved' },
  { name: 'an unknown token', over: { status: 401 }, refusal: 'token' },
  { name: 'a limit', over: { code: 'rate-limited', passing: true }, refusal: 'rate-limit' },
  { name: 'a missing permission', over: { said: 'Resource not accessible by integration' }, refusal: undefined },
  { name: 'an outage', over: { status: 503, passing: true }, refusal: undefined },
]
test.each(REFUSALS)('F-35 $name: $refusal', ({ over, refusal }) => {
  expect(githubProblem(facts(over), 'issue', '').refusal).toBe(refusal)
})

const NEEDS: { call: string; kind?: 'issue' | 'pull-request'; needs?: string[]; line: string }[] = [
  { call: 'issues.createComment', line: 'issues: write' },
  { call: 'issues.createComment', kind: 'pull-request', line: 'pull-requests: write' },
  { call: 'reactions.createForIssue', line: 'issues: write' },
  { call: 'pulls.get', line: 'pull-requests: write' },
  { call: 'repos.getBranch', line: 'contents: read' },
  { call: 'repos.getBranch', needs: ['contents: read'], line: 'contents: read' },
  { call: 'issues.createComment', needs: ['issues: write', 'pull-requests: write'], line: 'issues: write' },
  {
    call: 'issues.createComment',
    kind: 'pull-request',
    needs: ['issues: write', 'pull-requests: write'],
    line: 'pull-requests: write',
  },
  { call: 'pulls.get', needs: ['pull-requests: write'], line: 'pull-requests: write' },
  { call: 'issues.createComment', kind: 'pull-request', needs: ['issues: write'], line: 'issues: write' },
]
test.each(NEEDS)('T-117 F-34 $call ($kind, $needs) needs $line', ({ call, kind, needs = [], line }) => {
  const { failure, sentence } = githubProblem(facts({ call, needs }), kind ?? 'issue', '')
  expect(failure).toBe('github-permission-missing')
  expect(sentence).toContain(`under \`permissions:\` of the job: \`${line}\`.`)
})

test.each([
  { status: 503, passing: true, says: 'did not answer `issues.updateComment` (503)' },
  { status: 422, passing: false, says: 'refused `issues.updateComment` (422)' },
])('$status: what happened, and what to do', ({ status, passing, says }) => {
  const { sentence } = githubProblem(facts({ status, passing }), 'issue', String(status))
  expect(sentence).toContain(says)
  expect(sentence).toContain('Run the job again.')
})
