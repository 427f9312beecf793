/** What every run of a story came to, and what it did on the way, as Markdown. */
import type { Run } from '../../../emulator/runner/index.ts'
import type { Told } from '../story.ts'
import { stable } from './stable.ts'

export function runsOn(world: Told): string {
  const { runs: all } = world.runner
  const runs = all.map((run, at) =>
    tellRun(
      run,
      at + 1,
      all.some((other) => follows(other, run)),
    ),
  )
  const pieces = runs.length === 0 ? ['No run was started.'] : runs
  return `${stable(world, [...pieces, ...headlinesIn(world)].join('\n\n'))}\n`
}

/** What the tracking comments said one after the other, but for the mere work. */
function headlinesIn({ github }: Told): string[] {
  const texts = github.server.calls.flatMap(({ route = '', body }) =>
    /^issues\.(?:create|update)Comment$/.test(route) ? [String(Reflect.get(Object(body), 'body'))] : [],
  )
  const heads = texts.flatMap((text) => /^### (.*)/.exec(text)?.[1] ?? []).filter((head) => !/^⏳|works on$/.test(head))
  const changes = heads.filter((head, at) => head !== heads[at - 1])
  return changes.length === 0 ? [] : [['The tracking comment said:', ...changes.map((head) => `- ${head}`)].join('\n')]
}

/** Jules's own event comes at a moment of its own: what it comes to beside a run that follows is a matter of chance. */
function follows(other: Run, { event, action, createdAt }: Run): boolean {
  if (`${event}.${action}` !== 'pull_request.opened' || other.event === event) return false
  return other.createdAt < createdAt && (other.completedAt ?? 0) > createdAt
}

function tellRun(run: Run, number: number, isAside: boolean): string {
  const { outcome = '', reason = '' } = run.result?.outputs ?? {}
  const sender = Reflect.get(Object(Reflect.get(run.delivery.payload, 'sender')), 'login') ?? 'the clock'
  const event = [run.event, run.action].filter(Boolean).join('.')
  const attempt = run.attempt === 1 ? '' : `, attempt ${run.attempt}`
  const came = run.result === undefined ? run.why : `\`${outcome}\` (\`${reason}\`)`
  if (isAside) return `${number}. \`${event}\` by ${String(sender)}: another run follows already`
  return [
    `${number}. \`${event}\` by ${String(sender)}${attempt}: ${came}`,
    ...linesOf(run).map((line) => `   - ${line}`),
  ].join('\n')
}

/** What was done, and the last words; that a comment was brought up to date again and again is told once. */
function linesOf({ result }: Run): string[] {
  const log = (result?.stdout ?? '')
    .split('\n')
    // Which call a cancellation meets is a matter of chance.
    .filter((line) => line !== '' && !/^::add-mask::|^Session \d+ is |\(cancelled\)/.test(line))
  const lines = log.map((line) => line.replace(/^Done: (.*)\.$/, '$1').replace(/^::(\w+)(?: [^:]*)?::/, '$1: '))
  return lines.filter((line, at) => !(line.startsWith('bring the tracking') && lines[at - 1] === line))
}
