/** Scenarios by name: those that are built in, read when they are asked for, and those that somebody has brought along. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Scenario } from '../step.ts'
import type { ScenarioText } from './document.ts'
import { didYouMean } from './near.ts'
import { readScenario } from './read.ts'

/** A name as a marker in a prompt can have it. */
const SCENARIO_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/

export type ScenarioEntry = { name: string; about: string }

export type ScenarioLibrary = {
  /** The scenario of this name; a wrong name is an error that lists the right ones. */
  find(name: string): Scenario
  /** What sessions do whose prompt names nothing. */
  usual(): Scenario
  use(name: string): void
  /** Adds a scenario, in place of one of the same name; one with mistakes is an error that lists them. */
  load(source: ScenarioText): ScenarioEntry
  /** All of them, by name. */
  list(): ScenarioEntry[]
  /** Forgets what was loaded later, and makes the first one usual again. */
  reset(): void
}

const FOLDER = fileURLToPath(new URL('../scenarios/', import.meta.url))

const builtIn = new Map<string, Scenario>()

/** A library with those that are built in and those that are given; `first` is the usual one from the start. */
export function openLibrary(given: ScenarioText[] = [], first = 'automatic-pull-request'): ScenarioLibrary {
  const loaded = new Map<string, Scenario>()
  const names = () => [...new Set([...builtInNames(), ...loaded.keys()])].sort()

  function find(name: string): Scenario {
    const found = loaded.get(name) ?? (builtInNames().includes(name) ? readBuiltIn(name) : undefined)
    if (found !== undefined) return found
    const hint = didYouMean(name, names())
    throw new Error(`There is no scenario "${name}".${hint} There are: ${names().join(', ')}.`)
  }

  function load(source: ScenarioText): ScenarioEntry {
    const { name } = source
    if (!SCENARIO_NAME.test(name)) {
      throw new Error(`"${name}" cannot be the name of a scenario. A name has small letters, digits and hyphens.`)
    }
    const scenario = readScenario(source)
    loaded.set(name, scenario)
    return { name, about: scenario.about }
  }

  function open(): Scenario {
    loaded.clear()
    for (const source of given) load(source)
    return find(first)
  }

  let usual = open()
  return {
    find,
    load,
    usual: () => usual,
    use: (name) => {
      usual = find(name)
    },
    list: () => names().map((name) => ({ name, about: find(name).about })),
    reset: () => {
      usual = open()
    },
  }
}

function builtInNames(): string[] {
  return readdirSync(FOLDER).flatMap((file) => (file.endsWith('.yml') ? [file.slice(0, -'.yml'.length)] : []))
}

function readBuiltIn(name: string): Scenario {
  const file = `${FOLDER}${name}.yml`
  const scenario = builtIn.get(name) ?? readScenario({ name, text: readFileSync(file, 'utf8'), file })
  builtIn.set(name, scenario)
  return scenario
}
