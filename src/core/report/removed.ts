/** What is told of text that was taken out of a prompt because no reader of the page would have seen it. */
import type { Removed } from '../effect/story.ts'

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
  return `Before Jules got the text of this thread, ${words} that nobody sees on this page ${removed.hidden + removed.invisible === 1 ? 'was' : 'were'} taken out of it.`
}
