/** What the story is about, and the world in which it happens. */
import type { WorldOptions } from '../../emulator/world.ts'
import { type DemoOptions, type LiveOptions, REAL_JULES } from './options.ts'
import type { Stage } from './story.ts'
import type { Teller } from './teller.ts'

export type Play = Pick<Stage, 'issue' | 'wish' | 'aboutLinks'> & { settings: WorldOptions }

/** Chosen so that the story takes about twenty seconds. */
const SPEED = 14
/** A job of the workflow has 25 minutes. */
const LIVE_WAIT_MINUTES = '20'
const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'no_proxy', 'NO_PROXY']

const EMULATED: Play = {
  settings: { speed: SPEED },
  issue: {
    title: 'The date test fails late in the evening',
    body: 'From nine in the evening on `npm test` is red, and in the morning it is green again.',
  },
  aboutLinks: 'The links lead nowhere: this GitHub and this Jules are emulated.',
  wish: '/jules add a test for the last day of a month',
}

/** The play for a command line. The real Jules gets one request and no second wish. */
export function playFor(options: Exclude<DemoOptions, { kind: 'help' }>, environment: NodeJS.ProcessEnv): Play {
  return options.kind === 'emulated' ? EMULATED : livePlay(options, environment)
}

/** What the audience should know before it begins. */
export function tellOpening(teller: Teller, options: Exclude<DemoOptions, { kind: 'help' }>): void {
  const [title, more, style] = options.kind === 'emulated' ? EMULATED_OPENING : liveOpening(options)
  teller.paragraph(title, 'bold')
  teller.paragraph(more, style)
  teller.blank()
}

type Opening = [title: string, more: string, style: 'dim' | 'yellow']

const EMULATED_OPENING: Opening = [
  'Jules Relay. All of this happens on this machine: no key, no network.',
  `GitHub and Jules are emulated, the action is real; 1 second here is ${SPEED} there.`,
  'dim',
]

function liveOpening({ julesUrl, repository }: LiveOptions): Opening {
  if (julesUrl !== REAL_JULES) {
    return ['Jules Relay. All of this happens on this machine.', `Jules is the one at ${julesUrl}.`, 'dim']
  }
  return [
    'Jules Relay, live. GitHub is emulated on this machine, Jules is not.',
    `A real session will be made in ${repository}, and maybe a real pull request. ` +
      'Ctrl-C ends this demo, but not the session.',
    'yellow',
  ]
}

function livePlay({ key, repository, branch, task, julesUrl }: LiveOptions, environment: NodeJS.ProcessEnv): Play {
  const proxy = PROXY_VARIABLES.map((name) => [name, environment[name] ?? '']).filter(([, value]) => value !== '')
  return {
    settings: {
      speed: 1,
      repository,
      julesKey: key,
      julesUrl,
      inputs: { 'wait-minutes': LIVE_WAIT_MINUTES, 'starting-branch': branch },
      environment: Object.fromEntries(proxy),
    },
    issue: { title: task },
    aboutLinks: 'The links to the issue and its comment lead nowhere: GitHub’s side is emulated.',
  }
}
