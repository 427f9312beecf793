/** Story → the Markdown of the one tracking comment, without its hidden last line. */
import type { Story } from '../effect/story.ts'
import { BOXES } from '../intent/tick.ts'
import { footer } from './footer.ts'
import { fence, pullRequestLink, sessionLink, span, within } from './markdown.ts'
import { cutSentence, removedSentence } from './removed.ts'
import { sentenceOf } from './sentences.ts'

/** UTF-16 units that the comment may have, its record included. */
export const COMMENT_LIMIT = 60_000
const RECORD_ROOM = 6000

/** What a person wants to know, in the order in which they want to know it. */
export function renderComment(story: Story, command: string, limit = COMMENT_LIMIT): string {
  const { headline, do: todo } = sentenceOf(story, command)
  const needed = (text: string) => ({ text, needed: true })
  const extra = (text: string) => ({ text, needed: false })
  return within(
    [
      needed(`### ${headline}`),
      needed(todo),
      needed(replaced(story)),
      needed(into(story)),
      needed(moved(story)),
      needed(disowned(story)),
      needed(removedSentence(story.removed)),
      needed(cutSentence(story)),
      needed(question(story)),
      needed(failure(story)),
      needed(boxes(story)),
      extra(plan(story)),
      extra(progress(story)),
      extra(changedFiles(story)),
      extra(ranCommands(story.commands)),
      extra(unknownWords(story)),
      needed(took(story)),
      needed(links(story)),
      needed(footer(story, command)),
    ],
    limit - RECORD_ROOM,
    LEFT_OUT,
  )
}

const LEFT_OUT = '_Some of this was too long for a comment. The summary of the run has more of it._'

function into({ into: branch, verdict }: Story): string {
  if (branch === '' || verdict.outcome !== 'running') return ''
  return `Jules will open a pull request of its own, into ${span(branch)}.`
}

function moved({ moved: branch }: Story): string {
  if (branch === undefined) return ''
  const [asked, began] = [branch.asked, branch.began].map((commit) => span(commit.slice(0, 10)))
  return `⚠️ The branch has moved: it stood at ${asked} when this was asked, and Jules began at ${began}.`
}

function replaced({ replaces }: Story): string {
  const url = sessionLink(`https://jules.google.com/session/${replaces}`)
  return url === undefined ? '' : `Started in place of an [earlier session](${url}).`
}

function disowned({ disowned: url }: Story): string {
  return url === ''
    ? ''
    : `This takes the place of [an earlier comment](${url}): its hidden last line was changed, or the API key was, so it is not believed any more.`
}

function question({ message }: Story): string {
  return message === '' ? '' : `**Jules wrote:**\n\n${fence(message, { limit: 8000, wrap: 90 })}`
}

function failure({ verdict, why }: Story): string {
  if (verdict.reason !== 'session-failed') return ''
  return why === ''
    ? 'Jules gave no reason.'
    : `**Jules gave this reason:**\n\n${fence(why, { limit: 4000, wrap: 90 })}`
}

function boxes(story: Story): string {
  return story.boxes.map((box) => `- [ ] ${BOXES[box]}`).join('\n')
}

function plan({ plan: shown, verdict }: Story): string {
  if (shown === undefined || shown.steps.length === 0) return ''
  const steps = shown.steps.slice(0, 40).map((step, at) => `${at + 1}. ${span(step.title)}`)
  const descriptions = shown.steps
    .map((step, at) => (step.description === '' ? '' : `${at + 1}. ${step.description}`))
    .filter((line) => line !== '')
    .join('\n')
  const details =
    descriptions === ''
      ? ''
      : `\n\n<details><summary>The steps in detail</summary>\n\n${fence(descriptions, { limit: 12_000, wrap: 90 })}\n\n</details>`
  const name = verdict.outcome === 'waiting-for-approval' && shown.id !== '' ? ` (${span(shown.id.slice(0, 8))})` : ''
  return `**Plan**${name}\n\n${steps.join('\n')}${details}`
}

function progress({ progress: steps, progressCount, minutes }: Story): string {
  if (steps.length === 0 || minutes !== undefined) return ''
  const earlier = progressCount - steps.length
  const lines = steps.map((title) => `- ${span(title)}`)
  return `**Progress**${earlier > 0 ? `, after ${count(earlier, 'earlier step')}` : ''}\n\n${lines.join('\n')}`
}

function took({ minutes, turns }: Story): string {
  return minutes === undefined ? '' : `Took ${count(minutes, 'minute')} in ${count(turns, 'turn')}.`
}

/** The files of the patch with their added and removed lines. */
export function changedFiles({ files }: Story): string {
  if (files.length === 0) return ''
  const shown = files.slice(0, 50).map(({ path, added, removed }) => `- ${span(path)} +${added} −${removed}`)
  const more = files.length > shown.length ? [`- … and ${count(files.length - shown.length, 'more file')}`] : []
  return `**${count(files.length, 'file')} changed**\n\n${[...shown, ...more].join('\n')}`
}

/** The commands that Jules ran, with what they returned. */
export function ranCommands(commands: Story['commands']): string {
  if (commands.length === 0) return ''
  const lines = commands.map(({ command, exitCode }) => `- ${span(command)} → ${exitCode}`)
  return `<details><summary>Commands that Jules ran, with their exit codes</summary>\n\n${lines.join('\n')}\n\n</details>`
}

/** What Jules told beyond what this action knows. */
export function unknownWords({ unknown }: Story): string {
  if (unknown.length === 0) return ''
  return `Jules also told of ${unknown.map((name) => span(name, 60)).join(', ')}, which this action does not know. The session's page may show more.`
}

function links({ session, runUrl }: Story): string {
  const url = sessionLink(session?.url ?? '')
  const parts = [
    url === undefined ? '' : `[Session at Jules](${url})`,
    runUrl === '' ? '' : `[run](${runUrl})`,
    session === undefined ? '' : `state ${span(session.rawState, 40)}`,
  ]
  return parts.filter((part) => part !== '').join(' · ')
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

/** The pull request, where it is one of this repository. */
export function linkOf(story: Story): { url: string; number: number } | undefined {
  return story.pullRequest && pullRequestLink(story.pullRequest.url, story.repository)
}
