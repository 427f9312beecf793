/** What a step tells the runner, by printed commands or through files: gathered in one place, with the runner's limits. */
import type { Masker } from './masker.ts'

export type Annotation = { level: 'notice' | 'warning' | 'error'; message: string }

export type Told = {
  outputs: Map<string, string>
  /** For the `post:` of the same action. */
  state: Map<string, string>
  /** Environment of later steps. */
  variables: Map<string, string>
  /** Folders that later steps search first, the newest last. */
  paths: string[]
  annotations: Annotation[]
  /** The step fails, whatever its exit code. */
  failed: boolean
  masker: Masker
}

const mostOfALevel = 10
const longestMessage = 4096

export function makeTold(masker: Masker): Told {
  return {
    outputs: new Map(),
    state: new Map(),
    variables: new Map(),
    paths: [],
    annotations: [],
    failed: false,
    masker,
  }
}

/** Adds an annotation: masked, cut, and no more than ten of a level. */
export function annotate({ annotations, masker }: Told, level: Annotation['level'], message: string): void {
  if (annotations.filter((one) => one.level === level).length >= mostOfALevel) return
  annotations.push({ level, message: masker.mask(message).slice(0, longestMessage) })
}

/** Errors that make the step fail. */
export function refuse(told: Told, ...messages: string[]): void {
  told.failed = true
  for (const message of messages) annotate(told, 'error', message)
}

/** Appends a folder; one that is there already moves to the end. */
export function addPath(told: Told, folder: string): void {
  told.paths = [...told.paths.filter((other) => other !== folder), folder]
}

/** The runner lets nobody choose options for the Node that it runs actions with. */
export function isBlockedVariable(name: string): boolean {
  return name.toUpperCase() === 'NODE_OPTIONS'
}
