/** `/emulator/settings`: limits, the race after a create, and what else can be changed while the emulator runs. */
import { LIMIT, NUMBER, oneOf, readGiven, WHOLE } from '../given.ts'
import { CHOICES, type Settings } from '../settings.ts'
import { type AdminRoute, adminRoute, type Steered } from './route.ts'

const CHECKS = {
  dailyLimit: LIMIT,
  concurrentLimit: LIMIT,
  quotaRefusal: oneOf(CHOICES.quotaRefusal),
  emptyBodies: oneOf(CHOICES.emptyBodies),
  fields: oneOf(CHOICES.fields),
  raceReads: WHOLE,
  raceSeconds: NUMBER,
  failedSessions: oneOf(CHOICES.failedSessions),
  approvalsWithoutPlan: oneOf(CHOICES.approvalsWithoutPlan),
}

export function settingRoutes({ jules }: Steered): AdminRoute[] {
  const show = () => jules().settings
  return [
    adminRoute({
      method: 'GET',
      path: '/settings',
      about: 'The settings; a limit that is null is none.',
      act: show,
    }),
    adminRoute({
      method: 'POST',
      path: '/settings',
      about: 'Changes the settings that it names; the others stay.',
      act: (body) => {
        Object.assign(jules().settings, unlimited(readGiven(body, CHECKS)))
        return show()
      },
    }),
  ]
}

/** JSON has no word for a number without end. */
function unlimited({
  dailyLimit,
  concurrentLimit,
  ...rest
}: ReturnType<typeof readGiven<typeof CHECKS>>): Partial<Settings> {
  return {
    ...rest,
    ...(dailyLimit !== undefined && { dailyLimit: dailyLimit ?? Number.POSITIVE_INFINITY }),
    ...(concurrentLimit !== undefined && { concurrentLimit: concurrentLimit ?? Number.POSITIVE_INFINITY }),
  }
}
