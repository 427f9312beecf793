import { type Caller, startCaller } from './jules-caller.ts'

let caller: Caller
beforeEach(async () => {
  caller = await startCaller()
})
afterEach(() => caller.jules.stop())

const GATED = ['QUEUED', 'PLANNING', 'AWAITING_PLAN_APPROVAL']
const DONE = ['IN_PROGRESS', 'COMPLETED']

const approve = (id: string) => caller.call('POST', `/sessions/${id}:approvePlan`, {})
const say = (id: string, prompt: string) => caller.call('POST', `/sessions/${id}:sendMessage`, { prompt })
const plans = (id: string) => caller.state(id).activities.flatMap((activity) => activity.planGenerated?.plan.id ?? [])

test('a session that asked for it waits for the approval, then works', async () => {
  const id = await caller.create('Fix it', { requirePlanApproval: true })
  expect(caller.follow(id, 60)).toEqual(GATED)
  expect(caller.events(id)).toEqual(['planGenerated'])
  expect(await approve(id)).toMatchObject({ status: 200, text: '{}' })
  expect(caller.state(id).activities.at(-1)).toMatchObject({
    originator: 'user',
    planApproved: { planId: plans(id)[0] },
  })
  expect(caller.follow(id, 200)).toEqual(['AWAITING_PLAN_APPROVAL', ...DONE])
  expect((await approve(id)).status).toBe(400)
})

test('an approval without a body is as good', async () => {
  const id = await caller.create('[scenario: plan-gate] Fix it')
  caller.clock.move(60_000)
  expect((await caller.call('POST', `/sessions/${id}:approvePlan`)).status).toBe(200)
})

test('a message to the plan gives another plan that waits again', async () => {
  const id = await caller.create('Fix it', { requirePlanApproval: true })
  caller.follow(id, 60)
  await say(id, 'Without a new dependency, please.')
  expect(caller.follow(id, 40)).toEqual(['AWAITING_PLAN_APPROVAL', 'PLANNING', 'AWAITING_PLAN_APPROVAL'])
  expect(new Set(plans(id)).size).toBe(2)
  await approve(id)
  expect(caller.state(id).activities.at(-1)?.planApproved?.planId).toBe(plans(id)[1])
  expect(caller.follow(id, 200).at(-1)).toBe('COMPLETED')
})

test('plan-revised says that it changes its plan, and does', async () => {
  const id = await caller.create('[scenario: plan-revised] Fix it')
  caller.follow(id, 60)
  await say(id, 'Leave the function alone.')
  expect(caller.follow(id, 40)).toEqual(['AWAITING_PLAN_APPROVAL', 'PLANNING', 'AWAITING_PLAN_APPROVAL'])
  expect(caller.events(id)).toEqual(['planGenerated', 'userMessaged', 'agentMessaged', 'planGenerated'])
  await approve(id)
  expect(caller.follow(id, 200)).toEqual(['AWAITING_PLAN_APPROVAL', ...DONE])
})

test('an approval carries forward to the plan of a later turn, and no activity tells of it', async () => {
  const id = await caller.create('[scenario: reopened] Fix it', { requirePlanApproval: true })
  caller.follow(id, 60)
  await approve(id)
  caller.follow(id, 200)
  await say(id, 'Test a change of month, too.')
  expect(caller.follow(id, 100)).toEqual(['COMPLETED', 'PLANNING', ...DONE])
  expect(plans(id)).toHaveLength(2)
  expect(caller.events(id).filter((event) => event === 'planApproved')).toHaveLength(1)
})

test('a plan that is gated itself waits again, whatever was approved', async () => {
  caller.jules.loadScenario(
    `about: Plans twice.
steps:
  - { use: planning }
  - { after: 5, do: plan, gated: true, plan: [{ title: Another }] }
  - { after: 5, do: complete }`,
    { name: 'twice' },
  )
  const id = await caller.create('[scenario: twice]')
  expect(caller.follow(id, 60)).toEqual(['QUEUED', 'PLANNING', 'IN_PROGRESS', 'AWAITING_PLAN_APPROVAL'])
})

