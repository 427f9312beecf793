/** What a program prints, followed line by line as the runner does: commands obeyed, masked values hidden. */
import { type Command, parseCommand } from './command.ts'

export type Annotation = { level: 'notice' | 'warning' | 'error'; message: string }

export type Log = {
  commands: Command[]
  masks: string[]
  annotations: Annotation[]
  /** A place to feed one stream's text into, in pieces of any size; `end` delivers an unfinished last line. */
  stream(): { take(text: string): void; end(): void }
}

/** `onLine` gets every line with the masked values replaced by `***`, as they stand in a job's log. */
export function startLog(onLine: ((line: string) => void) | undefined): Log {
  const commands: Command[] = []
  const masks: string[] = []
  const annotations: Annotation[] = []
  let resumeToken: string | undefined

  function line(text: string): void {
    if (resumeToken === undefined) obey(parseCommand(text))
    else if (text.trimStart() === `::${resumeToken}::`) resumeToken = undefined
    onLine?.(hide(text, masks))
  }

  function obey(command: Command | undefined): void {
    if (command === undefined) return
    commands.push(command)
    if (command.command === 'stop-commands') resumeToken = command.value
    if (command.command === 'add-mask' && command.value.trim() !== '') masks.push(command.value)
    if (isLevel(command.command)) annotations.push({ level: command.command, message: command.value })
  }

  return { commands, masks, annotations, stream: () => lineReader(line) }
}

function isLevel(command: string): command is Annotation['level'] {
  return command === 'notice' || command === 'warning' || command === 'error'
}

/** The runner masks a value of several lines also line by line. */
function hide(text: string, masks: string[]): string {
  const hidden = masks.flatMap((mask) => [mask, ...mask.split(/\r\n|\r|\n/)]).filter((mask) => mask.trim() !== '')
  return hidden
    .sort((one, other) => other.length - one.length)
    .reduce((line, mask) => line.replaceAll(mask, '***'), text)
}

/** The runner reads lines as .NET does: a lone carriage return ends one too. */
function lineReader(line: (text: string) => void): { take(text: string): void; end(): void } {
  let rest = ''
  return {
    take(text) {
      rest += text
      const whole = /^[\s\S]*(?:\n|\r(?!\n|$))/.exec(rest)?.[0]
      if (whole === undefined) return
      rest = rest.slice(whole.length)
      for (const found of whole.replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/)) line(found)
    },
    end() {
      if (rest !== '') line(rest.replace(/\r$/, ''))
      rest = ''
    },
  }
}
