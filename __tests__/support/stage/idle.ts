/** Tells the world's clock when a run only waits, so that the time may leap. */
import type { Told } from '../../../emulator/haste.ts'
import { type Life, now, outside } from './life.ts'

/** So many rounds of the event loop in which nothing stirs. */
const ROUNDS = 3
const AGAIN_MS = 1000
/** What is always there and tells nothing. */
const STANDING = [
  'Timeout',
  'Immediate',
  'PipeWrap',
  'MessagePort',
  'TCPServerWrap',
  'TTYWrap',
  'ProcessWrap',
  'TCPSocketWrap',
]

export type Watch = { stir(): void; leave(): void }

/** Undefined where the time does not leap. */
export function watchOver(life: Life): Watch | undefined {
  const { haste } = life.clock
  if (haste === undefined) return undefined
  let tell = (_: Told) => {}
  let quiet = 0
  let isLooking = false
  const { leave } = haste.join({
    tell: () => undefined,
    onTold: (listener) => {
      tell = listener
    },
  })
  // Should a word get lost where much happens at once, it is said again.
  const again = outside(() => setInterval(lookOnce, AGAIN_MS).unref())
  stir()
  return {
    stir,
    leave: () => {
      clearInterval(again)
      leave()
    },
  }

  function stir(): void {
    quiet = 0
    if (isLooking || life.isOver) return
    tell({})
    lookOnce()
  }

  function lookOnce(): void {
    if (isLooking || life.isOver) return
    isLooking = true
    outside(() => setImmediate(look))
  }

  function look(): void {
    quiet = isFileOpen() ? 0 : quiet + 1
    if (quiet < ROUNDS && !life.isOver) {
      setImmediate(look)
      return
    }
    isLooking = false
    const sockets = life.calls.size
    const dues = [...life.timers].filter((one) => sockets > 0 || one.hasRef()).map(({ due }) => due)
    const left = Math.min(...dues) - now(life)
    if (!life.isOver && Number.isFinite(left)) tell({ left, sockets })
  }
}

function isFileOpen(): boolean {
  return process.getActiveResourcesInfo().some((kind) => !STANDING.includes(kind))
}
