/** Reads a scenario, or the stretches that all scenarios share, from YAML. */
import type { Scenario } from '../step.ts'
import { type Line, line } from './acts.ts'
import { readDocument, type ScenarioText } from './document.ts'
import { didYouMean } from './near.ts'
import { type Fields, flag, list, oneOf, optional, record, type Spot, table, text } from './reader.ts'
import { sharedStretches } from './shared.ts'
import { type Stretches, unfold } from './unfold.ts'

type Written = {
  about: string
  steps: Line[]
  turn?: Line[]
  replanning?: Line[]
  gated?: boolean
  lateApproval?: 'works' | 'nothing'
  stretches?: Stretches
}

const lines = list(line, 'A step')

const FIELDS: Fields<Written> = {
  about: text,
  steps: lines,
  turn: optional(lines),
  replanning: optional(lines),
  gated: optional(flag),
  lateApproval: optional(oneOf(['works', 'nothing'])),
  stretches: optional(table(lines)),
}

const written = record<Written>('a scenario', FIELDS)

/** The scenario that the text describes. */
export function readScenario(source: ScenarioText): Scenario {
  return readDocument(source, (spot) => {
    const found = written(spot)
    return found && assemble(found, spot.report)
  })
}

function assemble(given: Written, report: Spot['report']): Scenario | undefined {
  const own = given.stretches ?? new Map()
  const stretches = new Map([...sharedStretches(), ...own])
  const { turn = using('second-turn'), replanning = using('replanning') } = given
  const all = [given.steps, turn, replanning, ...own.values()]
  const unknown = all.flat().flatMap((one) => ('use' in one && !stretches.has(one.use.stretch) ? [one.use] : []))
  for (const { stretch, at } of unknown) {
    const names = [...stretches.keys()]
    const hint = didYouMean(stretch, names)
    report(at, `There is no stretch "${stretch}". There are ${names.join(', ')}.${hint}`)
  }
  if (unknown.length > 0) return undefined
  const unfolded = (given: Line[]) => unfold(given, stretches, report)
  return {
    about: given.about,
    steps: unfolded(given.steps),
    turn: unfolded(turn),
    replanning: unfolded(replanning),
    gated: given.gated ?? false,
    lateApproval: given.lateApproval ?? 'works',
  }
}

function using(stretch: string): Line[] {
  return [{ after: 0, use: { stretch, at: 0 } }]
}
