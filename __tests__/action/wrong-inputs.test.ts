/** Wrong inputs: all of them are named in one run, no secret is shown, and nobody is asked anything. */
import { INPUT_DEFAULTS } from '../../src/core/inputs.ts'
import { endWorlds, JULES_KEY, last, type Told, tellDirectly, verdict } from '../support/story.ts'

afterEach(endWorlds)

async function dispatched(): Promise<Told> {
  const world = await tellDirectly()
  world.github.dispatch(world.ann)
  return world
}

const requests = ({ github, jules }: Told) => [...github.server.calls, ...jules.server.calls]
const withoutMasks = (stdout: string) => stdout.replace(/^::add-mask::.*$/gm, '')

const WRONG: Record<string, string> = {
  'jules-api-key': 'c4nary two words',
  'github-token': 'c4nary of the token',
  mode: 'watch',
  prompt: 'x'.repeat(61_441),
  instructions: 'y'.repeat(61_442),
  'session-id': '../sources',
  title: 'two\nlines',
  'issue-number': '#12',
  source: 'acme/widgets',
  'starting-branch': 'two words',
  'require-plan-approval': 'yes',
  'automation-mode': 'MANUAL',
  'environment-variables': '1',
  'trigger-label': 'jules',
  command: '/jules fix',
  'minimum-permission': 'read',
  'allowed-bots': '*',
  'wait-minutes': '351',
  'poll-seconds': '0.5',
  'status-labels': 'on',
  notify: 'loudly',
  'tick-boxes': 'maybe',
  'fail-on-session-failure': 'no',
  'dry-run': 'tRUE',
  'jules-api-url': 'http://127.1/v1alpha',
}

test('T-111 every input wrong at once: each is named with its value and its range, and nobody is asked anything', async () => {
  const world = await dispatched()
  const result = await world.run(last(world, 'workflow_dispatch'), { inputs: WRONG }).done
  const summary = result.outputs.summary ?? ''
  const log = result.annotations.map(({ message }) => message).join('\n')

  expect(Object.keys(WRONG)).toEqual(Object.keys(INPUT_DEFAULTS))
  expect([verdict(result), result.code]).toEqual(['failed/inputs-invalid', 1])
  for (const told of [summary, log, result.summary]) {
    const unnamed = Object.keys(WRONG).filter((name) => !told.includes(`- \`${name}\` `))
    expect(unnamed).toEqual([])
  }
  expect(summary).toContain('`wait-minutes` is `351`. Allowed: a whole number from 0 to 350.')
  expect(summary).toContain('`status-labels` is `on`. Allowed: `true` or `false`.')
  expect(summary).toContain('`prompt` has 61441 characters. Allowed: at most 61440.')
  expect(`${withoutMasks(result.stdout)}${result.stderr}${summary}${result.summary}`).not.toContain('c4nary')
  expect(requests(world)).toEqual([])
})

test('T-113 without certificate checks nothing is started, and nobody is asked anything', async () => {
  const world = await dispatched()
  world.github.comment(world.ann, world.issue, 'Thank you!')
  const environment = { NODE_TLS_REJECT_UNAUTHORIZED: '0' }
  const inputs = { prompt: 'Do it', 'wait-minutes': '0' }
  const run = (event: string, more: Record<string, string> = {}) =>
    world.run(last(world, event), { inputs: { ...inputs, ...more }, environment }).done
  const result = await run('workflow_dispatch')

  expect([verdict(result), result.code]).toEqual(['failed/inputs-invalid', 1])
  expect(result.outputs.summary).toContain('`NODE_TLS_REJECT_UNAUTHORIZED`')
  expect((await run('workflow_dispatch', { notify: 'x' })).outputs.summary).toMatch(
    /- `NODE_TLS_REJECT_UNAUTHORIZED` [\s\S]*\n- `notify` /,
  )
  expect(verdict(await run('issue_comment', { prompt: '' }))).toBe('ignored/not-a-command')
  expect(requests(world)).toEqual([])

  const on = world.run(last(world, 'workflow_dispatch'), { inputs, environment: { NODE_TLS_REJECT_UNAUTHORIZED: '1' } })
  expect(verdict(await on.done)).toBe('running/nobody-follows')
})

test.each([
  { name: 'too short', key: 'c4nary!' },
  { name: 'too long', key: `c4nary${'x'.repeat(195)}` },
  { name: 'with a newline', key: 'c4nary-1234\nX-Evil: 1' },
  { name: 'with a carriage return', key: 'c4nary-1234\rx' },
  { name: 'with a blank', key: 'c4nary 12345' },
  { name: 'with a tab', key: 'c4nary\t12345' },
  { name: 'not ASCII', key: 'c4nary-ключ-1234' },
  { name: 'quoted', key: 'c4nary-1234\u201d' },
])('T-114 a key $name: a clear error, and its value nowhere', async ({ key }) => {
  const world = await dispatched()
  const inputs = { 'jules-api-key': key, prompt: 'Do it' }
  const result = await world.run(last(world, 'workflow_dispatch'), { inputs }).done

  expect([verdict(result), result.code]).toEqual(['failed/inputs-invalid', 1])
  expect(result.outputs.summary).toContain(
    '`jules-api-key` is not of the right form (its value is not shown). Allowed: 8 to 200 visible ASCII characters.',
  )
  const sinks = [withoutMasks(result.stdout), result.stderr, result.summary, JSON.stringify(result.outputs)]
  expect(sinks.join('\n')).not.toContain('c4nary')
  expect(requests(world)).toEqual([])
})

test('T-115 the runner is told to mask both secrets, as they are and in base64, before anything else', async () => {
  const world = await dispatched()
  const token = 'ghs_0123456789canaryOfTheToken'
  const inputs = { 'jules-api-key': ` ${JULES_KEY}\n`, notify: 'x', prompt: 'Do it' }
  const result = await world.run(last(world, 'workflow_dispatch'), { inputs, token }).done
  const masks = [JULES_KEY, token].flatMap((secret) => [secret, Buffer.from(secret).toString('base64')])

  expect(result.masks).toEqual(masks)
  expect(result.stdout.split('\n').slice(0, masks.length)).toEqual(masks.map((mask) => `::add-mask::${mask}`))
})
