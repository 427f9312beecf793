/** Blocks of foreign text: whose it is, and where it begins and ends. */
import type { Permission } from '../../config.ts'
import type { Person } from '../../event/event.ts'

/** `heading` is ours, `text` is theirs. */
export type Block = { heading: string; text: string }

/** A border that stands in none of the texts. It is random, so only a text that knows it would need another one. */
export function borderFor(texts: readonly string[], boundary: string): string {
  let border = boundary
  while (texts.some((text) => text.includes(border))) border += boundary
  return border
}

export function bordered({ heading, text }: Block, border: string): string {
  return [heading, `----- begin ${border} -----`, text, `----- end ${border} -----`].join('\n')
}

const STANDING: { [P in Permission]: string } = {
  triage: 'who may triage here',
  write: 'who may write here',
  maintain: 'who may maintain this repository',
  admin: 'who may administer this repository',
}

/** `by ann, who may write here`: what the gate has found, and no more. */
export function by(author: Person, passing: readonly number[], gate: Permission): string {
  // A name goes outside of the border, so it must be nothing but a name.
  const name = /^[\w-]{1,100}(?:\[bot\])?$/.test(author.login) ? author.login : 'somebody'
  if (!passing.includes(author.id)) return `by ${name}, an outsider`
  return `by ${name}, ${author.bot ? 'a bot that may ask here' : STANDING[gate]}`
}
