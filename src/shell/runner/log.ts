/** The only way into the log. No text, whoever wrote it, can act as a command of the runner. */
import { error, info, notice, warning } from '@actions/core'

export type Log = {
  info(text: string): void
  /** An annotation on the run's page. */
  notice(text: string): void
  warning(text: string): void
  error(text: string): void
}

/** The runner reads `::command::` at the start of a line, and `##[command]` anywhere in it. */
export function harmless(text: string): string {
  return text
    .split(/\r\n|[\r\n\u0085\u2028\u2029]/)
    .map((line) => line.replaceAll('##[', '##\u200b[').replace(/:(?=:)/g, ':\u200b'))
    .join('\n')
}

export function makeLog(redact: (text: string) => string): Log {
  const safe = (text: string) => harmless(redact(text))
  return {
    info: (text) => info(safe(text)),
    notice: (text) => notice(safe(text)),
    warning: (text) => warning(safe(text)),
    error: (text) => error(safe(text)),
  }
}
