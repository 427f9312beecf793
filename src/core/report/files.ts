/** Kept files → one line of the job summary. */
import type { Files } from '../effect/files.ts'
import { span } from './markdown.ts'

/** Which files there are, and how many were left out for which reason; '' where there is nothing to say. */
export function renderFiles({ names, leftOut, failed }: Files): string {
  const reasons = [
    { count: leftOut.large, words: 'too large' },
    { count: leftOut.surplus, words: 'beyond the newest 20 files or 25 MiB' },
    { count: leftOut.unfit, words: 'not a PNG, JPEG, GIF or WebP picture, or declared as something else' },
    { count: leftOut.unreadable, words: 'unreadable' },
  ].filter(({ count }) => count > 0)
  const sentences = [
    names.length === 0 ? '' : `${names.map((name) => span(name)).join(', ')}, in the folder of \`files-path\`.`,
    failed ? 'They could not be saved on this runner.' : '',
    reasons.length === 0 ? '' : `Left out: ${reasons.map(({ count, words }) => `${count} (${words})`).join(', ')}.`,
  ].filter((sentence) => sentence !== '')
  return sentences.length === 0 ? '' : `**Files:** ${sentences.join(' ')}`
}
