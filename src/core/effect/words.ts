/** An effect in words, for the log and for dry runs. Logs of public repositories are public, so it quotes no text of anybody. */
import type { Effect } from './effect.ts'

export function inWords(effect: Effect): string {
  switch (effect.do) {
    case 'react':
      return `react with ${effect.with} to the ${effect.to.kind === 'line' ? 'comment' : effect.to.kind}`
    case 'label':
      return `${effect.on ? 'put on' : 'take off'} the label ${effect.name}`
    case 'claim':
      return effect.thread === undefined
        ? 'keep a record for this run'
        : `post the tracking comment on #${effect.thread}`
    case 'write':
      return effect.thread === undefined ? 'keep a record for this run' : 'bring the tracking comment up to date'
    case 'fold':
      return 'take back a second tracking comment'
    case 'note':
      return `post a short comment on #${effect.thread} (${effect.kind})`
    case 'create':
      return `create a session of ${effect.session.source} from ${effect.session.branch}`
    case 'send':
      return `send a message to session ${effect.session}`
    case 'approve':
      return `approve the plan of session ${effect.session}`
    case 'delete':
      return `delete session ${effect.session}`
    case 'probe':
      return `find out whether the token has ${effect.permission}: write`
    case 'archive':
      return `archive session ${effect.session}`
    case 'unarchive':
      return `bring session ${effect.session} back from the archive`
  }
}
