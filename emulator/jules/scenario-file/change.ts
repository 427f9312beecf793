/** What the agent has changed: a patch in the scenario, or in a file beside it, and how the agent presents it. */
import { readFileSync } from 'node:fs'
import { dirname, isAbsolute, join, normalize } from 'node:path'
import type { Change } from '../step.ts'
import { type Fields, optional, type Reader, record, type Spot, single, text, wrong } from './reader.ts'

type Timing = { after: number; repeat?: number }

type Written = Timing & {
  do: string
  title: string
  patch?: string
  patchFile?: string
  description?: string
  commitMessage?: string
  branch?: string
}

const branch = single(
  (value): value is string => typeof value === 'string' && /^[\w-][\w./-]*$/.test(value),
  'the first part of the name of a branch, such as fix-date-test',
)

/** A whole patch as git writes it. */
const patch: Reader<string> = (spot) => {
  const found = text(spot)
  return found === undefined || isPatch(found) ? found : wrong(spot, 'a patch that begins with `diff --git`')
}

/** The patch in a file that lies beside the scenario or deeper. */
const patchFile: Reader<string> = (spot) => {
  const path = text(spot)
  if (path === undefined) return undefined
  if (spot.file === undefined) return wrong(spot, 'left out, for this scenario is no file itself; say `patch`')
  if (isAbsolute(path) || normalize(path).startsWith('..')) {
    return wrong(spot, 'the relative path of a file in the same folder or below')
  }
  const found = contents(join(dirname(spot.file), path))
  if (found === undefined) return wrong(spot, 'the name of a file that is there and can be read')
  return isPatch(found) ? found : wrong(spot, 'the name of a file with a patch that begins with `diff --git`')
}

/** A step with a change, which has exactly one of `patch` and `patchFile`. */
export function readChange(what: string, timing: Fields<Timing>): Reader<Timing & { change: Change }> {
  const read = record<Written>(what, {
    do: text,
    ...timing,
    title: text,
    patch: optional(patch),
    patchFile: optional(patchFile),
    description: optional(text),
    commitMessage: optional(text),
    branch: optional(branch),
  })
  return (spot: Spot) => {
    const found = read(spot)
    if (found === undefined) return undefined
    const { after, repeat, title, description = '', commitMessage = title } = found
    if ((found.patch === undefined) === (found.patchFile === undefined)) {
      spot.report(spot.at, 'A change has exactly one of `patch` and `patchFile`.')
      return undefined
    }
    const change = { title, description, commitMessage, branch: found.branch ?? slug(title) }
    const whole = { ...change, patch: found.patch ?? found.patchFile ?? '' }
    return { after, ...(repeat !== undefined && { repeat }), change: whole }
  }
}

function isPatch(text: string): boolean {
  return text.startsWith('diff --git ')
}

function contents(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function slug(title: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? ['change']
  return words.slice(0, 5).join('-')
}
