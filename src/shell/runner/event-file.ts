/** The event as the runner hands it over. */
import { readFileSync } from 'node:fs'

export type EventFile = { name: string; payload: unknown } | { broken: string }

/** Name and payload of the event, or a sentence about what is missing. */
export function readEventFile(): EventFile {
  const name = process.env.GITHUB_EVENT_NAME ?? ''
  const path = process.env.GITHUB_EVENT_PATH ?? ''
  if (name === '' || path === '' || !process.env.GITHUB_REPOSITORY?.includes('/'))
    return {
      broken:
        'This is not a job of GitHub Actions: the event, its file or the repository is not named. Run it in a workflow.',
    }
  try {
    return { name, payload: JSON.parse(readFileSync(path, 'utf8')) }
  } catch {
    return { broken: 'The file with the event could not be read. Run the job again.' }
  }
}
