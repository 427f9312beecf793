/** 500 sessions at once; the bounds are generous, for the machine may have other work. See `npm run bench -- emulator`. */
import { startClock } from '../../emulator/clock.ts'
import { type Caller, startCaller } from './jules-caller.ts'

let caller: Caller
afterEach(() => caller.jules.stop())

async function timed(act: () => unknown): Promise<number> {
  const started = performance.now()
  await act()
  return performance.now() - started
}

test('reads stay quick while 500 sessions work and are listed, and ten minutes pass in a moment', async () => {
  caller = await startCaller({ clock: startClock({ speed: 100 }), scenario: 'ten-minutes' })
  const ids: string[] = []
  for (let at = 0; at < 500; at += 1) ids.push(await caller.create(`Task ${at}`))
  expect(new Set(ids).size).toBe(500)
  const reads: number[] = []
  const lists: Promise<unknown>[] = []
  for (let at = 0; at < 60; at += 1) {
    if (at % 15 === 0) lists.push(caller.call('GET', '/sessions?pageSize=100'))
    reads.push(await timed(() => caller.call('GET', `/sessions/${ids[at]}`)))
  }
  await Promise.all(lists)
  expect(reads.toSorted((a, b) => a - b)[45]).toBeLessThan(150)
  expect(await timed(() => caller.clock.move(700_000))).toBeLessThan(5000)
  expect(caller.jules.sessions().filter(({ state }) => state !== 'COMPLETED')).toEqual([])
}, 30_000)

test('ten thousand activities are walked through in a moment', async () => {
  caller = await startCaller()
  const id = await caller.create('Fix it')
  for (let at = 0; at < 10_000; at += 1)
    caller.jules.alter(id, { activity: { progressUpdated: { title: `Step ${at}` } } })
  const seen = new Set<string>()
  const walked = await timed(async () => {
    for (let token = ''; ; ) {
      const { body } = await caller.call('GET', `/sessions/${id}/activities?pageSize=100&pageToken=${token}`)
      for (const activity of body.activities as { id: string }[]) seen.add(activity.id)
      if (body.nextPageToken === undefined) break
      token = String(body.nextPageToken)
    }
  })
  expect(seen.size).toBe(10_000)
  expect(walked).toBeLessThan(6000)
}, 30_000)
