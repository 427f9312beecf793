/** Reads what the runner hands over, and finds out what is wanted: an Intent with its Config, or the story of a run without one. */
import { type Config, type Inputs, type Problem, readConfig } from '../../core/config.ts'
import { briefStory, type Story } from '../../core/effect/story.ts'
import { parseEvent } from '../../core/event/parse.ts'
import { deriveIntent } from '../../core/intent/derive.ts'
import type { Intent } from '../../core/intent/intent.ts'
import type { Failure } from '../../core/outcome.ts'
import { readSurroundings, type Surroundings, trustsAnyCertificate } from './environment.ts'
import { readEventFile } from './event-file.ts'
import { takesOutputs } from './outputs.ts'

export type Understood = { intent: Intent; config: Config; run: Surroundings }

/** The event comes first: one that asks nothing of us is ignored before the inputs are judged. */
export async function understand(inputs: Inputs): Promise<Understood | Story> {
  const file = readEventFile()
  if ('broken' in file) return failed('', 'inputs-invalid', file.broken)
  if (!takesOutputs()) return failed('', 'inputs-invalid', NO_OUTPUTS)
  // The toolkit parses these addresses while it loads.
  const run = await readSurroundings(file.payload).catch(() => undefined)
  if (run === undefined) return failed('', 'inputs-invalid', NO_ADDRESS)
  if (run.serverUrl !== 'https://github.com') return failed(run.repository, 'not-github-com', GITHUB_ONLY)
  const intent = deriveIntent(parseEvent(file.name, file.payload), words(inputs), {
    repository: run.repository,
    id: run.runId,
    hasKey: inputs['jules-api-key'].trim() !== '',
  })
  if ('ignored' in intent) return briefStory(run.repository, { outcome: 'ignored', reason: intent.ignored })
  const read = readConfig(inputs)
  const mistakes = [...('mistake' in intent ? [intent.mistake] : []), ...(trustsAnyCertificate() ? [NO_TLS] : [])]
  if ('mistake' in intent || 'problems' in read || mistakes.length > 0)
    return invalid(run.repository, inputs, mistakes, 'problems' in read ? read.problems : [])
  return { intent, config: read.config, run }
}

const GITHUB_ONLY = 'This action cannot work on another GitHub server.'

const NO_OUTPUTS =
  '`GITHUB_OUTPUT` names no file that can be written, so nothing was done. Run the action in a workflow.'

const NO_ADDRESS =
  'The address of GitHub (`GITHUB_API_URL`) or of the proxy (`https_proxy`) is none. Correct it in the environment of the job.'

const NO_TLS =
  '`NODE_TLS_REJECT_UNAUTHORIZED` is `0`, so anybody on the way could read the key. Take it out of the environment; for a certificate authority of your own set `NODE_EXTRA_CA_CERTS`.'

function words(inputs: Inputs) {
  return {
    prompt: inputs.prompt,
    triggerLabel: inputs['trigger-label'],
    command: inputs.command.trim(),
    issueNumber: inputs['issue-number'],
    mode: inputs.mode,
    sessionId: inputs['session-id'],
    tickBoxes: inputs['tick-boxes'].toLowerCase() === 'true',
  }
}

/** All that is wrong, at once. */
function invalid(repository: string, inputs: Inputs, mistakes: string[], problems: Problem[]): Story {
  const noKey = problems.every(({ input }) => input === 'jules-api-key') && inputs['jules-api-key'].trim() === ''
  const missing = 'The Jules API key is missing. Store it as the secret `JULES_API_KEY` and pass it as `jules-api-key`.'
  if (noKey && mistakes.length === 0) return failed(repository, 'key-missing', missing)
  const sentences = [...mistakes, ...problems.map(({ message }) => message)]
  const list = sentences.length === 1 ? sentences : sentences.map((sentence) => `\n- ${sentence}`)
  return failed(repository, 'inputs-invalid', list.join(''))
}

function failed(repository: string, reason: Failure, sentence: string): Story {
  return briefStory(
    repository,
    { outcome: 'failed', reason },
    { failure: reason, sentence, passing: false, unsure: false },
  )
}
