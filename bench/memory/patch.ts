/** A patch of many files and a given size, with words of more than one alphabet, the same each time. */

const WORDS =
  'const return await import widget label date count größe — 日付 false value index await list of when'.split(' ')
/** Every so many files comes one that is as large as a lock file. */
const LARGE_EVERY = 40
const LINES = 1200

/** A patch of about so many bytes. */
export function patchOf(bytes: number): string {
  const files: string[] = []
  for (let size = 0, number = 1; size < bytes; number += 1) {
    const file = fileOf(number, number % LARGE_EVERY === 0 ? 30 * LINES : LINES)
    files.push(file)
    size += Buffer.byteLength(file)
  }
  return files.join('')
}

export function changeSet(unidiffPatch: string): object {
  const gitPatch = {
    unidiffPatch,
    baseCommitId: '9f1c2d3e4b5a69788796a5b4c3d2e1f001122334',
    suggestedCommitMessage: 'Move',
  }
  return { source: 'sources/github/acme/widgets', gitPatch }
}

function fileOf(number: number, lines: number): string {
  const path = `src/part-${number}.ts`
  const body = Array.from({ length: lines }, (_, at) => `${at % 4 === 0 ? '-' : '+'}${lineOf(number * 7919 + at)}`)
  const removed = Math.ceil(lines / 4)
  return `diff --git a/${path} b/${path}\nindex 1111111..2222222 100644\n--- a/${path}\n+++ b/${path}\n@@ -1,${removed} +1,${lines - removed} @@\n${body.join('\n')}\n`
}

function lineOf(seed: number): string {
  let state = seed
  return Array.from({ length: 6 }, () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return `${WORDS[state % WORDS.length]}${state % 1000}`
  }).join(' ')
}
