/** What the workflow file says wrongly is told at once and in full, before anybody is asked anything. */
import { endWorlds, JULES_KEY, julesCalls, last, type Told, tellDirectly, verdict, writes } from '../support/story.ts'

afterEach(endWorlds)

async function commented(): Promise<Told> {
  const world = await tellDirectly()
  world.github.comment(world.ann, world.issue, '/jules fix it')
  return world
}

test('every mistake in the inputs is told at once, with name, value and range, and never a secret', async () => {
  const world = await commented()
  const inputs = {
    'jules-api-key': 'two words of a secret',
    'wait-minutes': '351',
    'poll-seconds': 'often',
    'status-labels': 'yes',
    'minimum-permission': 'owner',
    'trigger-label': 'Jules',
    'allowed-bots': '*',
    'jules-api-url': 'https://example.com/v1alpha',
    notify: 'loudly',
  }
  const result = await world.run(last(world, 'issue_comment'), { inputs }).done

  expect([verdict(result), result.code]).toEqual(['failed/inputs-invalid', 1])
  for (const name of Object.keys(inputs)) expect(result.stdout).toContain(`\`${name}\``)
  expect(result.stdout).toContain('`wait-minutes` is `351`. Allowed: a whole number from 0 to 350.')
  expect(result.stdout.replace(/::add-mask::.*/g, '')).not.toContain('two words of a secret')
  expect(world.github.server.calls).toEqual([])
  expect(julesCalls(world)).toEqual([])
})

test('a missing key is called by its name', async () => {
  const world = await commented()
  const result = await world.run(last(world, 'issue_comment'), { inputs: { 'jules-api-key': '' } }).done

  expect([verdict(result), result.code]).toEqual(['failed/key-missing', 1])
  expect(result.annotations.map(({ message }) => message).join()).toContain('JULES_API_KEY')
})

test('wrong inputs do not turn runs red that ask nothing', async () => {
  const world = await tellDirectly()
  world.github.comment(world.ann, world.issue, 'Thank you!')
  const result = await world.run(last(world, 'issue_comment'), { inputs: { 'wait-minutes': 'x', 'jules-api-key': '' } })
    .done

  expect([verdict(result), result.code]).toEqual(['ignored/not-a-command', 0])
})

test('a prompt on a comment event is a mistake in the set-up', async () => {
  const world = await commented()
  const result = await world.run(last(world, 'issue_comment'), { inputs: { prompt: 'Do it' } }).done

  expect([verdict(result), result.code]).toEqual(['failed/inputs-invalid', 1])
  expect(result.stdout).toContain('`prompt`')
})

test('another GitHub server is refused plainly', async () => {
  const world = await commented()
  const environment = { GITHUB_SERVER_URL: 'https://github.example.com' }
  const result = await world.run(last(world, 'issue_comment'), { environment }).done

  expect([verdict(result), result.code]).toEqual(['failed/not-github-com', 1])
  expect(world.github.server.calls).toEqual([])
})

test('a dry run reads everything, says what it would do, and writes nothing', async () => {
  const world = await tellDirectly({ inputs: { 'dry-run': 'true' } })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const result = await world.run(last(world, 'issues', 'labeled')).done

  expect([verdict(result), result.code]).toEqual(['dry-run/done', 0])
  expect(result.summary).toContain('create a session of sources/github/acme/widgets from main')
  expect(writes(world)).toEqual([])
  expect(julesCalls(world).filter(({ method }) => method !== 'GET')).toEqual([])
})

const BROKEN = [
  { name: 'no event file', environment: { GITHUB_EVENT_PATH: '/nowhere/event.json' } },
  { name: 'no event name', environment: { GITHUB_EVENT_NAME: '' } },
  { name: 'no repository', environment: { GITHUB_REPOSITORY: '' } },
]
test.each(BROKEN)('F-46 $name: a clear sentence and no call', async ({ environment }) => {
  const world = await commented()
  const result = await world.run(last(world, 'issue_comment'), { environment }).done

  expect([verdict(result), result.code]).toEqual(['failed/inputs-invalid', 1])
  expect(`${result.stdout}${result.stderr}`).not.toMatch(/ at .*:\d+:\d+/)
  expect(world.github.server.calls).toEqual([])
})

test('all outputs are set on every run, empty when there is nothing to say', async () => {
  const world = await tellDirectly()
  world.github.comment(world.ann, world.issue, 'Hello')
  const { outputs } = await world.run(last(world, 'issue_comment')).done

  expect(Object.keys(outputs)).toEqual([
    'outcome',
    'reason',
    'session-id',
    'session-url',
    'session-state',
    'pull-request-url',
    'pull-request-number',
    'comment-url',
    'summary',
    'files-path',
    'result',
  ])
  expect(JSON.parse(outputs.result ?? '')).toMatchObject({ version: 1, outcome: 'ignored', reason: 'not-a-command' })
})

test('the key stands in no request but its own header, and in no sink', async () => {
  const leak = `My environment: ${JULES_KEY} and ${Buffer.from(JULES_KEY).toString('base64')} and ${JULES_KEY.slice(7)}`
  const world = await tellDirectly({ scenario: 'question' })
  world.jules.server.faults.add({
    route: 'activities.list',
    phase: 'after',
    times: 99,
    act: {
      kind: 'change',
      change: (answer) => ({
        ...answer,
        body: JSON.parse(JSON.stringify(answer.body).replace(/"agentMessage":"/, `"agentMessage":"${leak} `)),
      }),
    },
  })
  world.github.label(world.ann, world.issue, 'ask-jules')
  const result = await world.run(last(world, 'issues', 'labeled')).done
  const sinks = [
    result.stdout.replace(/^::add-mask::.*$/gm, ''),
    result.stderr,
    result.summary,
    JSON.stringify(result.outputs),
    JSON.stringify(world.github.server.calls.map(({ path, body }) => [path, body])),
    JSON.stringify(world.jules.server.calls.map(({ path, body, query }) => [path, body, String(query)])),
  ].join('\n')

  expect(verdict(result)).toBe('waiting-for-reply/question')
  expect(sinks).toContain('My environment: ***')
  for (const piece of [
    JULES_KEY,
    JULES_KEY.slice(7),
    JULES_KEY.slice(0, 12),
    Buffer.from(JULES_KEY).toString('base64').slice(0, 20),
  ])
    expect(sinks).not.toContain(piece)
  expect(result.environmentFile).toBe('')
  expect(result.pathFile).toBe('')
})