test('an approval without a plan that waits can be answered as if all were well', async () => {
  const silent = await startCaller({ approvalsWithoutPlan: 'silent' })
  const id = await silent.create('Fix it')
  expect(await silent.call('POST', `/sessions/${id}:approvePlan`, {})).toMatchObject({ status: 200, text: '{}' })
  expect(silent.events(id)).toEqual([])
  await silent.jules.stop()
})

test('while the plan is revised there is nothing to approve', async () => {
  const id = await caller.create('Fix it', { requirePlanApproval: true })
  caller.follow(id, 60)
  await say(id, 'Without a new dependency, please.')
  caller.clock.move(5_000)
  expect((await approve(id)).status).toBe(400)
})

test('a plan that nobody approves ends the session after ten minutes, without outputs and without a word', async () => {
  const id = await caller.create('Fix it', { requirePlanApproval: true })
  expect(caller.follow(id, 600)).toEqual(GATED)
  expect(caller.follow(id, 40)).toEqual(['AWAITING_PLAN_APPROVAL', 'COMPLETED'])
  expect(caller.events(id)).toEqual(['planGenerated'])
  expect(caller.state(id).outputs).toEqual([])
})

test('a late approval sets a plan-gate session going', async () => {
  const id = await caller.create('[scenario: plan-gate] Fix it')
  caller.clock.move(700_000)
  expect((await approve(id)).status).toBe(200)
  expect(caller.follow(id, 200)).toEqual(['COMPLETED', ...DONE])
})

test('a late approval does nothing for a plan-expired session, a message does', async () => {
  const id = await caller.create('[scenario: plan-expired] Fix it')
  caller.clock.move(700_000)
  expect((await approve(id)).status).toBe(200)
  expect(caller.follow(id, 200)).toEqual(['COMPLETED'])
  await say(id, 'The plan above is approved. Carry it out.')
  expect(caller.follow(id, 200)).toEqual(['COMPLETED', ...DONE])
  expect(caller.state(id).outputs.at(-1)).toHaveProperty('pullRequest')
})

test('a plan-expired session that is approved in time works', async () => {
  const id = await caller.create('[scenario: plan-expired] Fix it')
  caller.clock.move(300_000)
  await approve(id)
  expect(caller.follow(id, 200)).toEqual(['AWAITING_PLAN_APPROVAL', ...DONE])
})

test('an archived session with a plan that waits is paused; a message brings a new plan', async () => {
  const id = await caller.create('Fix it', { requirePlanApproval: true })
  caller.follow(id, 60)
  await caller.call('POST', `/sessions/${id}:archive`)
  expect((await approve(id)).status).toBe(400)
  expect(caller.follow(id, 700)).toEqual(['PAUSED'])
  await say(id, 'Go on')
  expect(caller.follow(id, 40)).toEqual(['PAUSED', 'PLANNING', 'AWAITING_PLAN_APPROVAL'])
})

test('a state set by hand stays, and can be acted upon', async () => {
  const id = await caller.create('Fix it')
  caller.jules.alter(id, {
    state: 'AWAITING_PLAN_APPROVAL',
    activity: { planGenerated: { plan: { id: 'p1', steps: [{ id: 's1', title: 'Look' }], createTime: '' } } },
  })
  expect(caller.follow(id, 900)).toEqual(['AWAITING_PLAN_APPROVAL'])
  await approve(id)
  expect(caller.state(id).activities.at(-1)?.planApproved).toEqual({ planId: 'p1' })
  expect(caller.follow(id, 200)).toEqual(['AWAITING_PLAN_APPROVAL', ...DONE])
})

test('unknown states and activities can be put in, and are served as they are', async () => {
  const id = await caller.create('Fix it')
  caller.jules.alter(id, { state: 'STARTING_UP', activity: { somethingNew: { deep: 1 } }, outputs: [{ other: {} }] })
  expect((await caller.call('GET', `/sessions/${id}`)).body).toMatchObject({
    state: 'STARTING_UP',
    outputs: [{ other: {} }],
  })
  expect((await caller.call('GET', `/sessions/${id}/activities`)).body).toMatchObject({
    activities: [{ originator: 'agent', somethingNew: { deep: 1 } }],
  })
})
