/** What takes hidden words out of a text, under the name that others give theirs, so that both can be measured in one way. */
import { clean } from '../../../src/core/clean/clean.ts'

export function sanitizeContent(text: string): string {
  return clean(text).text
}
