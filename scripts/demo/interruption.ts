/** What may end the story before its end. */
import type { Teller } from './teller.ts'

export type InterruptionOptions = { teller: Teller; live: boolean }

/** A story that takes longer than this does not go on any more. */
const LONGEST_MS = 55_000
/** What a shell reports for a program whose reader has gone. */
const READER_GONE = 141

/** Resolves with the exit code, once something has ended the story and has been told. */
export function interruption({ teller, live }: InterruptionOptions): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const stop = (code: number) => () => {
    teller.blank()
    teller.paragraph(`Stopped. Nothing is left running here.${live ? ' A session at Jules goes on.' : ''}`)
    resolve(code)
  }
  process.once('SIGINT', stop(130))
  process.once('SIGTERM', stop(143))
  process.stdout.on('error', () => resolve(READER_GONE))
  if (!live) {
    setTimeout(() => {
      teller.blank()
      teller.paragraph('The story got stuck: it takes longer than 55 seconds. Please try again on a quieter machine.')
      resolve(1)
    }, LONGEST_MS).unref()
  }
  return promise
}
