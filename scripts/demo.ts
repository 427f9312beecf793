/** `npm run demo`: one story, from a label to a pull request, told in the terminal as it happens. */
import { readFileSync } from 'node:fs'
import { cleanUp, startWorld, type World } from '../emulator/world.ts'
import { interruption } from './demo/interruption.ts'
import { HELP, Mistake, readOptions } from './demo/options.ts'
import { playFor, tellOpening } from './demo/play.ts'
import { followRuns } from './demo/runs.ts'
import { tellStory } from './demo/story.ts'
import { makeTeller, type Teller } from './demo/teller.ts'
import { wrap } from './demo/wrap.ts'

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env)
  if (options.kind === 'help') {
    process.stdout.write(HELP)
    return 0
  }
  const live = options.kind === 'live'
  const { settings, ...what } = playFor(options, process.env)
  const teller = makeTeller({
    out: process.stdout,
    environment: process.env,
    speed: settings.speed ?? 1,
    ...(live && { secret: options.key }),
  })
  const interrupted = interruption({ teller, live })
  const { logOf, ...listeners } = followRuns({ teller, logs: live })
  let world: World | undefined
  try {
    tellOpening(teller, options)
    const workflow = readFileSync(new URL('../examples/jules.yml', import.meta.url), 'utf8')
    world = await startWorld({ workflow, ...settings, ...listeners })
    const story = tellStory({ world, teller, logOf, ...what })
    return await Promise.race([story.then((problems) => conclude(teller, problems)), interrupted])
  } finally {
    teller.close()
    await world?.stop()
    cleanUp()
  }
}

/** The last words. Returns the exit code. */
function conclude(teller: Teller, problems: string[]): number {
  teller.blank()
  if (problems.length > 0) {
    teller.paragraph('This is not how the story goes:', 'red')
    for (const problem of problems) teller.paragraph(problem)
    return 1
  }
  teller.paragraph('Next: put the workflow from README.md into your repository,')
  teller.paragraph('or test your own programs against the emulated Jules: npm run emulator')
  return 0
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    const isMistake = error instanceof Mistake
    const text = error instanceof Error ? error.message : String(error)
    const lines = [...wrap(text, 80), ...(isMistake ? ['Try npm run demo -- --help.'] : [])]
    process.stderr.write(`${lines.join('\n')}\n`)
    process.exitCode = isMistake ? 2 : 1
  },
)
