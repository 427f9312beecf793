/** Takes registered secrets out of text, before every sink. */

/** Pieces of this length are recognised, so that a secret cut short is found too. */
const PIECE = 12
const MASK = '***'

/** A function that replaces every trace of the secrets: as they are, encoded, turned round, or any 12 characters of them. Linear. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const traces = secrets.filter((secret) => secret !== '').flatMap(tracesOf)
  const short = traces.filter((trace) => trace.length < PIECE)
  const pieces = new Set(traces.flatMap(piecesOf))
  return (text) => short.reduce((kept, trace) => kept.replaceAll(trace, MASK), withoutPieces(text, pieces))
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

function withoutPieces(text: string, pieces: ReadonlySet<string>): string {
  const kept: string[] = []
  let from = 0
  let hiddenUntil = 0
  for (let at = 0; at + PIECE <= text.length; at += 1) {
    if (!pieces.has(text.slice(at, at + PIECE))) continue
    if (at >= hiddenUntil) kept.push(text.slice(from, at), MASK)
    hiddenUntil = at + PIECE
    from = hiddenUntil
  }
  return kept.join('') + text.slice(from)
}
