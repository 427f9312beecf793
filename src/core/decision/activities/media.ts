/** How much of what weighs in activities is kept: one patch, and the newest media. */
import { type Activity, NOTHING_LEFT_OUT, sumOf } from '../../session.ts'
import { byTime } from './digest.ts'

const MOST_FILES = 20
const MOST_BYTES = 25 * 1024 * 1024

/** The same activities with the newest patch, which holds the changes of all earlier ones, and the newest of their media. */
export function lighten(activities: readonly Activity[]): Activity[] {
  const newest = activities
    .filter(({ patch }) => patch !== '')
    .sort(byTime)
    .at(-1)
  const others = activities.map((activity) =>
    activity === newest || activity.patch === '' ? activity : { ...activity, patch: '' },
  )
  return withNewestMedia(others)
}

/**
 * The same activities with the newest of their media. From the first file that finds no room all older ones are left
 * out, so that asking again with newer activities never brings one back.
 */
export function withNewestMedia(activities: readonly Activity[]): Activity[] {
  const fits = room()
  const holders = activities.filter(({ media }) => media.length > 0).sort((a, b) => byTime(b, a))
  const lighter = new Map(holders.map((activity) => [activity, lightened(activity, fits)]))
  return activities.map((activity) => lighter.get(activity) ?? activity)
}

function room(): (data: string) => boolean {
  let files = 0
  let bytes = 0
  return (data) => {
    files += 1
    bytes += decodedLength(data)
    return files <= MOST_FILES && bytes <= MOST_BYTES
  }
}

function lightened(activity: Activity, fits: (data: string) => boolean): Activity {
  const media = activity.media
    .toReversed()
    .filter(({ data }) => fits(data))
    .reverse()
  const surplus = activity.media.length - media.length
  return surplus === 0
    ? activity
    : { ...activity, media, leftOut: sumOf(activity.leftOut, { ...NOTHING_LEFT_OUT, surplus }) }
}

/** Bytes that base64 stands for. */
export function decodedLength(data: string): number {
  const padding = data.endsWith('==') ? 2 : data.endsWith('=') ? 1 : 0
  return Math.floor(((data.length - padding) * 3) / 4)
}
