/** Parts of a workflow file as the parser serializes them: plain values, and tagged objects for the rest. */
import { type Contexts, evaluate, plain } from './expression.ts'

export type Piece =
  | null
  | string
  | number
  | boolean
  | { type: 1; seq: Piece[] }
  | { type: 2; map: { Key: Piece; Value: Piece }[] }
  | { type: 3; expr: string }

export function pieceOf(token: { toJSON(): unknown }): Piece {
  return JSON.parse(JSON.stringify(token))
}

/** What stands under a key of a mapping; null where there is none. */
export function at(piece: Piece, key: string): Piece {
  return entries(piece).find((entry) => entry.key === key)?.value ?? null
}

/** The entries of a mapping, in order. */
export function entries(piece: Piece): { key: string; value: Piece }[] {
  if (typeof piece !== 'object' || piece === null || piece.type !== 2) return []
  return piece.map.map(({ Key, Value }) => ({ key: String(Key), value: Value }))
}

/** The items of a sequence. */
export function list(piece: Piece): Piece[] {
  return typeof piece === 'object' && piece !== null && piece.type === 1 ? piece.seq : []
}

/** The piece as plain data, its expressions evaluated. */
export function evaluated(piece: Piece, contexts: Contexts): unknown {
  if (typeof piece !== 'object' || piece === null) return piece
  switch (piece.type) {
    case 1:
      return piece.seq.map((item) => evaluated(item, contexts))
    case 2:
      return Object.fromEntries(
        piece.map.map(({ Key, Value }) => [String(evaluated(Key, contexts)), evaluated(Value, contexts)]),
      )
    case 3:
      return plain(evaluate(piece.expr, contexts))
  }
}

/** A mapping as texts, as `with:` and `env:` are handed over. */
export function textsOf(piece: Piece, contexts: Contexts): Record<string, string> {
  const value = evaluated(piece, contexts)
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, textOf(part)]))
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
