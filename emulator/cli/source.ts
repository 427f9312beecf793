/** A connected repository, as the command line names it. */
import type { SourceOptions } from '../jules/routes/sources.ts'
import { Mistake } from './mistake.ts'

/** `acme/widgets`, or `acme/widgets@main,dev`: then sessions start on these branches only, and the first is the usual one. */
function readSource(text: string): SourceOptions {
  const [, owner, repo, listed] = /^([\w.-]+)\/([\w.-]+)(?:@([^\s,]+(?:,[^\s,]+)*))?$/.exec(text) ?? []
  if (owner === undefined || repo === undefined) {
    const example = 'acme/widgets, or acme/widgets@main,dev with its branches'
    throw new Mistake(`--source is "${text}"; it has to be a repository's full name, such as ${example}.`)
  }
  const branches = listed?.split(',')
  const defaultBranch = branches?.[0]
  return { owner, repo, ...(branches && { branches }), ...(defaultBranch !== undefined && { defaultBranch }) }
}

/** All of them; GitHub does not tell names apart by case. */
export function readSources(texts: string[]): SourceOptions[] {
  const sources = texts.map(readSource)
  const names = sources.map(({ owner, repo }) => `${owner}/${repo}`.toLowerCase())
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) throw new Mistake(`--source names ${twice} twice. Name every repository once.`)
  return sources
}
