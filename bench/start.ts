/**
 * From the start of the process to the first request to Jules: the action beside a minimal bundle that asks the same,
 * interleaved. `npm run bench -- start` prints minimum, median and maximum of each, and the ratio of the medians.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startWorld, type World } from '../emulator/world.ts'

const ROUNDS = Number(process.argv[2] ?? 31)
const GOAL = 1.3
const root = fileURLToPath(new URL('..', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'bench-'))
execFileSync('ncc', [
  'build',
  join(root, 'bench/minimal/index.js'),
  '-o',
  join(folder, 'dist'),
  '--no-cache',
  '--quiet',
])
execFileSync('cp', [join(root, 'action.yml'), folder])

const world = await startWorld({ speed: 1 })
const ann = world.github.person('ann', 'write')
const deliveries: { event: string; payload: object }[] = []
world.github.onDelivery((delivery) => deliveries.push(delivery))
const issue = world.github.openIssue(ann, { title: 'Flaky date test', body: 'It fails at midnight.' })
world.github.label(ann, issue.number, 'ask-jules')
const labeled = deliveries.at(-1)
if (labeled === undefined) throw new Error('The emulated GitHub sent no event.')

const times = { action: [] as number[], minimal: [] as number[] }
for (let round = -1; round < ROUNDS; round += 1) {
  const [action, minimal] = [await timed(world, labeled, root), await timed(world, labeled, folder)]
  // The first round warms the disk cache.
  if (round >= 0) {
    times.action.push(action)
    times.minimal.push(minimal)
  }
}
await world.stop()
rmSync(folder, { recursive: true })

for (const [name, list] of Object.entries(times)) {
  const sorted = [...list].sort((a, b) => a - b)
  const shown = [sorted.at(0), median(list), sorted.at(-1)].map((time) => (time ?? 0).toFixed(0))
  console.log(`${name.padEnd(8)} min ${shown[0]} ms, median ${shown[1]} ms, max ${shown[2]} ms (${list.length} runs)`)
}
const ratio = median(times.action) / median(times.minimal)
console.log(`ratio of the medians ${ratio.toFixed(2)} (goal: at most ${GOAL})`)
if (ratio > GOAL) process.exitCode = 1

/** Milliseconds until Jules hears of it. Nothing is written: the process ends right there. */
async function timed(world: World, event: { event: string; payload: object }, action: string): Promise<number> {
  const heard = new Promise<number>((resolve) => world.jules.server.onCall(() => resolve(performance.now())))
  const started = performance.now()
  const run = world.run(event, { action })
  const time = (await heard) - started
  run.kill('SIGKILL')
  await run.done
  return time
}

function median(list: number[]): number {
  return [...list].sort((a, b) => a - b).at(Math.floor(list.length / 2)) ?? 0
}
