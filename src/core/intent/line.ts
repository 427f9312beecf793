/** A line of a command, word by word. */

/** A blank, or the end of the line. */
export function isEnd(character: string | undefined): boolean {
  return character === undefined || character === ' ' || character === '\t' || character === '\n' || character === '\r'
}

/** The first word of a line and what follows it. */
export function nextWord(line: string): [string, string] {
  let start = 0
  while (line[start] === ' ' || line[start] === '\t') start += 1
  let end = start
  while (!isEnd(line[end])) end += 1
  return [line.slice(start, end), line.slice(end)]
}

/** A word, or everything between two double quotes. */
export function nextValue(line: string): [string, string] {
  const start = line.length - line.replace(/^[ \t]+/, '').length
  if (line[start] !== '"') return nextWord(line)
  const end = line.indexOf('"', start + 1)
  return end === -1 ? ['', ''] : [line.slice(start + 1, end), line.slice(end + 1)]
}

/** What stands before and behind the first mark. */
export function splitOnce(word: string, mark: string): [string, string | undefined] {
  const found = word.indexOf(mark)
  return found === -1 ? [word, undefined] : [word.slice(0, found), word.slice(found + 1)]
}
