/** Story → the job summary: the tracking comment at length. */
import type { Story } from '../effect/story.ts'
import { checkTable } from './checks.ts'
import { changedFiles, linkOf, ranCommands, unknownWords } from './comment.ts'
import { cell, fence, sessionLink, span, within } from './markdown.ts'
import { cutSentence, removedInWords } from './removed.ts'
import { sentenceOf } from './sentences.ts'

/** The runner drops summaries of more than 1 MiB. */
const SUMMARY_LIMIT = 900 * 1024
const PATCH_LIMIT = 100 * 1024

/** At most `limit` UTF-16 units, which can be three bytes each. */
export function renderSummary(story: Story, command: string, limit = Math.floor(SUMMARY_LIMIT / 3)): string {
  const { headline, do: todo } = sentenceOf(story, command)
  const needed = [`## ${headline}`, todo, cutSentence(story), facts(story), sweptThreads(story), checkTable(story)].map(
    (text) => ({
      text,
      needed: true,
    }),
  )
  const extra = [saidOf(story), intended(story), ...work(story)].map((text) => ({ text, needed: false }))
  return within([...needed, ...extra], limit, '_Some of this was too long to be shown._')
}

function facts(story: Story): string {
  const session = sessionLink(story.session?.url ?? '')
  const id = cell(story.session?.id ?? '')
  const pull = linkOf(story)
  const rows = [
    ['Outcome', `\`${story.verdict.outcome}\` (\`${story.verdict.reason}\`)`],
    ['Pull request', pull === undefined ? '' : `[#${pull.number}](${pull.url})`],
    ['Session', session === undefined ? id : `[${id}](${session})`],
    ['State', story.session === undefined ? '' : cell(story.session.rawState, 40)],
    ['Branch', story.branch === '' ? '' : cell(story.branch)],
    ['Taken out of the prompt', removedInWords(story.removed)],
    ['Thread', story.commentUrl === '' ? '' : `[tracking comment](${story.commentUrl})`],
  ].filter(([, value]) => value !== '' && value !== '` `')
  return ['| | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n')
}

/** A service complains in words of its own, which name the field that it minds. */
function saidOf({ trouble }: Story): string {
  const said = trouble?.said ?? ''
  return said === '' ? '' : `**What the service said:**\n\n${fence(said, { limit: 4000, wrap: 90 })}`
}

const MOST_ROWS = 100

function sweptThreads({ swept, unvisited, repository, verdict: { outcome } }: Story): string {
  const rows = swept.slice(0, MOST_ROWS).map(({ thread, verdict, did }) => {
    const link = `[#${thread}](https://github.com/${repository}/issues/${thread})`
    return `| ${link} | \`${verdict.outcome}\` (\`${verdict.reason}\`) | ${[...new Set(did)].join(', ') || 'nothing'} |`
  })
  const { calm, left } = unvisited
  const notes = [
    ...(swept.length > rows.length ? [`${swept.length - rows.length} more were visited.`] : []),
    ...(calm > 0 ? [`Nothing is new in ${counted(calm)}.`] : []),
    ...(left > 0 ? [`${counted(left)} ${left === 1 ? 'is' : 'are'} left for the next sweep.`] : []),
  ].join(' ')
  const done = outcome === 'dry-run' ? 'What a real run would do' : 'What was done'
  const table = [`| Thread | What was found | ${done} |`, '| --- | --- | --- |', ...rows].join('\n')
  return [rows.length === 0 ? '' : table, notes].filter((part) => part !== '').join('\n\n')
}

function counted(threads: number): string {
  return threads === 1 ? '1 thread' : `${threads} threads`
}

function intended({ intended: lines }: Story): string {
  return lines.length === 0
    ? ''
    : `**A real run would:**\n\n${lines.map((line, at) => `${at + 1}. ${span(line, 400)}`).join('\n')}`
}

function latestSteps({ progress, progressCount }: Story): string {
  return progress.length < progressCount ? `Latest steps of ${progressCount}` : 'Steps'
}

function work(story: Story): string[] {
  const steps = story.plan?.steps.map((step, at) => `${at + 1}. ${span(step.title)}`) ?? []
  return [
    story.message === '' ? '' : `**Jules wrote:**\n\n${fence(story.message, { limit: 20_000, wrap: 90 })}`,
    story.why === '' ? '' : `**Jules gave this reason:**\n\n${fence(story.why, { limit: 20_000, wrap: 90 })}`,
    steps.length === 0 ? '' : `**Plan**\n\n${steps.join('\n')}`,
    story.progress.length === 0
      ? ''
      : `**${latestSteps(story)}**\n\n${story.progress.map((title) => `- ${span(title)}`).join('\n')}`,
    changedFiles(story),
    ranCommands(story.commands),
    unknownWords(story),
    story.patch === ''
      ? ''
      : `<details><summary>Patch</summary>\n\n${fence(story.patch, { language: 'diff', limit: PATCH_LIMIT })}\n\n</details>`,
  ]
}
