/** The short comments: one answer, or one call for a person, each. */
import type { NoteKind } from '../effect/effect.ts'
import type { Story } from '../effect/story.ts'
import { FLAGS, renderHelp, renderStanding } from './help.ts'
import { span } from './markdown.ts'
import { cutSentence } from './removed.ts'
import { sentenceOf } from './sentences.ts'

/** `words`: the part of the command that the answer is about, for those that quote it. */
export function renderNote(kind: NoteKind, words: string, story: Story, command: string): string {
  const link = story.commentUrl === '' ? '' : `[tracking comment](${story.commentUrl})`
  const { headline, do: todo } = sentenceOf(story, command)
  switch (kind) {
    case 'help':
      return renderHelp(story.standing, link, command)
    case 'status':
      return renderStanding(story.standing, link)
    case 'did-you-mean':
      return `Did you mean ${span(`${command} ${words}`)}? Nothing was done. \`${command} help\` lists what can be said.`
    case 'unknown-flag':
      return `${words === '' ? 'A flag' : span(words, 60)} does not fit here, so nothing was done. ${FLAGS_KNOWN}`
    case 'ambiguous':
      return twoReadings(words, story, command)
    case 'nothing-to-do':
      return `There is nothing to do for this now. \`${command} help\` lists what can be said.${link === '' ? '' : ` How things stand: ${link}.`}`
    case 'already-running':
      return `A session is under way${link === '' ? '' : `: ${link}`}. Talk to it with \`${command} <text>\`, or end it first with \`${command} stop\`.`
    case 'fork':
      return 'Pull requests from forks are not handed to Jules: anybody could have written their code and their words.'
    case 'passed-on':
      return [
        `Told the session that made this pull request.${link === '' ? '' : ` What it does: ${link}.`}`,
        cutSentence(story),
      ]
        .filter((part) => part !== '')
        .join(' ')
    case 'needed':
    case 'done':
      return [mention(story), headline.replace(/^\S+ /, ''), link === '' ? '' : `See the ${link}.`, todo]
        .filter((part) => part !== '')
        .join('\n\n')
  }
}

/** `words` begin with the verb: `stop being silly`. */
function twoReadings(words: string, story: Story, command: string): string {
  const verb = words.replace(/ .*/s, '')
  const tell = story.session === undefined ? 'new' : 'reply'
  return [
    `${span(`${command} ${words}`)} can be read in two ways, so nothing was done:`,
    `- ${span(`${command} ${verb}`)} alone is the command;`,
    `- ${span(`${command} ${tell} ${words}`)} tells Jules all of it.`,
  ].join('\n')
}

const FLAGS_KNOWN = `When a session starts, these are known: ${FLAGS.map(({ words }) => `\`${words}\``).join(', ')}. They stand directly behind the command.`

/** The only mention that is ever written: of the person who asked. */
function mention({ requester }: Story): string {
  return /^[A-Za-z0-9-]{1,39}$/.test(requester) ? `@${requester}` : ''
}
