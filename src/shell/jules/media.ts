/** Media among the artifacts of an activity, checked before anything is decoded. */
import { decodedLength } from '../../core/decision/activities/media.ts'
import { has, text } from '../../core/outside.ts'
import { type Activity, type LeftOut, type Media, NOTHING_LEFT_OUT, sumOf } from '../../core/session.ts'

/** Base64 of more than this is not even looked at. */
const MOST_BYTES_OF_A_FILE = 10 * 1024 * 1024

/** The media among the artifacts. What cannot be kept is counted, and the rest stays. */
export function readMedia(artifacts: unknown[]): Pick<Activity, 'media' | 'leftOut'> {
  const media: Media[] = []
  let leftOut: LeftOut = NOTHING_LEFT_OUT
  for (const artifact of artifacts.filter((one) => has(one, 'media'))) {
    const data = text(artifact, 'media', 'data')
    const type = text(artifact, 'media', 'mimeType')
    if (decodedLength(data) > MOST_BYTES_OF_A_FILE) leftOut = sumOf(leftOut, { ...NOTHING_LEFT_OUT, large: 1 })
    else if (!isBase64(data)) leftOut = sumOf(leftOut, { ...NOTHING_LEFT_OUT, unreadable: 1 })
    else media.push({ mimeType: type.length > 100 ? '' : type, data })
  }
  return { media, leftOut }
}

/** Looks for what must not be there: a pattern of the whole would keep a way back for every character. */
function isBase64(data: string): boolean {
  const end = data.indexOf('=')
  const padded = end === -1 || (data.length % 4 === 0 && /^={1,2}$/.test(data.slice(end, end + 3)))
  return data !== '' && data.length % 4 !== 1 && padded && !/[^A-Za-z0-9+/=]/.test(data)
}
