/** What a program prints, followed line by line as the runner does: commands obeyed, masked values hidden. */
import { type Command, isCommand, parseCommand } from './command.ts'
import { isRefusedToken, obey, REFUSED_TOKEN } from './obey.ts'
import { refuse, type Told } from './told.ts'

export type LogOptions = {
  told: Told
  /** The step's environment. */
  environment?: Record<string, string>
  /** Gets every line with the masked values replaced by `***`. */
  onLine?: ((line: string) => void) | undefined
}

export type Log = {
  commands: Command[]
  /** What `add-mask` named. */
  masks: string[]
  /** A place to feed one stream's text into, in pieces of any size; `end` delivers an unfinished last line. */
  stream(): { take(text: string): void; end(): void }
}

/** One for both streams of a process: what one of them stops, the other resumes. */
export function startLog({ told, environment = {}, onLine }: LogOptions): Log {
  const commands: Command[] = []
  const masks: string[] = []
  let resumeToken: string | undefined

  function line(text: string): void {
    const command = parseCommand(text, resumeToken)
    if (command !== undefined && resumeToken === undefined) take(command, text)
    else if (command !== undefined && command.command === resumeToken?.toLowerCase()) resumeToken = undefined
    onLine?.(told.masker.mask(text))
  }

  function take(command: Command, text: string): void {
    commands.push(command)
    if (command.command === 'add-mask' && command.value.trim() !== '') masks.push(command.value)
    if (command.command === 'stop-commands') stop(command.value)
    else obey(told, command, text, environment)
  }

  function stop(token: string): void {
    if (isRefusedToken(token, isCommand(token), environment)) {
      refuse(told, REFUSED_TOKEN)
      return
    }
    resumeToken = token
    if (token.length > 6) told.masker.add(token)
  }

  return { commands, masks, stream: () => lineReader(line) }
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
