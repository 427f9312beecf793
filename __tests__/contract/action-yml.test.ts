import { parse } from 'yaml'
import { INPUT_DEFAULTS, OUTPUT_NAMES } from '../../src/core/inputs.ts'
import { read } from './tree.ts'

/** The public contract, written down by hand on purpose: to change it is to change this list too. */
const INPUTS: Record<string, string | undefined> = {
  'jules-api-key': undefined,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the runner
  'github-token': '${{ github.token }}',
  mode: 'auto',
  prompt: '',
  instructions: '',
  'session-id': '',
  title: '',
  'issue-number': '',
  source: '',
  'starting-branch': '',
  'require-plan-approval': 'false',
  'automation-mode': 'AUTO_CREATE_PR',
  'environment-variables': 'false',
  'trigger-label': 'ask-jules',
  command: '/jules',
  'minimum-permission': 'write',
  'allowed-bots': '',
  'wait-minutes': '15',
  'poll-seconds': '15',
  'status-labels': 'true',
  notify: 'needed',
  'tick-boxes': 'false',
  'fail-on-session-failure': 'true',
  'dry-run': 'false',
  'jules-api-url': 'https://jules.googleapis.com/v1alpha',
}

const OUTPUTS = [
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
]

type Input = { description?: string; required?: boolean; default?: unknown }
const action = parse(read('action.yml'))
const inputs: [string, Input][] = Object.entries(action.inputs)
const outputs: [string, Input][] = Object.entries(action.outputs)

test('action.yml has exactly the inputs of the contract, with their defaults', () => {
  expect(Object.fromEntries(inputs.map(([name, input]) => [name, input.default]))).toEqual(INPUTS)
})

test('only the Jules key is required, and what is required has no default', () => {
  expect(inputs.filter(([, input]) => input.required).map(([name]) => name)).toEqual(['jules-api-key'])
})

test('every default is a text, as the runner hands it over', () => {
  const others = inputs.filter(([, input]) => !input.required && typeof input.default !== 'string')
  expect(others.map(([name]) => name)).toEqual([])
})

test('action.yml has exactly the outputs of the contract, in their order', () => {
  expect(outputs.map(([name]) => name)).toEqual(OUTPUTS)
})

test('every input and output is described in whole sentences', () => {
  const bare = [...inputs, ...outputs].filter(([, { description }]) => !/[.]$/.test(description ?? ''))
  expect(bare.map(([name]) => name)).toEqual([])
})

test('the code has the same inputs, defaults and outputs', () => {
  // The runner fills expressions in; without a runner there is nothing to fall back to.
  const usual = Object.entries(INPUTS).map(([name, value]) => [name, value?.startsWith('${{') ? '' : (value ?? '')])
  expect(INPUT_DEFAULTS).toEqual(Object.fromEntries(usual))
  expect(OUTPUT_NAMES).toEqual(OUTPUTS)
})

test('T-156 the action is one bundle on Node 24, without a step before or after', () => {
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/index.js' })
})

test('it has a name, a description and a badge for the marketplace', () => {
  expect(action).toMatchObject({
    name: 'Jules Relay',
    description: expect.stringMatching(/^.{20,200}\.$/),
    branding: { icon: 'git-pull-request', color: 'purple' },
  })
})
