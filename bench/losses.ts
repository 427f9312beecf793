/**
 * What is there in the end when an answer is lost: sessions and comments for one request, and the calls that it took, of the
 * action, of Jules's official client, and of GitHub's client with its plug-in for retries. The answers of up to five calls in
 * a row are lost after the effect. `npm run bench -- losses` prints them, and fails where the action makes more than one.
 */
import { action, LOSSES, type Measured, measure, octokit, type Subject, sdk } from './losses/measure.ts'

await compare('sessions.create', 'sessions', { action, '@google/jules-sdk': sdk })
await compare('issues.createComment', 'comments', { action, 'Octokit with plugin-retry': octokit })

async function compare(route: keyof typeof LOSSES, what: string, subjects: Record<string, Subject>): Promise<void> {
  printRow(`answer to ${route}`, Object.keys(subjects))
  for (const loss of LOSSES[route]) {
    const all: Measured[] = []
    for (const subject of Object.values(subjects)) all.push(await measure(subject, route, loss))
    printRow(
      loss.name,
      all.map((one) => shown(one, what)),
    )
    if (all[0]?.made !== 1 || !all[0].isWell) process.exitCode = 1
  }
  console.log(`(goal: one of the ${what} for one request of the action, whatever is lost)\n`)
}

function shown({ made, calls, isWell, gapMs }: Measured, what: string): string {
  const gap = gapMs === undefined ? '' : `, the second after ${(gapMs / 1000).toFixed(0)} s`
  return `${what} ${made}, calls ${calls}${gap}${isWell ? '' : ', fails'}`
}

function printRow(name: string, columns: string[]): void {
  console.log([name.padEnd(32), ...columns.map((column) => column.padEnd(46))].join('').trimEnd())
}
