/** Which labels an issue template puts on by itself (T-09). */

/**
 * In lower case: from the front matter of a Markdown template, or from a form. Reads the few ways in which a list of names is
 * written in YAML; what it misreads costs an advice, no more.
 */
export function labelsOf(path: string, template: string): string[] {
  const lines = headOf(path, template.replace(/^\uFEFF/, '').split(/\r?\n/))
  const start = lines.findIndex((line) => KEY.test(line))
  if (start === -1) return []
  const from = lines.slice(start)
  const end = from.findIndex((line, at) => at > 0 && NEXT_KEY.test(line))
  return from
    .slice(0, end === -1 ? undefined : end)
    .flatMap((line) =>
      line
        .replace(KEY, '')
        .replace(COMMENT, '')
        .split(/[,[\]]/),
    )
    .map((item) => bare(item.trim()).toLowerCase())
    .filter((name) => name !== '')
}

const KEY = /^["']?labels["']?\s*:/
const NEXT_KEY = /^[^\s\-\]#]/
const COMMENT = /(?:^|\s)#.*$/s

/** A form is YAML from end to end, a Markdown template between two lines of dashes. */
function headOf(path: string, lines: string[]): string[] {
  const framed = lines[0]?.trimEnd() === '---'
  if (!framed) return path.toLowerCase().endsWith('.md') ? [] : lines
  const end = lines.findIndex((line, at) => at > 0 && line.trimEnd() === '---')
  return lines.slice(1, end === -1 ? undefined : end)
}

/** Without the dash of a list, and without quotes. */
function bare(item: string): string {
  return item
    .replace(/^-(?:\s+|$)/, '')
    .replace(/^["']|["']$/g, '')
    .trim()
}
