/** One headline and one sentence on what to do for every outcome. All words that people read about outcomes stand here. */
import type { Story } from '../effect/story.ts'
import type { Outcome, Reason } from '../outcome.ts'
import { pullRequestLink, span } from './markdown.ts'
import { todoWithoutThread } from './threadless.ts'

/** `do`: what is needed now, '' when nothing is. `command` is the command word. */
export type Sentence = { headline: string; do: string }

type Words = (story: Story, command: string) => Sentence
type Book = { [O in Outcome]: { [R in Reason<O>]: Words } }

const plain =
  (headline: string, todo = ''): Words =>
  () => ({ headline, do: todo })

const asking =
  (headline: string, todo: (command: string) => string): Words =>
  (_, command) => ({ headline, do: todo(command) })

const pull = (story: Story): string => {
  const link = story.pullRequest && pullRequestLink(story.pullRequest.url, story.repository)
  return link ? `[pull request #${link.number}](${link.url})` : 'a pull request'
}

const STAGES: { [state: string]: string } = {
  QUEUED: '⏳ The session is queued at Jules',
  PLANNING: '⏳ Jules is making a plan',
  COMPLETED: '⏳ Jules is done; a pull request may follow',
}

const stage = ({ session, told }: Story): string => {
  if (session === undefined) return '⏳ Asking Jules for a session'
  if (told && session.state === 'COMPLETED') return '⏳ Passed on to Jules, which takes the session up again'
  return STAGES[session.state] ?? '⏳ Jules is working'
}

const whoFollows = ({ followed }: Story, command: string): string =>
  followed
    ? 'This comment is kept up to date.'
    : `No job follows it any more. The comment is brought up to date when its pull request opens, by the next sweep, or at once by \`${command} status\`.`

const whenCancelled: Words = ({ session }, word) => {
  const headline = '⏳ This job was cancelled'
  if (session === undefined)
    return {
      headline: `${headline} before it knew of a session`,
      do: `Run it again, or start anew with \`${word} retry\`.`,
    }
  if (session.state === 'COMPLETED' || session.state === 'FAILED')
    return { headline: `${headline}; the session has come to an end`, do: `See which with \`${word} status\`.` }
  return {
    headline: `${headline}; the session goes on`,
    do: `Look again with \`${word} status\`, or end it with \`${word} stop\`.`,
  }
}

const later = (word: string): string =>
  `The next sweep tries again. To try now, write \`${word} status\`; to take it back, \`${word} stop\`.`

const AT_REST: { [state: string]: string } = { PAUSED: 'It is paused, so nothing goes on in it by itself.' }

const whenStopped: Words = (story) => {
  const { session, pullRequest } = story
  if (session === undefined) return { headline: '🛑 Taken back before Jules began', do: '' }
  const isOver = session.state === 'COMPLETED' || session.state === 'FAILED'
  const parts = [
    isOver && pullRequest === undefined
      ? 'The session is archived; nothing is under way in it.'
      : 'Jules was asked to stop and the session is archived.',
    isOver ? '' : (AT_REST[session.state] ?? 'The API has no way to cancel, so some work may still go on.'),
    fromIt(story),
  ]
  return { headline: '🛑 No longer followed', do: parts.filter((part) => part !== '').join(' ') }
}

const fromIt = (story: Story): string =>
  story.pullRequest === undefined ? '' : `There is ${pull(story)} from it; close it if it is not wanted.`

const isUnknown = ({ result }: Story['checks'][number]): boolean => result === 'unknown'

const INSTALL = 'Install the Jules app for this repository at https://jules.google.com and ask again.'

