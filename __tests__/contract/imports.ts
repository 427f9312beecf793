/** Who imports whom, read from the sources. */
import { posix } from 'node:path'
import { files, read } from './tree.ts'

export type Import = { from: string; to: string }

/** Sources of a folder without their comments, which may speak of anything. */
export function code(file: string): string {
  return read(file)
    .replace(/(^|[\s;{(,])\/\*[\s\S]*?\*\//g, '$1')
    .replace(/(^|\s)\/\/.*$/gm, '$1')
}

export function sources(...under: string[]): string[] {
  return under.flatMap((folder) => [...files(folder, '.ts'), ...files(folder, '.mjs'), ...files(folder, '.js')])
}

/** Every import of the files: of another file by its path, of a package by its name. */
export function importsOf(list: string[]): Import[] {
  return list.flatMap((from) =>
    [...code(from).matchAll(/(?<!')(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map(([, to = '']) => ({
      from,
      to: to.startsWith('.') ? posix.join(posix.dirname(from), to) : to,
    })),
  )
}
