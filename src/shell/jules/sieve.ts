/** Takes long patches out of a reply's JSON while it arrives, so that none of them ever stands in memory as a whole. */
import { StringDecoder } from 'node:string_decoder'
import type { Bulk } from '../../core/session.ts'
import { makeBulk, packPiece } from '../bulk.ts'
import { type Body, NetworkError } from '../network.ts'
import { type Unescaper, unescaper } from './unescape.ts'

/** Stands beside `unidiffPatch` where that holds no more than the beginning; its value is the number of the bulk. */
export const IN_FULL = 'unidiffPatch in full'

const KEY = Buffer.from(JSON.stringify('unidiffPatch'))
const OPENING = /^\s*:\s*"/
/** The key, the colon and some blanks may come in two parts. */
const KEPT_BACK = KEY.length + 16
const PIECE_BYTES = 64 * 1024
/** What is no longer than these stays as it is: more than any page shows of a patch. */
const PIECES_OF_HEAD = 5
/** What is left of a reply without its large patches. */
const MOST_BYTES_OF_JSON = 32 * 1024 * 1024
const NOTHING: Uint8Array = new Uint8Array()

export type Sieve = Body & {
  /** What was taken out, in order. */
  bulks: Bulk[]
}

/** Pieces that stand in one of `known` too are not packed again. */
export function makeSieve(known: readonly Bulk[]): Sieve {
  const packedBefore = new Map(known.flatMap(({ pieces }) => pieces.map((piece) => [piece.hash, piece])))
  const bulks: Bulk[] = []
  const json: Uint8Array[] = []
  let size = 0
  let rest: Uint8Array = NOTHING
  let patch: Patch | undefined
  let room: Buffer | undefined

  function passOn(part: Uint8Array): Uint8Array {
    const whole = Buffer.concat([rest, part])
    const start = startOfPatch(whole)
    const until = start === undefined ? Math.max(0, whole.length - KEPT_BACK) : start - 1
    size += until
    if (size > MOST_BYTES_OF_JSON) throw new NetworkError('too-large')
    json.push(whole.subarray(0, until))
    rest = start === undefined ? whole.subarray(until) : NOTHING
    if (start === undefined) return NOTHING
    room ??= Buffer.allocUnsafe(PIECE_BYTES)
    patch = openPatch(room, packedBefore)
    return whole.subarray(start)
  }

  function takeOut(part: Uint8Array, { unescaped, pieces, close }: Patch): Uint8Array {
    const end = unescaped.take(part)
    if (end === undefined) return NOTHING
    json.push(Buffer.from(close(bulks.length)))
    if (pieces.length > 0) bulks.push(makeBulk(pieces))
    patch = undefined
    return part.subarray(end)
  }

  return {
    bulks,
    take: (part) => {
      for (let left = part; left.length > 0; ) left = patch === undefined ? passOn(left) : takeOut(left, patch)
    },
    end: () => Buffer.concat([...json, rest]).toString('utf8'),
  }
}

type Pieces = Bulk['pieces'][number][]

type Patch = {
  unescaped: Unescaper
  /** None where all of it is short. */
  pieces: Pieces
  /** What stands in its place in the JSON. */
  close(number: number): string
}

function openPatch(room: Buffer, packedBefore: ReadonlyMap<string, Pieces[number]>): Patch {
  const pieces: Pieces = []
  const head: string[] = []
  const start = new StringDecoder('utf8')
  const pack = (bytes: Uint8Array) => pieces.push(packPiece(bytes, packedBefore))
  const unescaped = unescaper(room, () => {
    if (pieces.length < PIECES_OF_HEAD) head.push(start.write(room))
    pack(room)
  })
  return {
    unescaped,
    pieces,
    close: (number) => {
      const last = unescaped.left()
      if (pieces.length < PIECES_OF_HEAD) {
        pieces.length = 0
        return JSON.stringify(head.join('') + start.end(last))
      }
      pack(last)
      return `${JSON.stringify(head.join(''))},${JSON.stringify(IN_FULL)}:${number}`
    },
  }
}

/** Where the text of a patch begins, behind its opening quote. Inside of other texts every quote is escaped. */
function startOfPatch(json: Buffer): number | undefined {
  for (let at = json.indexOf(KEY); at !== -1; at = json.indexOf(KEY, at + 1)) {
    const behind = at + KEY.length
    const opening = OPENING.exec(json.toString('latin1', behind, behind + KEPT_BACK))
    if (opening !== null) return behind + opening[0].length
  }
  return undefined
}
