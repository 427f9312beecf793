/** What happens on GitHub, told from the webhooks that it sends, with what each of them starts. */
import type { Delivery } from '../../emulator/github/index.ts'
import { dig } from '../../emulator/runner/origin.ts'
import type { World } from '../../emulator/world.ts'
import { changeIn, headline, isTracking, words } from './comment.ts'
import type { Teller } from './teller.ts'
import { cut } from './wrap.ts'

const NAMES: Record<string, string> = { 'github-actions[bot]': 'action', 'google-labs-jules[bot]': 'Jules' }
const EMOJI: Record<string, string> = { eyes: '👀 (seen)', rocket: '🚀 (done)', confused: '😕 (refused)' }

/** Tells every delivery from now on. What the action itself causes is told as its act, and counted. */
export function followGitHub(world: World, teller: Teller): { ownDeliveries(): number } {
  const { runner, github } = world
  let own = 0
  github.onDelivery((delivery) => {
    const who = textAt(delivery, 'sender', 'login')
    const told = actOf(delivery, teller.room)
    if (told !== '') teller.row(NAMES[who] ?? who, told, told === QUIET ? 'dim' : undefined)
    if (delivery.cause === 'github-token') own += 1
    else tellStart(runner, delivery, teller)
  })
  github.server.onCall((call) => {
    if (call.route?.startsWith('reactions.create') !== true || call.status >= 300) return
    const content = String(dig(call.body, ['content']))
    teller.row('action', `reacts with ${EMOJI[content] ?? content}`)
  })
  return { ownDeliveries: () => own }
}

const QUIET = 'edits its comment: only the hidden record'

/** The runner hears of a delivery first: its newest run or its newest refusal belongs to this one. */
function tellStart(runner: World['runner'], delivery: Delivery, teller: Teller): void {
  const name = `${delivery.event}.${textAt(delivery, 'action')}`
  const run = runner.runs.at(-1)
  if (run !== undefined && isSame(run.delivery, delivery)) {
    const turn = run.status === 'queued' ? 'waits for the job before it' : 'starts'
    teller.row('webhook', `${name} → job ${run.job} ${turn}`)
    return
  }
  const why = runner.skipped.findLast((skipped) => isSame(skipped.delivery, delivery))?.why ?? 'Nothing starts.'
  const short = why.replace(name.replace('.', ': '), 'it').replace('Nothing starts: ', 'nothing: ').replace(/\.$/, '')
  teller.row('webhook', `${name} → ${short.charAt(0).toLowerCase()}${short.slice(1)}`, 'dim')
}

/** Every listener gets a copy of its own. */
function isSame(one: Delivery, other: Delivery): boolean {
  return one.event === other.event && JSON.stringify(one.payload) === JSON.stringify(other.payload)
}

function actOf(delivery: Delivery, room: number): string {
  const { event } = delivery
  const number = `#${textAt(delivery, 'issue', 'number') || textAt(delivery, 'pull_request', 'number')}`
  switch (`${event}.${textAt(delivery, 'action')}`) {
    case 'issues.opened':
      return `opens issue ${number}: “${textAt(delivery, 'issue', 'title')}”`
    case 'pull_request.opened':
      return `opens pull request ${number}: “${textAt(delivery, 'pull_request', 'title')}”`
    case 'issues.labeled':
      return `puts the label ${textAt(delivery, 'label', 'name')} on ${number}`
    case 'issues.unlabeled':
      return `takes the label ${textAt(delivery, 'label', 'name')} off ${number}`
    case 'issue_comment.created':
      return written(delivery, number, room)
    case 'issue_comment.edited':
      return edited(delivery)
    default:
      return ''
  }
}

function written(delivery: Delivery, number: string, room: number): string {
  const body = textAt(delivery, 'comment', 'body')
  if (isTracking(body)) return `comments on ${number}: ${headline(body)}`
  if (delivery.cause === 'github-token') return `answers on ${number}: ${cut(words(body), 2 * room - 20)}`
  return `writes on ${number}: ${cut(body, room - 14)}`
}

function edited(delivery: Delivery): string {
  const change = changeIn(textAt(delivery, 'changes', 'body', 'from'), textAt(delivery, 'comment', 'body'))
  return change === '' ? QUIET : `edits its comment: ${change}`
}

function textAt({ payload }: Delivery, ...path: string[]): string {
  return String(dig(payload, path) ?? '')
}
