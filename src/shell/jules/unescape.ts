/** The text of a JSON string, unescaped byte by byte as it arrives. */

const QUOTE = 0x22
const BACKSLASH = 0x5c
const SHORT: { [letter: string]: string } = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

export type Unescaper = {
  /** Takes a part. Returns how much of it belongs to the string, its closing quote included; undefined: all of it. */
  take(part: Uint8Array): number | undefined
  /** What has not filled a piece. */
  left(): Buffer
}

/** Fills `piece`, again and again; `full` is told each time. */
export function unescaper(piece: Buffer, full: () => void): Unescaper {
  let length = 0
  /** What came of an escape so far, without its backslash; undefined outside of one. */
  let begun: string | undefined
  /** The upper half of a character that takes two escapes. */
  let half = ''

  function put(byte: number): void {
    if (length === piece.length) {
      full()
      length = 0
    }
    piece[length] = byte
    length += 1
  }

  function putUnit(unit: string): void {
    const code = unit.charCodeAt(0)
    const isHalf = code >= 0xd800 && code <= 0xdbff
    if (half === '' && code < 0x80) put(code)
    else for (const byte of Buffer.from(isHalf ? half : half + unit)) put(byte)
    half = isHalf ? unit : ''
  }

  function goOn(word: string): void {
    begun = word.startsWith('u') && word.length < 5 ? word : undefined
    if (begun !== undefined) return
    const unit = word.length === 5 ? String.fromCharCode(Number.parseInt(word.slice(1), 16)) : SHORT[word]
    putUnit(unit ?? word)
  }

  return {
    take: (part) => {
      for (let at = 0; at < part.length; at += 1) {
        const byte = part[at] ?? 0
        if (begun !== undefined) goOn(begun + String.fromCharCode(byte))
        else if (byte === BACKSLASH) begun = ''
        else {
          if (half !== '') putUnit('')
          if (byte === QUOTE) return at + 1
          put(byte)
        }
      }
      return undefined
    },
    left: () => piece.subarray(0, length),
  }
}
