/** Texts that strangers could write: pieces that mean something to a parser, put together at random. */
import fc from 'fast-check'

const MARKUP =
  '<!-- --> --!> <!- <! <? ?> </ /> <div <p> </details> <img src=x alt=" " \' = & &lt; &#8203; &#xE0041 &shy; &amp; [ ] ( ) ![ ]( ][ ]: [^1]: # * _ ~ ` `` ``` ~~~ > | - 1. \\ $ @ahem #1 http://evil.example/ www.evil.example $ $$ % \\color{white} \\phantom{ |-| ```math <sub> <rp>'
const COMMANDS =
  '/jules approve plan retry stop --branch --title --no-pr :: ##[ ] add-mask error EOF jules-relay: <!--jules-relay jules-note -----BEGIN PRIVATE KEY----- -----END ghs_ eyJ AIza'
const NAMES = '__proto__ constructor prototype $' + '{{ }} {{ $& $1 %s ../ \\0'
/** What our own hidden lines look like. */
const RECORDS = [
  '<!-- jules-relay x.y -->',
  '\n<!-- jules-note k -->',
  '\n<!-- jules-relay ',
  'jules-relay: acme/widgets#12 0123',
]
const UNSEEN = ['\u200b', '\u200d', '\u202e', '\u2028', '\u2029', '\u0085', '\u00a0', '\ufeff', '\u{e0041}', '\ufe0f']
const ENDS = ['\n', '\n\n', '\r', '\r\n', '\t', ' ', '    ', '\u001b[31m', '\u0000', '\ud800', '😀', 'é']

/** Any whole characters. Put together by hand, for fast-check's own spend a second on a list of all there are. */
export function characters(maxLength: number): fc.Arbitrary<string> {
  const points = fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength })
  return points.map((all) => String.fromCodePoint(...all).toWellFormed())
}

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...MARKUP.split(' '), ...ENDS) },
  { weight: 2, arbitrary: fc.constantFrom(...COMMANDS.split(' '), ...NAMES.split(' '), ...RECORDS, ...UNSEEN) },
  { weight: 1, arbitrary: characters(8) },
)

/** Up to `pieces` of them. */
export function hostileText(pieces = 30): fc.Arbitrary<string> {
  return fc.array(piece, { maxLength: pieces, size: 'max' }).map((all) => all.join(''))
}

const sign = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('::', '##[', ']', 'add-mask', 'error', '\n') },
  { weight: 1, arbitrary: fc.constantFrom(':', '##', '#', '[', 'stop-commands', 'a', ...UNSEEN, ...ENDS) },
)

/** What could be a command of the runner, in either of its grammars. */
export const commandText = fc.array(sign, { maxLength: 12, size: 'max' }).map((all) => all.join(''))

/** For tables and for measuring: each is one piece that hurts somewhere when it is repeated. */
export const REPEATED = [
  ...new Set([...MARKUP.split(' '), ...COMMANDS.split(' '), ...UNSEEN, ...ENDS]),
  '<a ',
  '<a b="',
  "<a b='",
  '<div a=" <div b=\' ',
  '\n<a x=" ',
  '](a "',
  "](a '",
  '](a (',
  '](<a ',
  '](]()',
  '[x](y "z")',
  '\n[a]: b "',
  '\n[a]:',
  '\n[^a]: b\n\n\n',
  '[a][b]',
  '``` `` ` ',
  '```\n',
  '~~~\n<',
  '*a_',
  '<!-<!-- x -->- y -->',
  '--a="',
  '"',
  'a ',
  'a',
  'AQ.',
  '/jules ',
] as const
