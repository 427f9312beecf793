/** Makes the steps of a session out of what is written: stretches are put in their places, repetitions told one by one. */
import type { Act, Step } from '../step.ts'
import { type Line, MOST_STEPS, type Use } from './acts.ts'
import type { Spot } from './reader.ts'

/** Stretches by name. */
export type Stretches = Map<string, Line[]>

/** The steps so far, and the stretches that are being put in, the outermost first. */
type Work = { steps: Step[]; open: Use[]; stretches: Stretches; report: Spot['report'] }

type Rewrite = (text: string) => string

/** All steps in order. Circles, and more steps than a session can have, are reported where the author has begun them. */
export function unfold(lines: Line[], stretches: Stretches, report: Spot['report']): Step[] {
  const steps: Step[] = []
  addAll({ steps, open: [], stretches, report }, lines, same)
  return steps
}

/** False: it was reported that there is no end to it. */
function addAll(work: Work, lines: Line[], outer: Rewrite): boolean {
  return lines.every((line) => {
    const { repeat } = line
    if (repeat === undefined) return add(work, line, outer)
    for (let n = 1; n <= repeat; n += 1) {
      if (!add(work, line, (text) => counted(outer(text), n, repeat))) return false
    }
    return true
  })
}

function add(work: Work, line: Line, text: Rewrite): boolean {
  if ('use' in line) return addStretch(work, line, text)
  if (work.steps.length >= MOST_STEPS) {
    return stop(work, `These are more than ${MOST_STEPS} steps, too many for a session.`)
  }
  work.steps.push({ after: line.after, ...numbered(line.act, text) })
  return true
}

function addStretch(work: Work, { after, use }: { after: number; use: Use }, text: Rewrite): boolean {
  if (work.open.some(({ stretch }) => stretch === use.stretch)) {
    return stop(work, `The stretch "${use.stretch}" uses itself, so it would never end.`)
  }
  work.open.push(use)
  const place = work.steps.length
  const whole = addAll(work, work.stretches.get(use.stretch) ?? [], text)
  const first = work.steps[place]
  if (first !== undefined) first.after += after
  work.open.pop()
  return whole
}

function stop({ open, report }: Work, why: string): false {
  report(open[0]?.at ?? 0, why)
  return false
}

const same = (text: string) => text

/** `{n}` and `{count}` in a repeated step say the how-manieth of how many it is. */
function counted(text: string, n: number, count: number): string {
  return text.includes('{') ? text.replaceAll('{n}', String(n)).replaceAll('{count}', String(count)) : text
}

function numbered(act: Act, text: Rewrite): Act {
  if (text === same) return act
  if (act.do === 'say') return { ...act, text: text(act.text) }
  if (act.do !== 'progress') return act
  const { title, description } = act
  return {
    ...act,
    ...(title !== undefined && { title: text(title) }),
    ...(description !== undefined && { description: text(description) }),
  }
}
