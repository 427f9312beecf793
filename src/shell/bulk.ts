/** Large texts, packed piece by piece: a change set of many MiB is never one string, and never held twice. */
import { createHash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Bulk } from '../core/session.ts'
import { sweepAfter } from './sweep.ts'

type Piece = Bulk['pieces'][number]

/** Only what was packed here is opened: nothing that came as JSON is taken for it. */
const ours = new WeakSet<object>()

export function isBulk(value: unknown): value is Bulk {
  return typeof value === 'object' && value !== null && ours.has(value)
}

/** Packs bytes; a piece that is among `known` is not packed again. */
export function packPiece(bytes: Uint8Array, known: ReadonlyMap<string, Piece>): Piece {
  const hash = createHash('sha256').update(bytes).digest('base64')
  // A copy: small buffers share their memory, and one that stays would keep the others.
  return known.get(hash) ?? { hash, bytes: bytes.length, packed: new Uint8Array(deflateRawSync(bytes, { level: 1 })) }
}

export function makeBulk(pieces: Piece[]): Bulk {
  const bulk = { bytes: pieces.reduce((sum, { bytes }) => sum + bytes, 0), pieces }
  ours.add(bulk)
  return bulk
}

/** The same text, piece for piece? */
export function isSameBulk(one: Bulk | undefined, other: Bulk | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return (
    one.pieces.length === other.pieces.length && one.pieces.every(({ hash }, at) => hash === other.pieces[at]?.hash)
  )
}

/** A patch from its beginning to its end in UTF-8, piece by piece. */
export function* bytesOf({ patch, bulk }: { patch: string; bulk?: Bulk | undefined }): Generator<Buffer> {
  if (bulk === undefined) yield Buffer.from(patch)
  else
    for (const { packed, bytes } of bulk.pieces) {
      // In one chunk, and not quite full, for zlib makes another one behind each full one.
      const piece = inflateRawSync(packed, { chunkSize: bytes + LEAST_CHUNK })
      sweepAfter(piece.length)
      yield piece
    }
}

/** The least that zlib takes. */
const LEAST_CHUNK = 64
