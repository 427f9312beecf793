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

/** A word, or everything between two double quotes, as keyboards or phones write them; '' for quotes that are none. */
export function nextValue(line: string): [string, string] {
  const value = line.replace(/^[ \t]+/, '')
  if (/^['‘’]/.test(value)) return ['', '']
  if (!/^["“„]/.test(value)) return nextWord(value)
  const length = value.slice(1).search(/["“”]/)
  const end = length + 2
  return length === -1 || !isEnd(value[end]) ? ['', ''] : [value.slice(1, end - 1), value.slice(end)]
}

/** What stands before and behind the first mark. */
export function splitOnce(word: string, mark: string): [string, string | undefined] {
  const found = word.indexOf(mark)
  return found === -1 ? [word, undefined] : [word.slice(0, found), word.slice(found + 1)]
}
