/** What is told of text that Jules did not get: because no reader of the page would have seen it, or because there was too much. */
import type { Removed, Story } from '../effect/story.ts'

/** `240 hidden and 12 invisible characters`, or '' for nothing. */
export function removedInWords({ hidden, invisible }: Removed): string {
  const parts = [hidden > 0 ? `${hidden} hidden` : '', invisible > 0 ? `${invisible} invisible` : '']
  const counts = parts.filter((part) => part !== '').join(' and ')
  return counts === '' ? '' : `${counts} ${hidden + invisible === 1 ? 'character' : 'characters'}`
}

/** A sentence for the thread, only where the text may have been meant for Jules alone. */
export function removedSentence(removed: Removed): string {
  const words = removedInWords(removed)
  if (!removed.suspicious || words === '') return ''
  return `Before Jules got the text of this thread, ${words} that this page hides, or could hide, ${removed.hidden + removed.invisible === 1 ? 'was' : 'were'} taken out of it.`
}

/** For whoever wrote more than Jules gets. */
export function cutSentence({ cut }: Pick<Story, 'cut'>): string {
  return cut ? 'The text of the command was longer than 60 KiB, so Jules got only its first part.' : ''
}
