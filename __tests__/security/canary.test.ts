/** Our secrets stand in every text that anybody sends us, in every way to write them, and nothing of them comes out anywhere. */
import { hkdfSync } from 'node:crypto'
import type { Act } from '../../emulator/faults.ts'
import { FORMS, leaks, sinksOf, soaked } from '../support/hostile/canary.ts'
import { openStage } from '../support/stage/stage.ts'
import { endWorlds, JULES_KEY, last, type Told, tellDirectly, verdict } from '../support/story.ts'

const stage = openStage()
afterEach(endWorlds)
afterAll(() => stage.close())

/** What the action goes by; each of these is looked at one by one elsewhere. */
const OF_JULES =
  'name id state createTime updateTime url source sourceContext originator planId mimeType data nextPageToken status code owner repo'
const OF_GITHUB = new Set([
  'body',
  'title',
  'message',
  'name',
  'description',
  'label',
  'diff_hunk',
  'path',
  'documentation_url',
])
const isKeptOfJules = (name: string) => OF_JULES.split(' ').includes(name)

const soaking = (words: string, isKept: (name: string) => boolean): Act => ({
  kind: 'change',
  change: (answer) => ({ ...answer, body: soaked(answer.body, words, isKept) }),
})

/** Jules says it wherever it says anything, from now on. */
function soakJules({ jules }: Told, words: string): void {
  jules.server.faults.add({ route: '*', phase: 'after', times: 9999, act: soaking(words, isKeptOfJules) })
}

const permissions = { contents: 'read', issues: 'write', pull_requests: 'write' } as const

/** A request whose thread, event and inputs hold it as well; `happens` may make more trouble. */
async function run(scenario: string, form: (secret: string) => string, happens?: (world: Told, words: string) => void) {
  const world = await tellDirectly({ start: stage.start, scenario })
  const token = world.github.mintToken(permissions)
  const words = `${form(JULES_KEY)} ${form(token)}`
  const issue = world.github.openIssue(world.rob, { title: words, body: `${words}\n<!-- ${words} -->` }).number
  world.github.comment(world.ann, issue, `I say ${words}`)
  world.github.comment(world.ann, issue, `/jules --title "${words.slice(0, 60)}" mend ${words}`)
  const event = last(world, 'issue_comment', 'created')
  soakJules(world, words)
  happens?.(world, words)
  const environment = { RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true' }
  const inputs = { instructions: words, 'wait-minutes': '30' }
  const result = await world.run(event, { token, inputs, environment }).done
  return { world, result, secrets: [JULES_KEY, token] }
}

function expectNoLeak({ world, result, secrets }: Awaited<ReturnType<typeof run>>): void {
  const sinks = sinksOf(world, result)
  expect(sinks.outputs).toContain('session')
  expect(leaks(secrets, sinks)).toEqual([])
  const key = Buffer.from(hkdfSync('sha256', JULES_KEY, '', 'jules-relay record', 32))
  expect(
    Object.values(sinks).filter(
      (text) => text.includes(key.toString('base64url')) || text.includes(key.toString('hex')),
    ),
  ).toEqual([])
}

/** Three ways at once, for each run costs its time. */
const names = Object.keys(FORMS)
const THREE = [0, 3, 6, 9].map((from) => names.slice(from, from + 3))

test.each(THREE)('T-77 T-98 P6 a session of every kind of activity, written %s, %s and %s', async (...three) => {
  const told = await run('every-kind', (secret) => three.map((name) => FORMS[name]?.(secret)).join(' '))
  expectNoLeak(told)
  // It was there to be seen.
  expect(`${told.result.summary}${JSON.stringify(told.result.outputs)}`).toContain('***')
})

test('T-77 no way to write it is left out', () => {
  expect(THREE.flat()).toEqual(names)
})

const SCENARIOS = ['plan-gate', 'question', 'failure', 'media', 'patch-only', 'open-question', 'automatic-pull-request']
test.each(SCENARIOS)('T-77 T-84 P6 %s', async (scenario) => {
  expectNoLeak(await run(scenario, String))
})

test('T-84 P6 nothing of what anybody says is in the log, though debugging is on', async () => {
  const told = await run('every-kind', () => 'c4nary-in-the-log')
  expect(told.result.stdout).toContain('Session ')
  expect(told.result.stdout).not.toContain('c4nary')
})

const TROUBLE: { name: string; happens(world: Told, words: string): void }[] = [
  ...[400, 401, 403, 404, 500].map((status) => ({
    name: `Jules refuses the session with ${status}`,
    happens: ({ jules }: Told, words: string) => {
      const error = {
        code: status,
        status: words,
        message: words,
        details: [{ fieldViolations: [{ field: words, description: words }] }],
      }
      jules.server.faults.add({
        route: 'sessions.create',
        phase: 'before',
        times: 99,
        act: { kind: 'answer', answer: { status, headers: {}, body: { error } } },
      })
    },
  })),
  {
    name: 'Jules answers with a page',
    happens: ({ jules }, words) => {
      jules.server.faults.add({
        route: 'sessions.get',
        phase: 'before',
        times: 99,
        act: { kind: 'answer', answer: { status: 200, headers: { 'content-type': 'text/html' }, text: words } },
      })
    },
  },
  ...[400, 401, 403, 410, 422, 500].map((status) => ({
    name: `GitHub refuses the comment with ${status}`,
    happens: ({ github }: Told, words: string) => {
      github.server.faults.add({
        route: 'issues.createComment',
        phase: 'before',
        times: 99,
        act: {
          kind: 'answer',
          answer: { status, headers: {}, body: { message: words, documentation_url: words, errors: [words] } },
        },
      })
    },
  })),
  {
    name: 'GitHub says it wherever it says anything',
    happens: ({ github }, words) => {
      const isKept = (name: string) => !OF_GITHUB.has(name)
      for (const route of ['issues.get', 'issues.listComments', 'issues.listLabelsOnIssue', 'repos.get'])
        github.server.faults.add({ route, phase: 'after', times: 99, act: soaking(words, isKept) })
    },
  },
]
test.each(TROUBLE)('T-98 P6 $name', async ({ happens }) => {
  const told = await run('automatic-pull-request', String, happens)
  expect(verdict(told.result)).not.toBe('/')
  expectNoLeak(told)
})

test('T-95 T-93 nothing is put into the environment of later steps, and only our own secrets are masked', async () => {
  const { result, secrets } = await run('every-kind', String)
  expect(result.environmentFile + result.pathFile).toBe('')
  expect(result.masks.every((mask) => mask.length >= 8)).toBe(true)
  const own = secrets.flatMap((secret) => [secret, Buffer.from(secret).toString('base64')])
  expect([...result.masks].sort()).toEqual(own.sort())
})
