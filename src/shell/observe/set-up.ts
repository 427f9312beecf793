/** Reads what the set-up needs. What cannot be read is a fact too, so that nothing hides the rest. */

import type { Fact, SetUp } from '../../core/decision/doctor/set-up.ts'
import { labelsOf } from '../../core/decision/doctor/template.ts'
import { near } from '../../core/decision/near.ts'
import { hasBranch, readBranches, readDefaultBranch } from '../github/branch.ts'
import { hasLabel, readTemplates, unlessMissing } from '../github/repository.ts'
import { tryKey } from '../jules/read.ts'
import type { Parties } from '../parties.ts'
import { toTrouble } from '../problem.ts'
import { ServiceError } from '../service-error.ts'
import { findSource } from './ground.ts'

export async function lookAtSetUp(parties: Parties): Promise<SetUp> {
  const [jules, github] = await Promise.all([lookAtJules(parties), lookAtGitHub(parties)])
  return { ...jules, ...github }
}

const UNASKED = { unasked: 'after-another' } as const

async function lookAtJules(parties: Parties): Promise<Pick<SetUp, 'key' | 'source'>> {
  const key = await fact(() => tryKey(parties.jules))
  if (!('known' in key)) return { key, source: UNASKED }
  return { key: { known: true }, source: await fact(async () => (await findSource(parties))?.name ?? '') }
}

async function lookAtGitHub(parties: Parties): Promise<Omit<SetUp, 'key' | 'source'>> {
  const { github, config } = parties
  // Every token that GitHub accepts for this repository may read what stands in here.
  const repository = await fact(() => unlessMissing(readDefaultBranch(github)))
  const defaultBranch = 'known' in repository ? repository.known : undefined
  if (defaultBranch === undefined) {
    const token = 'known' in repository ? { known: false } : repository
    return { token, branch: UNASKED, label: UNASKED, templates: UNASKED }
  }
  const [branch, label, templates] = await Promise.all([
    fact(() => lookAtBranch(parties, config.startingBranch || defaultBranch)),
    fact(() => hasLabel(github, config.triggerLabel)),
    fact(() => lookAtTemplates(parties)),
  ])
  return { token: { known: true }, branch, label, templates }
}

async function lookAtBranch({ github }: Parties, name: string) {
  const there = await hasBranch(github, name)
  return { name, there, near: there ? [] : near(name, await readBranches(github)) }
}

async function lookAtTemplates({ github }: Parties) {
  return (await readTemplates(github)).map(({ path, content }) => ({ path, labels: labelsOf(path, content) }))
}

async function fact<T>(read: () => Promise<T>): Promise<Exclude<Fact<T>, { unasked: unknown }>> {
  try {
    return { known: await read() }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return { trouble: toTrouble(error) }
  }
}
