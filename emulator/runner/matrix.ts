/** `strategy.matrix`: the combinations for which a job runs. */
import { dig } from './origin.ts'

export type Combination = Record<string, unknown>

/** All combinations, less those excluded, with what is included added or appended; without a matrix, one without values. */
export function combinationsOf(matrix: unknown): Combination[] {
  if (typeof matrix !== 'object' || matrix === null) return [{}]
  const { include, exclude, ...axes } = { include: undefined, exclude: undefined, ...matrix }
  const crossed = cross(Object.entries(axes)).filter(
    (one) => !combinations(exclude).some((other) => isPartOf(other, one)),
  )
  const result = Object.keys(axes).length === 0 ? [] : crossed
  const originals = result.map((one) => ({ ...one }))
  for (const extra of combinations(include)) extend({ result, originals, extra })
  return result
}

function cross(axes: [string, unknown][]): Combination[] {
  return axes.reduce<Combination[]>(
    (made, [name, values]) => made.flatMap((one) => array(values).map((value) => ({ ...one, [name]: value }))),
    [{}],
  )
}

/** It is added to every combination whose original values it leaves alone, else it is a combination of its own. */
function extend({
  result,
  originals,
  extra,
}: {
  result: Combination[]
  originals: Combination[]
  extra: Combination
}): void {
  const fitting = originals
    .map((original, index) => ({ original, one: result[index] }))
    .filter(({ original }) =>
      Object.entries(extra).every(([name, value]) => !(name in original) || isEqual(original[name], value)),
    )
  for (const { one } of fitting) Object.assign(one ?? {}, extra)
  if (fitting.length === 0) result.push({ ...extra })
}

function isPartOf(part: Combination, whole: Combination): boolean {
  return Object.entries(part).every(([name, value]) => isEqual(dig(whole, [name]), value))
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function combinations(list: unknown): Combination[] {
  return array(list).flatMap((item) => (typeof item === 'object' && item !== null ? [{ ...item }] : []))
}

function array(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
