/** Starts the emulated Jules from the command line, for tests of programs in any language. */
import { help } from './cli/help.ts'
import { Mistake } from './cli/mistake.ts'
import { readOptions } from './cli/options.ts'
import { startClock } from './clock.ts'
import { type Jules, startJules } from './jules/index.ts'

function logCalls(jules: Jules): void {
  jules.server.onCall(({ at, method, path, status, route }) => {
    const time = new Date(at).toISOString().slice(11, 19)
    process.stdout.write(`${time} ${method} ${path} ${status === 0 ? 'cut' : status} ${route ?? '(no such method)'}\n`)
  })
}

/** A test may have read the address and closed the pipe. */
function outliveReader(): void {
  process.stdout.on('error', () => {})
}

function stopOnSignals(jules: Jules): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // A slow answer that is still waiting must not hold up the end.
    process.once(signal, () => void jules.stop().finally(() => process.exit(0)))
  }
}

async function main(): Promise<void> {
  outliveReader()
  const settings = readOptions()
  if (settings === 'help') {
    process.stdout.write(help())
    return
  }
  const jules = await startJules({ clock: startClock({ speed: settings.speed }), ...settings.jules })
  stopOnSignals(jules)
  process.stdout.write(`Jules emulator listening on ${jules.url}\n`)
  if (!settings.quiet) logCalls(jules)
}

main().catch((error: unknown) => {
  const isMistake = error instanceof Mistake
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  const message = error instanceof Error ? error.message : String(error)
  const { port = '' } = Object(error)
  const text = inUse ? `Port ${port} is taken already. Choose another one with --port, or 0 for any.` : message
  process.stderr.write(`${text}${isMistake ? '\nTry --help.' : ''}\n`)
  process.exitCode = isMistake ? 2 : 1
})
