/** What Jules was told in a story, word for word, as Markdown. */
import type { Told } from '../story.ts'
import { stable } from './stable.ts'

const TOLD: Record<string, (path: string) => string> = {
  'sessions.create': () => 'A session is created',
  'sessions.sendMessage': (path) => `${sessionIn(path)} is told`,
  'sessions.approvePlan': (path) => `The plan of ${sessionIn(path)} is approved`,
  'sessions.archive': (path) => `${sessionIn(path)} is archived`,
  'sessions.unarchive': (path) => `${sessionIn(path)} is brought back from the archive`,
}

export function toldIn(world: Told): string {
  const acts = world.jules.server.calls.flatMap(({ route = '', path, body }) => {
    const told = TOLD[route]
    return told === undefined ? [] : [[`## ${told(path)}`, ...wordsOf(body)].join('\n\n')]
  })
  return `${stable(world, acts.length === 0 ? 'Jules was told nothing.' : acts.join('\n\n'))}\n`
}

function sessionIn(path: string): string {
  return /sessions\/(\d+)/.exec(path)?.[1] ?? ''
}

/** The prompt as a quotation, since it holds Markdown of its own; and what else was asked for. */
function wordsOf(body: unknown): string[] {
  const { prompt, sourceContext, title, ...more } = Object(body)
  if (typeof prompt !== 'string') return []
  const branch = sourceContext?.githubRepoContext?.startingBranch
  const asked = [
    title,
    branch && `from \`${branch}\``,
    ...Object.entries(more).map(([name, value]) => `\`${name}: ${value}\``),
  ]
  const words = prompt.split('\n').map((line) => `> ${line}`.trimEnd())
  return [asked.filter(Boolean).join(', '), words.join('\n')].filter((part) => part !== '')
}
