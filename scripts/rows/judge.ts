/** Which rows of the tables of faults and threats have a test: a row has an ID, and the title of a test that proves it begins with that. */
import { readdirSync, readFileSync } from 'node:fs'

/** Pages with a table of rows. */
const PAGES = ['docs/reliability.md', 'docs/threats.md']
const ID = /[A-Z]-\d{2,3}/

export type Judged = {
  /** What is at stake, by ID. */
  rows: Map<string, string>
  /** The files with tests of each row. */
  tests: Map<string, string[]>
  /** Why a row has no test, by ID. */
  reasons: Map<string, string>
  /** Rows with neither. */
  missing: string[]
  /** Reasons that are out of date, for there is a test, and IDs of tests that no table has. */
  wrong: string[]
}

/** `root`: the repository, with a slash at its end. */
export function judgeRows(root: URL): Judged {
  const pages = PAGES.map((page) => readFileSync(new URL(page, root), 'utf8'))
  const rows = found(pages, new RegExp(`^\\| (${ID.source}) \\| ([^|]+) \\|`, 'gm'))
  const reasons = found(pages, new RegExp(`^- (${ID.source}): (.+)$`, 'gm'))
  const tests = testsIn(root)
  const letters = new Set([...rows.keys()].map((id) => id[0]))
  return {
    rows,
    tests,
    reasons,
    missing: [...rows.keys()].filter((id) => !tests.has(id) && !reasons.has(id)),
    wrong: [
      ...[...reasons.keys()].filter((id) => tests.has(id) || !rows.has(id)),
      ...[...tests.keys()].filter((id) => letters.has(id[0]) && !rows.has(id)),
    ],
  }
}

function found(pages: string[], line: RegExp): Map<string, string> {
  return new Map(pages.flatMap((page) => [...page.matchAll(line)].map(([, id = '', text = '']) => [id, text.trim()])))
}

/** IDs stand at the beginning of a title, several of them with a space between; titles may stand in tables of their own. */
function testsIn(root: URL): Map<string, string[]> {
  const title = new RegExp(`['"\`]((?:${ID.source}\\b ?)+)`, 'g')
  const tests = new Map<string, string[]>()
  for (const file of readdirSync(new URL('__tests__/', root), { recursive: true, encoding: 'utf8' }).sort()) {
    if (!file.endsWith('.ts')) continue
    const text = readFileSync(new URL(`__tests__/${file}`, root), 'utf8')
    const ids = [...text.matchAll(title)].flatMap(([, all = '']) => all.trim().split(' '))
    for (const id of new Set(ids)) tests.set(id, [...(tests.get(id) ?? []), file])
  }
  return tests
}
