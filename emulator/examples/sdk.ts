import { connect } from '@google/jules-sdk'

const jules = connect({
  baseUrl: 'http://127.0.0.1:8788/v1alpha',
  apiKey: 'any',
  config: { pollingIntervalMs: 50 },
})
const session = await jules.session({
  prompt: 'Fix the flaky test. [scenario: plan-gate]',
  source: { github: 'acme/widgets', baseBranch: 'main' },
  autoPr: true,
})
await session.waitFor('awaitingPlanApproval')
await session.approve()
const { state, pullRequest } = await session.result()
console.log(state, pullRequest?.url)
