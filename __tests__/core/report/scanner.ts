/**
 * A small reference scanner of what GitHub takes for code: fenced blocks, and code spans within a block of text.
 * It follows the words of CommonMark and shares nothing with the renderer. What is left can link, mention and draw.
 */

export type Scanned = {
  /** All text that does not stand in code. */
  outside: string
  /** Every fence that was opened has been closed. */
  closed: boolean
}

export function scan(markdown: string): Scanned {
  const outside: string[] = []
  let block: string[] = []
  let fence: { mark: string; length: number } | undefined
  const flush = () => {
    outside.push(withoutSpans(block.join('\n')))
    block = []
  }
  for (const line of markdown.split(/\r\n?|\n/)) {
    if (fence !== undefined) {
      const run = /^ {0,3}(`+|~+)[ \t]*$/.exec(line)?.[1] ?? ''
      if (run.startsWith(fence.mark) && run.length >= fence.length) fence = undefined
      continue
    }
    const [, run = '', rest = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? []
    if (run !== '' && !(run.startsWith('`') && rest.includes('`'))) {
      flush()
      outside.push(rest)
      fence = { mark: run.charAt(0), length: run.length }
    } else if (line.trim() === '' || /^(?:- |\d+\. |#+ |\|)/.test(line)) {
      flush()
      block.push(line)
    } else block.push(line)
  }
  flush()
  return { outside: outside.join('\n'), closed: fence === undefined }
}

/** A span is closed by the next run of exactly as many back-ticks. */
function withoutSpans(text: string): string {
  const runs = [...text.matchAll(/`+/g)].map((found) => ({ at: found.index, length: found[0].length }))
  const kept: string[] = []
  let from = 0
  for (let index = 0; index < runs.length; index += 1) {
    const open = runs[index]
    if (open === undefined || open.at < from) continue
    const close = runs.slice(index + 1).find((run) => run.length === open.length)
    if (close === undefined) continue
    kept.push(text.slice(from, open.at))
    from = close.at + close.length
  }
  return [...kept, text.slice(from)].join('')
}
