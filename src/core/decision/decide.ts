/** Intent × Observed × Config → Decision. Pure: the same scene always gives the same decision. */
import { answer } from './answer.ts'
import { brokenBy, cancelled } from './broken.ts'
import { chosen, isOurs } from './choose.ts'
import type { Decision, Scene } from './decision.ts'
import { examine } from './doctor/doctor.ts'
import { stop } from './finish.ts'
import { first, ignore } from './first.ts'
import { known } from './known.ts'
import { closeThread, reportNews } from './news.ts'
import type { Tracking } from './observed.ts'
import { muted } from './silence.ts'
import { steady } from './steady.ts'

export function decide(scene: Scene): Decision {
  return muted(scene, steady(scene, decided(scene)))
}

function decided(scene: Scene): Decision {
  const { observed, intent } = scene
  if (observed.dismissed !== undefined) return ignore(scene, observed.dismissed)
  if (!observed.access.allowed) return ignore(scene, observed.access.reason)
  if (observed.cancelled) return cancelled(scene)
  const broken = brokenBy(scene)
  if (broken !== undefined) return broken
  if (observed.setUp !== undefined) return examine(scene, observed.setUp)
  if (observed.thread?.locked) return ignore(scene, 'thread-locked')
  if (intent.because.kind === 'news') return reportNews(scene, intent.because.news)
  if (intent.because.kind === 'thread-closed') return closeThread(scene)
  if (observed.thread?.head?.ofThisRepository === false) return refuseFork(scene)
  const tracking = chosen(intent, observed)
  if (isStrayTick(scene, tracking)) return ignore(scene, 'edited')
  if (tracking === undefined) return first(scene)
  return known({ ...scene, tracking })
}

/** A box counts only in the tracking comment that the run is about; its plan may be another by now, which is seen later. */
function isStrayTick({ intent, observed }: Scene, tracking: Tracking | undefined): boolean {
  const ticked = intent.because.kind === 'command' ? intent.because.ticked : undefined
  if (ticked === undefined || tracking === undefined) return ticked !== undefined
  return ticked !== tracking.comment && !isOurs(tracking, observed.run)
}

function refuseFork(scene: Scene): Decision {
  const request = scene.observed.requests.at(0)
  const verdict = { outcome: 'ignored', reason: 'fork' } as const
  return request === undefined ? stop(scene, verdict) : answer(scene, request, verdict, 'fork')
}
