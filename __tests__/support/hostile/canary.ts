/** Secrets in every way in which they can be written, and whether anything of them can be read somewhere. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ActionResult } from '../../../emulator/runner/process.ts'
import { type Told, writes } from '../story.ts'

const base64 = (text: string, shift: number) => Buffer.from(`${'xyz'.slice(0, shift)}${text}tail`).toString('base64')

/** What it adds is no part of the secret. */
const COLOURED = 'in a colour of the terminal'

/** Ways to write a secret that are told from it without a key. */
export const FORMS: { [name: string]: (secret: string) => string } = {
  plain: (secret) => secret,
  base64: (secret) => base64(secret, 0),
  'base64, shifted by one': (secret) => base64(secret, 1),
  'base64, shifted by two': (secret) => base64(secret, 2),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  'upper hex': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'in a URL': encodeURIComponent,
  'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
  reversed: (secret) => [...secret].reverse().join(''),
  'without its first letters': (secret) => secret.slice(7),
  [COLOURED]: (secret) => `\u001b[31m${secret.slice(0, 9)}\u001b[0m${secret.slice(9)}`,
}

/** All that can be read of a run, by where. */
export function sinksOf(world: Told, result: ActionResult): { [sink: string]: string } {
  const folder = result.outputs['files-path'] ?? ''
  const files =
    folder === '' ? [] : readdirSync(folder).map((name) => name + readFileSync(join(folder, name), 'latin1'))
  // Masking is how the runner gets to know what to hide.
  const log = result.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
  return {
    GitHub: writes(world)
      .map(({ path, body }) => `${path} ${JSON.stringify(body)}`)
      .join('\n'),
    log: [...log, result.stderr].join('\n'),
    outputs: JSON.stringify(result.outputs) + Object.values(result.outputs).join('\n'),
    summary: result.summary,
    files: files.join('\n'),
    environment: result.environmentFile + result.pathFile + [...result.told.state.values()].join('\n'),
    addresses: [...world.github.server.calls, ...world.jules.server.calls]
      .map(({ path, query }) => `${path}?${JSON.stringify(query)}`)
      .join('\n'),
  }
}

const PIECE = 12

/** Which sinks hold twelve characters or more of a secret, however it is written. */
export function leaks(secrets: readonly string[], sinks: { [sink: string]: string }): string[] {
  const pieces = new Set(secrets.flatMap((secret) => Object.keys(FORMS).flatMap((name) => piecesOf(name, secret))))
  return Object.entries(sinks)
    .filter(([, text]) => [...pieces].some((piece) => text.includes(piece)))
    .map(([sink]) => sink)
}

function piecesOf(name: string, secret: string): string[] {
  if (name === COLOURED) return []
  const form = FORMS[name]?.(secret) ?? ''
  // Without what the neighbours have a part in.
  const own = name.startsWith('base64') ? form.slice(4, -8) : form
  return Array.from({ length: Math.max(0, own.length - PIECE + 1) }, (_, at) => own.slice(at, at + PIECE))
}

/** Every text of an answer gets the words in front, but for the names by which it is understood. */
export function soaked(value: unknown, words: string, isKept: (name: string) => boolean): unknown {
  if (typeof value === 'string') return `${words} ${value}`
  if (Array.isArray(value)) return value.map((item) => soaked(item, words, isKept))
  if (typeof value !== 'object' || value === null) return value
  const parts = Object.entries(value).map(([name, part]) => [name, isKept(name) ? part : soaked(part, words, isKept)])
  return Object.fromEntries(parts)
}
