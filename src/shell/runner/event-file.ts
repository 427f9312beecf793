/** The event as the runner hands it over. */
import { readFileSync } from 'node:fs'

export type EventFile = { name: string; payload: object } | { broken: string }

/** Name and payload of the event, or a sentence about what is missing. */
export function readEventFile(): EventFile {
  const name = process.env.GITHUB_EVENT_NAME ?? ''
  const path = process.env.GITHUB_EVENT_PATH ?? ''
  const named = isRepository(process.env.GITHUB_REPOSITORY) && /^\d+$/.test(process.env.GITHUB_RUN_ID ?? '')
  if (name === '' || path === '' || !named) return { broken: NO_JOB }
  const payload = readJson(path)
  return isObject(payload) ? { name, payload } : { broken: UNREADABLE }
}

const NO_JOB =
  'This is not a job of GitHub Actions: the event, its file, the repository or the run is not named. Run it in a workflow.'
const UNREADABLE = 'The file with the event could not be read. Run the job again.'

function isRepository(name = ''): boolean {
  return /^[\w-]+\/[\w.-]+$/.test(name)
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
