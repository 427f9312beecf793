import { judgeBot, judgePerson, type PermissionSeen } from '../../../src/core/decision/access.ts'
import { ada } from '../builders.ts'

const YES = { allowed: true }
const LOW = { allowed: false, reason: 'permission-too-low' }
const UNKNOWN = { allowed: false, reason: 'permission-unknown' }
const NO_BOT = { allowed: false, reason: 'bot-not-allowed' }
const seen = (permission: string, role: string, id = 7): PermissionSeen => ({ kind: 'known', id, permission, role })

describe('T-01 T-03 T-04 role and permission against the least that is asked', () => {
  const rows = [
    { permission: 'admin', role: 'admin', triage: YES, write: YES, maintain: YES, admin: YES },
    { permission: 'write', role: 'maintain', triage: YES, write: YES, maintain: YES, admin: LOW },
    { permission: 'write', role: 'write', triage: YES, write: YES, maintain: LOW, admin: LOW },
    { permission: 'write', role: 'release-captain', triage: YES, write: YES, maintain: LOW, admin: LOW },
    { permission: 'read', role: 'triage', triage: YES, write: LOW, maintain: LOW, admin: LOW },
    { permission: 'read', role: 'read', triage: LOW, write: LOW, maintain: LOW, admin: LOW },
    { permission: 'read', role: 'admin', triage: LOW, write: LOW, maintain: LOW, admin: LOW },
    { permission: 'read', role: 'maintain', triage: LOW, write: LOW, maintain: LOW, admin: LOW },
    { permission: 'none', role: 'triage', triage: LOW, write: LOW, maintain: LOW, admin: LOW },
    { permission: 'none', role: '', triage: LOW, write: LOW, maintain: LOW, admin: LOW },
    { permission: 'owner', role: 'owner', triage: UNKNOWN, write: UNKNOWN, maintain: UNKNOWN, admin: UNKNOWN },
    { permission: '', role: 'admin', triage: UNKNOWN, write: UNKNOWN, maintain: UNKNOWN, admin: UNKNOWN },
    { permission: 'ADMIN', role: 'admin', triage: UNKNOWN, write: UNKNOWN, maintain: UNKNOWN, admin: UNKNOWN },
  ]
  test.each(rows)('permission "$permission", role "$role"', ({ permission, role, ...verdicts }) => {
    for (const minimumPermission of ['triage', 'write', 'maintain', 'admin'] as const)
      expect(judgePerson(ada, seen(permission, role), { minimumPermission })).toEqual(verdicts[minimumPermission])
  })
})

test('T-05 what could not be read is not enough', () => {
  expect(judgePerson(ada, { kind: 'unknown' }, { minimumPermission: 'triage' })).toEqual(UNKNOWN)
  const moved = { kind: 'unknown', moved: true } as const
  expect(judgePerson(ada, moved, { minimumPermission: 'triage' })).toEqual({
    allowed: false,
    reason: 'other-repository',
  })
})

test('T-06 the login of somebody else now is not enough', () => {
  expect(judgePerson(ada, seen('admin', 'admin', 8), { minimumPermission: 'triage' })).toEqual(UNKNOWN)
})

describe('T-02 bots', () => {
  const renovate = { login: 'Renovate[bot]', id: 29139614, bot: true }
  test.each([
    { name: 'by name', bot: renovate, allowedBots: ['renovate[bot]'], access: YES },
    { name: 'by id', bot: renovate, allowedBots: ['29139614'], access: YES },
    { name: 'nobody is listed', bot: renovate, allowedBots: [], access: NO_BOT },
    {
      name: 'another is listed',
      bot: { login: 'evil[bot]', id: 1, bot: true },
      allowedBots: ['renovate[bot]'],
      access: NO_BOT,
    },
    { name: 'a part of the name', bot: renovate, allowedBots: ['renovate'], access: NO_BOT },
    { name: 'a star', bot: renovate, allowedBots: ['*'], access: NO_BOT },
  ])('$name', ({ bot, allowedBots, access }) => {
    expect(judgeBot(bot, { allowedBots })).toEqual(access)
  })
})
