/** Takes secrets out of text, before every sink: the registered ones, and what has the shape of somebody else's. */

/** Pieces of this length are recognised, so that a secret cut short is found too. */
const PIECE = 12
const MASK = '***'

/** A function that replaces every trace of the secrets: as they are, encoded, turned round, or any 12 characters of them. Linear. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const traces = secrets.flatMap(tracesOf)
  const short = traces.filter((trace) => trace.length < PIECE)
  const pieces = searchFor(traces.flatMap(piecesOf))
  return (text) => short.reduce((kept, trace) => kept.replaceAll(trace, MASK), withoutPieces(text, pieces))
}

/** Shapes of well-known tokens. Each begins with a fixed word, so none of them can be slow. */
const SHAPES = [
  /gh[pousr]_[A-Za-z0-9_.-]{20,}/g,
  /github_pat_[A-Za-z0-9_]{20,}/g,
  /AIza[A-Za-z0-9_-]{30,}/g,
  /AQ\.[A-Za-z0-9_-]{20,}/g,
  /ya29\.[A-Za-z0-9_-]{20,}/g,
  /(?:AKIA|ASIA)[A-Z0-9]{16}/g,
  /xox[abeprs]-[A-Za-z0-9-]{10,}/g,
  /sk-[A-Za-z0-9_-]{20,}/g,
  /npm_[A-Za-z0-9]{30,}/g,
  // Only where a word begins, or behind a line end as JSON writes it: else every `eyJ` of a long word would be followed to its end.
  /(?:(?<![A-Za-z0-9_-])|(?<=\\[nrt]))eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*)?/g,
]
const KEY_BEGINS = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/g

/** Replaces what looks like a token or a private key, whoever it belongs to. A patch would break by it; words do not. */
export function withoutTokens(text: string): string {
  return withoutKeys(SHAPES.reduce((kept, shape) => kept.replace(shape, MASK), text))
}

/** What may stand in a private key, its line ends written as in JSON included. */
const KEY_TEXT = /[A-Za-z0-9+/=\s:,\\-]*/y
const KEY_ENDS = /-----END [A-Z ]{0,30}-----/

/** From the beginning of a private key to its end; one without an end takes along what may belong to it, and no mark of the page around it. */
function withoutKeys(text: string): string {
  const [before, ...behind] = text.split(KEY_BEGINS)
  const kept = behind.map((part) => {
    KEY_TEXT.lastIndex = 0
    KEY_TEXT.test(part)
    const body = part.slice(0, KEY_TEXT.lastIndex)
    const end = KEY_ENDS.exec(body)
    return MASK + part.slice(end === null ? edgeOf(body) : end.index + end[0].length)
  })
  return [before, ...kept].join('')
}

/** The line end before a fence, and the backslash before a quote, belong to what comes next. */
function edgeOf(body: string): number {
  let edge = body.length
  while (edge > 0 && /[\s\\]/.test(body.charAt(edge - 1))) edge -= 1
  return edge
}

function tracesOf(secret: string): string[] {
  const bytes = [...new TextEncoder().encode(secret)]
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const reversed = [...secret].reverse().join('')
  const quoted = JSON.stringify(secret).slice(1, -1)
  const plain = [secret, hex, hex.toUpperCase(), reversed, quoted, encodeURIComponent(secret)]
  return [...plain, ...base64Of(secret)].filter((trace) => trace.length >= 8)
}

/** The three ways a text can stand in base64, as its neighbours shift it; only the characters that it alone decides. */
function base64Of(secret: string): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const encoded = btoa('\0'.repeat(shift) + String.fromCharCode(...new TextEncoder().encode(secret)))
    const own = encoded.replaceAll('=', '').slice(shift === 0 ? 0 : shift + 1, -1)
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

function piecesOf(trace: string): string[] {
  return Array.from({ length: Math.max(0, trace.length - PIECE + 1) }, (_, from) => trace.slice(from, from + PIECE))
}

type Search = { pieces: ReadonlySet<string>; begins: Uint8Array }

/** Most places of a text are told from all pieces by a few bits of their first characters. */
function searchFor(pieces: readonly string[]): Search {
  const begins = new Uint8Array(0x100000)
  for (const piece of pieces) begins[bitsAt(piece, 0)] = 1
  return { pieces: new Set(pieces), begins }
}

function bitsAt(text: string, at: number): number {
  const four =
    (text.charCodeAt(at) << 15) ^
    (text.charCodeAt(at + 1) << 10) ^
    (text.charCodeAt(at + 2) << 5) ^
    text.charCodeAt(at + 3)
  return (four ^ (text.charCodeAt(at + 4) << 12)) & 0xfffff
}

function withoutPieces(text: string, { pieces, begins }: Search): string {
  const kept: string[] = []
  let from = 0
  let hiddenUntil = 0
  for (let at = 0; at + PIECE <= text.length; at += 1) {
    if (begins[bitsAt(text, at)] === 0 || !pieces.has(text.slice(at, at + PIECE))) continue
    if (at >= hiddenUntil) kept.push(text.slice(from, at), MASK)
    hiddenUntil = at + PIECE
    from = hiddenUntil
  }
  return kept.join('') + text.slice(from)
}
