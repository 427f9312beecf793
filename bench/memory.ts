/**
 * The most memory that a run takes: it follows a session of 10,000 activities whose change set grows to 20 MiB, until its
 * pull request is there. `node bench/memory.ts` prints the peak of the whole process, and fails where it is over the goal.
 * Further arguments go to the action's own process, such as `--max-old-space-size=128`.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startWorld, type World } from '../emulator/world.ts'
import { changeSet, patchOf } from './memory/patch.ts'

const GOAL_MIB = 150
const ACTIVITIES = 10_000
const BATCHES = 20
const PATCH_BYTES = 20 * 1024 * 1024
const root = fileURLToPath(new URL('..', import.meta.url))

const folder = mkdtempSync(join(tmpdir(), 'bench-'))
const peakFile = join(folder, 'peak')
const world = await startWorld({ speed: 1, action: measured(), scenario: 'stall' })
world.jules.server.onCall(({ route, answer }) => {
  if (route === 'sessions.create') work(world, Reflect.get(Object(answer), 'id'))
})
const ann = world.github.person('ann', 'write')
const deliveries: { event: string; payload: object }[] = []
world.github.onDelivery((delivery) => deliveries.push(delivery))
const issue = world.github.openIssue(ann, { title: 'Move to the new API', body: 'All of it.' })
world.github.label(ann, issue.number, 'ask-jules')
const labeled = deliveries.at(-1)
if (labeled === undefined) throw new Error('The emulated GitHub sent no event.')

const { outputs, code, stderr } = await world.run(labeled, { inputs: { 'poll-seconds': '1' } }).done
await world.stop()
const peak = Number(readFileSync(peakFile, 'utf8')) / 1024
rmSync(folder, { recursive: true })

const ending = `${outputs.outcome}/${outputs.reason}`
if (code !== 0 || ending !== 'pull-request/completed') {
  console.error(`The run did not end as it should: ${ending}, exit code ${code}.\n${stderr}`)
  process.exitCode = 1
}
console.log(`peak ${peak.toFixed(0)} MiB: ${ACTIVITIES} activities, a patch of 20 MiB (goal: at most ${GOAL_MIB} MiB)`)
if (peak > GOAL_MIB) process.exitCode = 1

/** An action that starts the real one by itself, without what the emulated clock adds to a process, and notes its peak. */
function measured(): string {
  const note = `process.on('exit', () => { const fs = process.getBuiltinModule('fs'); const [, peak] = /VmHWM:\\s+(\\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8')); fs.writeFileSync(${JSON.stringify(peakFile)}, peak) })`
  const given = [
    '--import',
    `data:text/javascript,${encodeURIComponent(note)}`,
    ...process.argv.slice(2),
    join(root, 'dist/index.js'),
  ]
  mkdirSync(join(folder, 'dist'))
  cpSync(join(root, 'action.yml'), join(folder, 'action.yml'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(
    join(folder, 'dist/index.js'),
    `import { spawnSync } from 'node:child_process'\nprocess.exit(spawnSync(process.execPath, ${JSON.stringify(given)}, { stdio: 'inherit' }).status ?? 1)\n`,
  )
  return folder
}

/** Batch after batch of activities, 20 seconds apart; every fourth ends with all changes so far, in the session's outputs too. */
function work({ clock, jules }: World, id: string): void {
  let batch = 0
  const timer = setInterval(() => {
    batch += 1
    clock.move(20_000)
    for (let step = 1; step < ACTIVITIES / BATCHES; step += 1)
      jules.alter(id, {
        activity: {
          progressUpdated: { title: `Moved call ${batch}.${step}`, description: 'One more of them. '.repeat(20) },
        },
      })
    if (batch % 4 !== 0)
      jules.alter(id, { state: 'IN_PROGRESS', activity: { progressUpdated: { title: 'Looked around' } } })
    else grow(jules, id, changeSet(patchOf((PATCH_BYTES * batch) / BATCHES)), batch === BATCHES)
    if (batch === BATCHES) clearInterval(timer)
  }, 800)
}

function grow(jules: World['jules'], id: string, change: object, last: boolean): void {
  const url = 'https://github.com/acme/widgets/pull/2'
  const pullRequest = { url, title: 'Move to the new API', description: '', baseRef: 'main', headRef: `move-${id}` }
  jules.alter(id, {
    activity: { progressUpdated: { title: 'Changed files' }, artifacts: [{ changeSet: change }] },
    outputs: [{ changeSet: change }, ...(last ? [{ pullRequest }] : [])],
    state: last ? 'COMPLETED' : 'IN_PROGRESS',
  })
}
