/** `npm run rows` lists the rows of the tables of faults and threats that no test names; `npm run rows -- --all` the tests of every row. */
import { judgeRows } from './rows/judge.ts'

const { rows, tests, reasons, missing, wrong } = judgeRows(new URL('../', import.meta.url))
for (const [id, fault] of rows) {
  const files = tests.get(id) ?? []
  if (process.argv.includes('--all'))
    console.log(`${id}  ${fault}: ${files.join(', ') || (reasons.get(id) ?? 'no test')}`)
  else if (files.length === 0) console.log(`${id}  ${fault}: ${reasons.get(id) ?? 'no test'}`)
}
for (const id of wrong) console.log(`${id}  has a test and a reason for having none, or stands in no table`)
const proven = [...rows.keys()].filter((id) => tests.has(id)).length
console.log(
  `${proven} of ${rows.size} rows have a test, ${reasons.size} a reason for having none, ${missing.length} neither.`,
)
if (missing.length + wrong.length > 0) process.exitCode = 1
