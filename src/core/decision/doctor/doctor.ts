/** The doctor: looks at everything that the set-up needs, and tells all of it at once. */
import type { Check, Checked, Finding } from '../../effect/check.ts'
import type { Effect } from '../../effect/effect.ts'
import type { Failure, Verdict } from '../../outcome.ts'
import type { Decision, Scene } from '../decision.ts'
import { storyOf } from '../story.ts'
import type { Fact, SetUp } from './set-up.ts'

type Probe = Extract<Effect, { do: 'probe' }>

const PROBES: Probe[] = [
  { do: 'probe', permission: 'issues' },
  { do: 'probe', permission: 'pull-requests' },
]

const HEALTHY: Verdict = { outcome: 'healthy', reason: 'done' }
const UNHEALTHY: Verdict = { outcome: 'unhealthy', reason: 'done' }

export function examine(scene: Scene, setUp: SetUp): Decision {
  const { observed, config } = scene
  const checks = checksOf(scene, setUp)
  const story = storyOf(scene, checks.some(spoils) ? UNHEALTHY : HEALTHY, undefined, { checks })
  const probed = observed.applied.some(({ effect }) => effect.do === 'probe')
  if (probed || config.dryRun || !works(setUp.token)) return { effects: [], next: 'done', story }
  return { effects: PROBES, next: 'again', story }
}

const works = (token: SetUp['token']): boolean => 'known' in token && token.known

/** Good to know, and no more: requests can be made and carried out without. */
const ADVISORY: readonly Checked[] = ['label', 'templates']

/** What cannot be told is not healthy, unless it was the user who forbade to ask. */
function spoils(check: Check): boolean {
  if (check.result === 'unknown') return check.why !== 'dry-run' && !ADVISORY.includes(check.of)
  return check.result === 'wrong'
}

const FINE: Finding = { result: 'fine', names: [] }
const fine = (): Finding => FINE

function checksOf(scene: Scene, { key, source, token, branch, label, templates }: SetUp): Check[] {
  const { config } = scene
  return [
    judged('key', key, fine),
    judged('source', source, (name) =>
      name === '' ? { result: 'wrong', names: namesOf(config.source) } : { result: 'fine', names: [name] },
    ),
    judged('token', token, (sees) => (sees ? FINE : { result: 'wrong', names: [] })),
    judged('branch', branch, ({ name, there, near }) => ({ result: there ? 'fine' : 'wrong', names: [name, ...near] })),
    // Whoever may look for a branch may read the repository.
    judged('contents', branch, fine),
    judged('issues', answerTo(scene, 'issues'), fine),
    judged('pull-requests', answerTo(scene, 'pull-requests'), fine),
    judged('label', label, (there) => ({ result: there ? 'fine' : 'advice', names: [config.triggerLabel] })),
    judged('templates', templates, (all) => {
      const asking = all.filter(({ labels }) => labels.includes(config.triggerLabel))
      return asking.length === 0 ? FINE : { result: 'advice', names: asking.map(({ path }) => path) }
    }),
  ]
}

const namesOf = (name: string): string[] => (name === '' ? [] : [name])

/** The failures that are an answer: the thing itself is wrong. */
const REFUSED_BY: { [C in Checked]?: Failure } = {
  key: 'key-rejected',
  // Asked for with a key that Jules has just accepted: it may not see this one.
  source: 'key-rejected',
  token: 'github-permission-missing',
  contents: 'github-permission-missing',
  issues: 'github-permission-missing',
  'pull-requests': 'github-permission-missing',
}

function judged<T>(of: Checked, fact: Fact<T>, judge: (known: T) => Finding): Check {
  if ('known' in fact) return { of, ...judge(fact.known) }
  if ('unasked' in fact) return { of, result: 'unknown', why: fact.unasked }
  const { trouble } = fact
  if (trouble.failure === REFUSED_BY[of]) return { of, result: 'wrong', names: [] }
  // A refused key or token is told once, by the check that it belongs to.
  const told = Object.values(REFUSED_BY).includes(trouble.failure)
  return { of, result: 'unknown', why: told ? 'after-another' : trouble }
}

/** What the probe of a permission came to. */
function answerTo({ observed, config }: Scene, permission: Probe['permission']): Fact<true> {
  const answer = observed.applied.find(({ effect }) => effect.do === 'probe' && effect.permission === permission)
  if (answer === undefined) return { unasked: config.dryRun ? 'dry-run' : 'after-another' }
  return answer.ok ? { known: true } : { trouble: answer.trouble }
}
