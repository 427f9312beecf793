/** The stretches of work that every scenario can use. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { line } from './acts.ts'
import { readDocument } from './document.ts'
import { list, record, table } from './reader.ts'
import type { Stretches } from './unfold.ts'

const FILE = fileURLToPath(new URL('../scenarios/shared/stretches.yml', import.meta.url))

const written = record<{ stretches: Stretches }>('the file', { stretches: table(list(line, 'A step')) })

let shared: Stretches | undefined

/** By name; read once, when the first scenario is. */
export function sharedStretches(): Stretches {
  shared ??= readDocument({ name: 'stretches', text: readFileSync(FILE, 'utf8'), file: FILE }, written).stretches
  return shared
}
