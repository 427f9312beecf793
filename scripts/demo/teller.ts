/** Writes the story into the terminal, line by line: never wider than it is, and in colour only where that helps. */
import { styleText } from 'node:util'
import { columns, pad, wrap } from './wrap.ts'

export type Style = Parameters<typeof styleText>[0]

export type Line = { text: string; style?: Style; indent?: number }

export type Teller = {
  /** Columns that a row's text has. */
  readonly room: number
  blank(): void
  heading(text: string): void
  paragraph(text: string, style?: Style): void
  /** Something that happens: when, who, what. Long texts go on below their beginning. */
  row(who: string, what: string, style?: Style): void
  /** A text with a bar beside it, so that it is seen where it begins and ends. */
  frame(lines: Line[]): void
  /** Names with their values. */
  table(rows: [name: string, value: string][]): void
  /** Says nothing from now on. */
  close(): void
}

export type TellerOptions = {
  out: { write(text: string): unknown; isTTY?: boolean; columns?: number }
  environment: NodeJS.ProcessEnv
  /** Seconds of the story in a real one; its time counts from the first row. */
  speed: number
  /** Never printed, wherever it turns up. */
  secret?: string
}

const WIDEST = 80
const NARROWEST = 40
const ROW_INDENT = 18
const COLOURS: Record<string, Style> = { ann: 'cyan', Jules: 'magenta', action: 'blue', webhook: 'yellow' }

export function makeTeller({ out, environment, speed, secret = '' }: TellerOptions): Teller {
  const isTerminal = out.isTTY === true
  const width = isTerminal ? Math.max(NARROWEST, Math.min(WIDEST, out.columns ?? WIDEST)) : WIDEST
  const isColourful = isTerminal && (environment.NO_COLOR ?? '') === ''
  let isOpen = true
  let lastTime = ''
  let began: number | undefined

  const dye = (text: string, style: Style | undefined) =>
    isColourful && style !== undefined && text !== '' ? styleText(style, text, { validateStream: false }) : text

  function write(line: string): void {
    const harmless = secret === '' ? line : line.replaceAll(secret, '***')
    if (isOpen) out.write(`${harmless.trimEnd()}\n`)
  }

  function paragraph(text: string, style?: Style): void {
    for (const line of wrap(text, width)) write(dye(line, style))
  }

  function row(who: string, what: string, style?: Style): void {
    began ??= performance.now()
    const now = clockTime((performance.now() - began) * speed)
    const time = now === lastTime ? '' : now
    lastTime = now
    const [first = '', ...rest] = wrap(what, width - ROW_INDENT)
    const colour = style === 'dim' ? 'dim' : (COLOURS[who] ?? 'dim')
    write(`${dye(time.padStart(7), 'dim')}  ${dye(who.padEnd(7), colour)}  ${dye(first, style)}`)
    for (const line of rest) write(' '.repeat(ROW_INDENT) + dye(line, style))
  }

  function frame(lines: Line[]): void {
    for (const { text, style, indent = 0 } of lines) {
      const [first = '', ...rest] = wrap(text, width - 4 - indent - 2)
      const margin = `  ${dye('│', 'dim')} ${' '.repeat(indent)}`
      write(margin + dye(first, style))
      for (const line of rest) write(`${margin}  ${dye(line, style)}`)
    }
  }

  function table(rows: [string, string][]): void {
    const nameWidth = Math.max(...rows.map(([name]) => columns(name))) + 2
    for (const [name, value] of rows) {
      const fits = columns(value) <= width - nameWidth - 2
      write(`  ${dye(pad(name, nameWidth), 'dim')}${fits ? value : ''}`)
      if (!fits) for (const line of wrap(value, width - 4)) write(`    ${line}`)
    }
  }

  return {
    room: width - ROW_INDENT,
    blank: () => write(''),
    heading: (text) => paragraph(text, 'bold'),
    paragraph,
    row,
    frame,
    table,
    close: () => {
      isOpen = false
    },
  }
}

/** Minutes and seconds. */
function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
