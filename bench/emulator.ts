/**
 * The emulated Jules under load: `npm run bench -- emulator` prints the time from its start to its first answer, and how
 * long reads of a session take while 500 sessions work at 100 times the real time and are listed four times a second,
 * beside the same with one session.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const GOAL = { firstAnswerMs: 1000, readMs: 25 }
const SESSIONS = 500
const READS = 600
const LISTS_PER_SECOND = 4

const cli = fileURLToPath(new URL('../emulator/cli.ts', import.meta.url))
const headers = { 'x-goog-api-key': 'any', 'content-type': 'application/json' }

const begun = performance.now()
const alone = await start()
const listed = await fetch(`${alone.url}/sessions`, { headers })
await listed.text()
const firstAnswer = performance.now() - begun
const one = await load(alone.url, 1)
alone.child.kill()
const busy = await start()
const many = await load(busy.url, SESSIONS)
busy.child.kill()

console.log(`first answer after ${firstAnswer.toFixed(0)} ms (goal: at most ${GOAL.firstAnswerMs})`)
for (const [name, { create, read, list }] of [['1 session', one] as const, [`${SESSIONS} sessions`, many] as const]) {
  console.log(`${name.padEnd(12)} create ${show(create)}; get ${show(read)}; list all ${show(list)}`)
}
console.log(`p99 of a get with ${SESSIONS} sessions: goal at most ${GOAL.readMs} ms`)
if (firstAnswer > GOAL.firstAnswerMs || at(many.read, 0.99) > GOAL.readMs) process.exitCode = 1

async function start(): Promise<{ url: string; child: ChildProcess }> {
  const options = ['--port', '0', '--speed', '100', '--scenario', 'one-hour']
  const child = spawn(process.execPath, [cli, ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  child.stdout.resume()
  return { url: String(line).trim().split(' ').at(-1)?.split('\n')[0] ?? '', child }
}

/** Milliseconds of every create, every read of a session, and every walk through the list. */
async function load(url: string, sessions: number) {
  const times = { create: [] as number[], read: [] as number[], list: [] as number[] }
  const ids: string[] = []
  for (let count = 0; count < sessions; count += 1) {
    const body = JSON.stringify({ prompt: `Task ${count}` })
    const { id } = await timed(times.create, `${url}/sessions`, { method: 'POST', headers, body })
    ids.push(String(id))
  }
  const walking = setInterval(() => void walk(url, times.list), 1000 / LISTS_PER_SECOND)
  for (let count = 0; count < READS; count += 1) {
    await timed(times.read, `${url}/sessions/${ids[count % ids.length]}`, { headers })
    await pause(10)
  }
  clearInterval(walking)
  return times
}

async function walk(url: string, times: number[]): Promise<void> {
  const started = performance.now()
  for (let token = ''; ; ) {
    const query = `pageSize=100&pageToken=${encodeURIComponent(token)}`
    const page = await (await fetch(`${url}/sessions?${query}`, { headers })).text()
    token = /"nextPageToken":"(.*)"/.exec(page.slice(-200))?.[1] ?? ''
    if (token === '') break
  }
  times.push(performance.now() - started)
}

async function timed(times: number[], url: string, init: RequestInit): Promise<Record<string, unknown>> {
  const started = performance.now()
  const answer = await fetch(url, init)
  const text = await answer.text()
  times.push(performance.now() - started)
  return JSON.parse(text)
}

function at(times: number[], part: number): number {
  return [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) * part)] ?? 0
}

function show(times: number[]): string {
  return `median ${at(times, 0.5).toFixed(1)} ms, p99 ${at(times, 0.99).toFixed(1)} ms`
}
