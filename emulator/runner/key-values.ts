/** The format of `GITHUB_OUTPUT`, `GITHUB_ENV` and `GITHUB_STATE`: `name=value`, or `name<<DELIMITER … DELIMITER`. */

/** Every pair in order. A text that is neither is an error, after the pairs before it; only `\n` ends a line. */
export function* keyValues(text: string): Generator<[string, string]> {
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      yield [line.slice(0, equals), line.slice(equals + 1)]
    } else if (heredoc >= 0) {
      const block = readBlock(lines, at)
      yield [block.name, block.value]
      at = block.end
    } else throw new Error(`Invalid format '${line}'`)
  }
}

function readBlock(lines: string[], start: number): { name: string; value: string; end: number } {
  const line = lines[start] ?? ''
  const name = line.slice(0, line.indexOf('<<'))
  const delimiter = line.slice(name.length + 2)
  if (name === '' || delimiter === '') {
    throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
  }
  const end = lines.indexOf(delimiter, start + 1)
  if (end >= 0) return { name, value: lines.slice(start + 1, end).join('\n'), end }
  if (start + 1 < lines.length && lines.at(-1) !== '') throw new Error('Invalid value. EOF marker missing new line.')
  throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
}
