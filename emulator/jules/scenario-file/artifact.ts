/** What an activity brings along: the output of a command, or a picture. */
import type { Artifact } from '../resource.ts'
import { optional, type Reader, record, single, text, wrong } from './reader.ts'

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const MIME_TYPE = /^[\w.+-]+\/[\w.+-]+$/

const exitCode = single((value): value is number => Number.isInteger(value), 'a whole number')

const mimeType = single(
  (value): value is string => typeof value === 'string' && MIME_TYPE.test(value),
  'a type such as image/png',
)

/** base64, which may go over several lines. */
const data: Reader<string> = (spot) => {
  const joined = text(spot)?.replace(/\s/g, '')
  return joined === undefined || BASE64.test(joined) ? joined : wrong(spot, 'base64')
}

type Written = {
  bashOutput?: { command: string; output: string; exitCode?: number }
  media?: { data: string; mimeType: string }
}

const written = record<Written>('an artifact', {
  bashOutput: optional(
    record<NonNullable<Written['bashOutput']>>('a `bashOutput`', {
      command: text,
      output: text,
      exitCode: optional(exitCode),
    }),
  ),
  media: optional(record<NonNullable<Written['media']>>('a `media`', { data, mimeType })),
})

/** Either of the two. */
export const artifact: Reader<Artifact> = (spot) => {
  const found = written(spot)
  if (found === undefined) return undefined
  const { bashOutput, media } = found
  if (bashOutput !== undefined && media === undefined) return { bashOutput }
  if (media !== undefined && bashOutput === undefined) return { media }
  spot.report(spot.at, 'An artifact is exactly one of `bashOutput` and `media`.')
  return undefined
}
