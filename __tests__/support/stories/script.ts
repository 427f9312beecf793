/** Reads the script of a story: what is given, and what happens, sentence by sentence. */
import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { NewPullRequest } from '../../../emulator/github/index.ts'

const folder = new URL('../../stories/', import.meta.url)

export type Given = {
  /** What sessions do; default: `automatic-pull-request`. */
  scenario?: string
  inputs?: Record<string, string>
  /** The workflow also starts for boxes that are ticked. */
  boxes?: boolean
  /** Pull requests that are there already, by rob. */
  pulls?: (Omit<NewPullRequest, 'title'> & { title?: string })[]
}

/** `after`: so many minutes after the one before, whatever runs; undefined: once nothing runs any more. */
export type Event = { sentence: string; more: unknown; after: number | undefined }

export type Script = { name: string; about: string; shows: string[]; given: Given; events: Event[] }

export function namesOfStories(): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

/** A file of a story. */
export function fileOf(story: string, file: string): URL {
  return new URL(`${story}/${file}`, folder)
}

export function readScript(name: string): Script {
  const { about, shows = [], given = {}, events } = parse(readFileSync(fileOf(name, 'story.yml'), 'utf8'))
  return { name, about, shows, given, events: events.map(readEvent) }
}

/** A sentence, or one with what is said in it. */
function readEvent(event: string | Record<string, unknown>): Event {
  const [line = '', more] = typeof event === 'string' ? [event] : (Object.entries(event)[0] ?? [])
  const [, minutes, later] = /^([\d.]+) minutes? later, (.*)$/.exec(line) ?? []
  return { sentence: later ?? line, more, after: minutes === undefined ? undefined : Number(minutes) }
}
