/** The time of the emulated world: it runs, is moved, stands still, and leaps where everybody only waits. */
import { spawn } from 'node:child_process'
import { startClock } from '../../emulator/clock.ts'
import { processMember } from '../../emulator/haste.ts'
import { type Server, startServer } from '../../emulator/server.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const hook = new URL('../../emulator/clock-hook.mjs', import.meta.url).href

let server: Server | undefined
afterEach(() => server?.stop())

/** Runs a program in the time of a clock; what it prints. */
async function run(clock: ReturnType<typeof startClock>, program: string): Promise<string> {
  const child = spawn(process.execPath, ['--import', hook, '--input-type=module', '--eval', program], {
    env: { PATH: process.env.PATH, ...clock.environment() },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const membership = clock.haste?.join(processMember(child))
  child.once('exit', () => membership?.leave())
  let text = ''
  child.stdout?.on('data', (piece) => {
    text += piece
  })
  await new Promise((resolve) => child.once('close', resolve))
  return text.trim()
}

test('it runs at its speed', async () => {
  const clock = startClock({ speed: 1000, epoch: 0 })
  await clock.wait(20_000)
  expect(clock.now()).toBeGreaterThanOrEqual(20_000)
  expect(clock.now()).toBeLessThan(2_000_000)
})

test('moved, it does at once what has become due, in its order, and not what was taken back', () => {
  const clock = startClock({ epoch: 0 })
  const done: string[] = []
  clock.at(2 * HOUR, () => {
    done.push('second')
    clock.at(clock.now(), () => done.push('what the second one led to'))
  })
  clock.at(HOUR, () => done.push('first'))
  clock.at(HOUR, () => done.push('taken back'))()
  clock.at(4 * HOUR, () => done.push('too late'))
  clock.move(3 * HOUR)
  expect(done).toEqual(['first', 'second', 'what the second one led to'])
})

test('a wait of a year does not end at once, and ends when the time is moved past it', async () => {
  const clock = startClock({ epoch: 0 })
  let isOver = false
  const waited = clock.wait(365 * 24 * HOUR).then(() => {
    isOver = true
  })
  await new Promise((resolve) => setTimeout(resolve, 10))
  expect(isOver).toBe(false)
  clock.move(366 * 24 * HOUR)
  await waited
})

test('a process cannot live in a time that stands still, and no time runs backwards', () => {
  expect(() => startClock({ speed: 0 }).environment()).toThrow('above 0')
  for (const speed of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => startClock({ speed })).toThrow('speed')
})

test('with the speed 0 it stands still until it is moved', async () => {
  const clock = startClock({ speed: 0, epoch: 5 })
  let isOver = false
  const waited = clock.wait(HOUR).then(() => {
    isOver = true
  })
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect([clock.now(), isOver]).toEqual([5, false])
  clock.move(HOUR)
  await waited
  expect(clock.now()).toBe(HOUR + 5)
})

test('in a hurry it leaps to what is awaited, and does on the way what is due there', async () => {
  const clock = startClock({ epoch: 0, hurry: true })
  const done: number[] = []
  clock.at(HOUR, () => done.push(clock.now()))
  clock.at(3 * HOUR, () => done.push(clock.now()))
  await clock.wait(2 * HOUR)
  expect(done).toEqual([expect.closeTo(HOUR, -3)])
  expect(clock.now()).toBeLessThan(2 * HOUR + 1000)
})

test('what nobody awaits is no reason to hurry', async () => {
  const clock = startClock({ epoch: 0, hurry: true })
  const takeBack = clock.at(HOUR, () => {})
  await new Promise((resolve) => setTimeout(resolve, 30))
  takeBack()
  expect(clock.now()).toBeLessThan(1000)
})

test('a process that waits leaps along: its timers end in their order, at their times', async () => {
  const clock = startClock({ epoch: 0, hurry: true })
  const told = await run(
    clock,
    `const said = []
     const say = (word) => said.push(word + Math.round(Date.now() / 60_000))
     setTimeout(() => say('b'), 2 * ${HOUR})
     const early = setTimeout(() => say('a'), ${HOUR})
     clearTimeout(setTimeout(() => say('never'), ${HOUR}))
     early.refresh()
     const every = setInterval(() => say('i'), 50 * 60_000)
     setTimeout(() => clearInterval(every), 110 * 60_000)
     setTimeout(() => say('unreferenced'), 24 * ${HOUR}).unref()
     const { setTimeout: pause } = await import('node:timers/promises')
     await pause(2.5 * ${HOUR})
     console.log(said.join())`,
  )
  expect(told).toBe('i50,a60,i100,b120')
  expect(clock.now()).toBeGreaterThan(2.5 * HOUR)
})

test('it does not leap while a process works or a call is under way, but does where the answer is held back', async () => {
  const clock = startClock({ epoch: 0, hurry: true })
  server = await startServer({
    clock,
    routes: [
      {
        name: 'slow',
        method: 'GET',
        pattern: '/slow',
        handle: async () => {
          await new Promise((resolve) => setTimeout(resolve, 60))
          return { body: 'done' }
        },
      },
    ],
  })
  const program = `const at = Date.now()
     const given = { signal: AbortSignal.timeout(${2 * MINUTE}) }
     const answer = await fetch('${server.url}/slow', given).then((got) => got.text()).catch((error) => error.name)
     console.log(answer, Math.round((Date.now() - at) / 60_000))`
  expect(await run(clock, program)).toBe('"done" 0')
  server.faults.add({ route: 'slow', phase: 'before', act: { kind: 'stall' } })
  expect(await run(clock, program)).toBe('TimeoutError 2')
  server.faults.add({ route: 'slow', phase: 'before', act: { kind: 'slow', ms: MINUTE } })
  expect(await run(clock, program)).toBe('"done" 1')
})