const BOOK: Book = {
  'pull-request': {
    completed: (story) => ({ headline: `✅ Jules opened ${pull(story)}`, do: '' }),
    'still-working': (story) => ({ headline: `✅ Jules opened ${pull(story)} and works on`, do: '' }),
    merged: (story) => ({ headline: `🎉 Merged: ${pull(story)}`, do: '' }),
    'closed-unmerged': (story) => ({ headline: `🚪 Closed without merging: ${pull(story)}`, do: '' }),
  },
  changes: {
    'not-published': asking(
      '📦 Jules made changes, but opened no pull request',
      (word) => `Publish them from the session's page, or ask for it: \`${word} open a pull request\`.`,
    ),
  },
  'no-changes': {
    'nothing-produced': asking(
      '💤 Jules is done and changed nothing',
      (word) => `If you expected a change, say what is missing: \`${word} <text>\`.`,
    ),
  },
  'waiting-for-approval': {
    'plan-ready': asking(
      '📋 Jules has a plan and waits for your approval',
      (word) => `Approve it with \`${word} approve\`, or ask for changes with \`${word} reject <text>\`.`,
    ),
    'plan-expired': asking(
      '📋 Jules has a plan; nobody has approved it so far',
      (word) => `Approve it with \`${word} approve\`, or ask for changes with \`${word} reject <text>\`.`,
    ),
    'plan-changed': asking(
      '📋 Nothing was approved: this is not the plan that was named or shown before',
      (word) =>
        `Read the plan as it is now, then approve it with \`${word} approve\` or ask for changes with \`${word} reject <text>\`.`,
    ),
  },
  'waiting-for-reply': {
    question: asking('💬 Jules has a question', (word) => `Answer it with \`${word} reply <text>\`.`),
    'open-question': asking('💬 Jules stopped with a question', (word) => `Answer it with \`${word} reply <text>\`.`),
    paused: asking('⏸️ The session is paused', (word) => `Resume it on its page, or write \`${word} reply <text>\`.`),
  },
  running: {
    'handed-over': (story, word) => ({ headline: stage(story), do: whoFollows(story, word) }),
    cancelled: whenCancelled,
    'taken-over': plain('⏳ Jules is working; another run follows it'),
    'nobody-follows': plain(
      '⏳ Jules is working, and this job has waited long enough',
      'Look at the session on its page, or follow it in another job with the input `session-id`.',
    ),
    stalled: asking(
      '🐢 Jules has shown no activity for more than 15 minutes',
      (word) =>
        `Look at the session on its page, give it a push with \`${word} <text>\`, or end it with \`${word} stop\`.`,
    ),
  },
  queued: {
    'quota-full': asking(
      '🕒 Jules takes no new session now',
      (word) => `Most often the daily or the concurrent limit of the Jules account is reached. ${later(word)}`,
    ),
    'daily-quota-full': asking('🕒 The daily limit of the Jules account seems to be reached', later),
    'jules-unavailable': asking('🕒 Jules cannot be reached now', later),
  },
  failed: {
    'session-failed': asking(
      '❌ The session failed',
      (word) => `Look at its page, then start again with \`${word} retry\`.`,
    ),
    'source-not-connected': plain('❌ Jules does not know this repository', INSTALL),
    'branch-not-found': ({ branch, near }) => ({
      headline: '❌ The branch to start from does not exist',
      do: `There is no ${branch === '' ? 'such branch' : span(branch)}.${near.length === 0 ? '' : ` Near to it: ${near.map((name) => span(name)).join(', ')}.`} Push it, or name another one, and ask again.`,
    }),
    'key-missing': plain(
      '❌ The Jules API key is missing',
      'Store it as the secret `JULES_API_KEY` and pass it as `jules-api-key`.',
    ),
    'key-rejected': plain(
      '❌ Jules does not accept the API key',
      'Make a new one in the settings of jules.google.com and replace the secret.',
    ),
    'message-refused': plain('❌ Jules did not take the message', "Try it on the session's page."),
    'request-rejected': plain('❌ Jules did not take the request', 'The summary of this run quotes what it said.'),
    'quota-full': plain(
      '❌ Jules takes no new session now',
      'Most often the daily or the concurrent limit of the Jules account is reached. Try again later.',
    ),
    gone: asking('❌ The session is gone', (word) => `It was deleted in Jules. Start again with \`${word} retry\`.`),
    'foreign-session': plain(
      '❌ The session belongs to another repository or request',
      'Nothing of it is shown here. Check the session id.',
    ),
    'github-permission-missing': plain(
      '❌ The token may not do this',
      'Give the job `permissions: { contents: read, issues: write, pull-requests: write }`.',
    ),
    'jules-unavailable': plain('❌ Jules cannot be reached', 'Try again later.'),
    'github-unavailable': plain('❌ GitHub cannot be reached', 'Run the job again.'),
    'needs-attention': asking(
      '❌ It is not known whether Jules got the request',
      (word) => `Look at https://jules.google.com for a session of this thread; if there is none: \`${word} retry\`.`,
    ),
    'inputs-invalid': plain('❌ The inputs of the action are not right', 'Mend the workflow file.'),
    'not-github-com': plain('❌ Jules reads github.com only', 'This action cannot work on GitHub Enterprise Server.'),
    bug: plain('❌ The action itself failed', 'Please report it, with the log of this run.'),
  },
  stopped: {
    'by-command': whenStopped,
    'thread-closed': (story) => ({
      headline: '🛑 Not followed, for the thread was closed or taken away',
      do: fromIt(story),
    }),
  },
  ignored: {
    'event-not-handled': plain('This event asks nothing of Jules'),
    'not-a-command': plain('The comment holds no command'),
    'permission-too-low': plain(
      'Whoever asked may not ask: the permission in the repository is too low',
      'Somebody who may can ask instead.',
    ),
    'permission-unknown': plain(
      'Nothing was done, for it could not be read whether the sender may ask',
      'Run the job again, or let somebody else ask.',
    ),
    'bot-not-allowed': plain('The sender is a bot that may not ask', 'Name it in `allowed-bots` if it should.'),
    'label-gone': plain('The label was taken off again before the job began'),
    'already-running': plain('A session for this is under way'),
    'already-handled': plain('This request has been dealt with'),
    edited: plain('Edited comments are not read as commands', 'Write a new comment.'),
    fork: plain(
      'Pull requests from forks are not handed to Jules',
      'Anybody could have written their code and their words.',
    ),
    'not-our-pull-request': plain('None of our sessions made this pull request'),
    'part-of-review': plain('This comment is handled together with its review'),
    'no-secrets-here': plain('Events of forks and of Dependabot get no secrets, so there is no Jules key'),
    'thread-locked': plain('The thread is locked'),
    'other-repository': plain(
      'The event is of another repository, or this one has moved',
      'Nothing was done. Ask again where the repository is now.',
    ),
  },
  answered: {
    help: plain('What can be said was answered'),
    status: plain('The tracking comment is up to date'),
    'did-you-mean': plain('The command was not understood'),
    'unknown-flag': plain('The command has a flag that does not fit'),
    ambiguous: plain('The command could mean two things'),
    'nothing-to-do': plain('There is nothing to do for this command now'),
    'changed-since-request': asking(
      '✋ The request was changed while it waited, so it was not started',
      (word) => `If it is right as it is now, write \`${word} retry\`.`,
    ),
  },
  swept: {
    done: ({ unvisited }) =>
      unvisited.left === 0
        ? { headline: 'All threads are up to date', do: '' }
        : { headline: 'This sweep has done what one sweep may do', do: 'The next one goes on where it ends.' },
  },
  healthy: {
    done: ({ checks }) => ({
      headline: `✅ The set-up is right${checks.some(isUnknown) ? ', as far as it could be checked' : ''}`,
      do: '',
    }),
  },
  unhealthy: {
    done: ({ checks }) => ({
      headline:
        checks.some(isUnknown) && !checks.some(({ result }) => result === 'wrong')
          ? '❔ The set-up could not be checked in full'
          : '❌ The set-up is not right',
      do: 'What to do stands beside each check in the job summary.',
    }),
  },
  'dry-run': { done: plain('Dry run: nothing was written') },
  deleted: { done: plain('The session is deleted') },
  archived: { done: plain('The session is archived') },
}

/** The words for an outcome. A trouble's own sentence says more about what to do than the general one. */
export function sentenceOf(story: Story, command: string): Sentence {
  const { headline, do: todo } = wordsOf(story.verdict)(story, command)
  if (story.trouble !== undefined) {
    const said = withoutEcho(headline, story.trouble.sentence)
    // Whoever reads of an outage when the job is over has to know as well who goes on.
    const isLeft = story.verdict.reason === 'handed-over' && story.trouble.failure === 'jules-unavailable'
    return { headline, do: isLeft ? `${said} ${todoWithoutThread(story) ?? todo}` : said }
  }
  return { headline, do: todoWithoutThread(story) ?? todo }
}

/** A trouble's sentences stand alone in the log; behind a headline that says the first of them already, it goes. */
function withoutEcho(headline: string, sentences: string): string {
  const first = `${headline.replace(/^\S+ /, '')}. `
  return sentences.startsWith(first) ? sentences.slice(first.length) : sentences
}

function wordsOf<O extends Outcome>({ outcome, reason }: { outcome: O; reason: Reason<O> }): Words {
  return BOOK[outcome][reason]
}
