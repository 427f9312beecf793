/** The trouble that a client of Jules has to live with, by name, each over the few acts of any server. */
import { bomb, type Encoding, huge, packed } from '../delivery.ts'
import {
  clipped,
  doubled,
  plain,
  shortened,
  unordered,
  withoutOriginator,
  withState,
  withStranger,
} from './fault-changes.ts'
import { afterwards, answer, change, type FaultKind, type Given, instead, later, type Making } from './fault-kind.ts'
import { googlePage } from './google-page.ts'
import {
  denied,
  exhausted,
  failedPrecondition,
  invalidArgument,
  notFound,
  unauthenticated,
  unavailable,
} from './refusal.ts'

const READS = ['sessions.get', 'activities.list', 'activities.get']
const LISTS = ['sources.list', 'sessions.list', 'activities.list']
const ACTIVITIES = ['activities.list', 'activities.get']
const ENCODINGS = ['gzip', 'br'] as const
const STATUSES = [503, 500, 502, 504] as const
const REFUSALS = ['failed-precondition', 'exhausted'] as const

const encodingOf: (given: Given) => Encoding = ({ encoding }) => (encoding === 'br' ? 'br' : 'gzip')
const quota: Making = ({ refusal }) => answer((refusal === 'exhausted' ? exhausted() : failedPrecondition()).answer)

export const FAULTS: Record<string, FaultKind> = {
  cut: instead('The connection ends without an answer.', {}, () => ({ kind: 'cut' })),
  'slow-headers': {
    ...instead('Nothing comes for so many seconds.', { seconds: 10 }, ({ seconds }) => ({
      kind: 'slow',
      ms: Number(seconds) * 1000,
    })),
    phases: ['after', 'before'],
  },
  'slow-body': afterwards(
    'The body trickles in: so many bytes at a time, so many seconds apart.',
    { seconds: 1, bytes: 1 },
    ({ seconds, bytes }) => ({ kind: 'trickle', ms: Number(seconds) * 1000, bytes: Math.max(1, Number(bytes)) }),
  ),
  'stalled-body': instead('Headers and the first byte, then nothing for ever.', {}, () => ({ kind: 'stall' })),
  'truncated-body': afterwards(
    'The connection ends after so many bytes of the body (0: half of it), fewer than its content-length.',
    { bytes: 0 },
    ({ bytes }) => ({ kind: 'truncate', ...(bytes !== 0 && { bytes: Number(bytes) }) }),
  ),
  'clipped-json': afterwards('The JSON stops in the middle, in an answer that is whole to HTTP.', {}, () =>
    change(clipped),
  ),
  'short-page': afterwards(
    'A page of a list with so few items (0: without the list), and a token that leads to the others.',
    { items: 1 },
    ({ items }) => change((given) => shortened(given, Number(items))),
    LISTS,
  ),
  'not-found': instead('404, as for a session that was just created.', {}, () => answer(notFound().answer), READS),
  'too-many-requests': instead(
    '429. `retryAfter` is sent as it is; `retryAfterDate` as the date so many seconds from now.',
    { retryAfter: '', retryAfterDate: '' },
    ({ retryAfter, retryAfterDate }, now) => {
      if (retryAfter !== '' && retryAfterDate !== '')
        throw invalidArgument('Say either `retryAfter` or `retryAfterDate`.')
      const date = new Date(now() + Number(retryAfterDate) * 1000)
      if (Number.isNaN(date.getTime()))
        throw invalidArgument('`retryAfterDate` has to be a number of seconds from now.')
      return answer(later(exhausted().answer, retryAfterDate === '' ? retryAfter : date.toUTCString()))
    },
  ),
  'daily-quota': instead('The sessions of the day are used up.', { refusal: REFUSALS }, quota, 'sessions.create'),
  'concurrent-quota': instead('Too many sessions at once.', { refusal: REFUSALS }, quota, 'sessions.create'),
  unavailable: instead(
    'A passing failure, told in JSON.',
    { status: STATUSES, retryAfter: '' },
    ({ status, retryAfter }) => answer(later(unavailable(Number(status)).answer, retryAfter)),
  ),
  'html-error': instead("A passing failure, told in a page of Google's.", { status: [502, 500, 503, 504] }, (given) =>
    answer(
      googlePage(Number(given.status), 'The server encountered a temporary error. Please try again in 30 seconds.'),
    ),
  ),
  'empty-error': instead('A failure with nothing in it.', { status: STATUSES }, ({ status }) =>
    answer({ status: Number(status), text: '' }),
  ),
  'permission-denied': instead('403, as for an account without Jules.', {}, () => answer(denied().answer)),
  unauthenticated: instead('401, as without a key or with a revoked one.', { key: ['unknown', 'missing'] }, ({ key }) =>
    answer((route) => unauthenticated(key === 'missing' ? 'missing' : 'unknown', route).answer),
  ),
  redirect: instead('Sends the client to the address `to`.', { status: [302, 301, 307, 308], to: '' }, (given) => {
    if (given.to === '') throw invalidArgument('A redirect needs `to`, the address that it leads to.')
    return answer({ status: Number(given.status), headers: { location: String(given.to) }, text: '' })
  }),
  'huge-body': instead('Good JSON of so many MiB.', { mib: 10 }, ({ mib }) => ({
    kind: 'send',
    send: huge(Number(mib)),
    replaces: true,
  })),
  'compressed-body': afterwards(
    'The answer, packed, as a client may ask for it.',
    { encoding: ENCODINGS },
    (given) => ({
      kind: 'send',
      send: packed(encodingOf(given)),
    }),
  ),
  'compressed-bomb': instead(
    'Little that unpacks to good JSON of so many MiB.',
    { encoding: ENCODINGS, mib: 256 },
    (given) => ({ kind: 'send', send: bomb(encodingOf(given), Number(given.mib)), replaces: true }),
  ),
  'wrong-encoding': afterwards(
    'The headers say that the answer is packed, and it is not.',
    { encoding: ENCODINGS },
    (given) => change((real) => ({ ...real, headers: { ...real.headers, 'content-encoding': encodingOf(given) } })),
  ),
  'zero-byte': afterwards('A success with nothing in it.', {}, () => change(plain(''))),
  'not-json': afterwards('A success that is a page of HTML.', {}, () =>
    change(plain('<!doctype html><title>Sign in</title>', 'text/html; charset=utf-8')),
  ),
  'unknown-state': afterwards(
    'Sessions are in a state that nobody knows.',
    { state: 'RUMINATING' },
    ({ state }) => change((real) => withState(real, String(state))),
    ['sessions.get', 'sessions.list', 'sessions.create'],
  ),
  'unknown-activity': afterwards(
    'An activity at the end of the page tells of an event that nobody knows.',
    { event: 'moodChanged' },
    ({ event }, now) =>
      change((real, { params }) => withStranger(real, { event: String(event), session: params.id ?? '', at: now() })),
    'activities.list',
  ),
  'missing-originator': afterwards(
    'Activities do not say whose they are.',
    {},
    () => change(withoutOriginator),
    ACTIVITIES,
  ),
  'doubled-activities': afterwards('Every activity of the page twice.', {}, () => change(doubled), 'activities.list'),
  'unordered-activities': afterwards('The newest of the page first.', {}, () => change(unordered), 'activities.list'),
}
