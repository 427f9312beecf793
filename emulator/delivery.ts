/** How an answer travels: whole, slowly, in part, or packed. */
import { Readable, type Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { brotliCompress, createBrotliCompress, createGzip, gzip, constants as zlib } from 'node:zlib'
import type { Clock } from './clock.ts'

/** The way back to whoever has called, over HTTP or within this process. */
export type Outgoing = Writable & {
  readonly headersSent: boolean
  writeHead(status: number, headers?: Record<string, string>): unknown
  flushHeaders(): void
}

/** An answer as bytes, ready to be sent. */
export type Parcel = { status: number; headers: Record<string, string>; bytes: Buffer }

/** Brings a parcel to the client in a way of its own. */
export type Send = (outgoing: Outgoing, parcel: Parcel) => void | Promise<void>

export type Encoding = 'gzip' | 'br'

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }
const MIB = 1024 * 1024
const PIECE = Buffer.alloc(MIB, 'a')

/** As any server does it. */
export function sendWhole(outgoing: Outgoing, { status, headers, bytes }: Parcel): void {
  if (outgoing.destroyed) return
  outgoing.writeHead(status, headers)
  outgoing.end(bytes)
}

/** So many bytes at a time, so many emulated milliseconds apart. */
export function trickling(clock: Clock, ms: number, size = 1): Send {
  return async (outgoing, { status, headers, bytes }) => {
    outgoing.writeHead(status, { ...headers, 'content-length': String(bytes.length) })
    outgoing.flushHeaders()
    for (let at = 0; at < bytes.length && !outgoing.destroyed; at += size) {
      await pause(clock, ms, outgoing)
      outgoing.write(bytes.subarray(at, at + size))
    }
    outgoing.end()
  }
}

/** Promises the whole length, sends the beginning (half of it unless told), and ends the connection. */
export function truncating(size?: number): Send {
  return (outgoing, { status, headers, bytes }) => {
    const part = bytes.subarray(0, size ?? Math.floor(bytes.length / 2))
    outgoing.writeHead(status, { ...headers, 'content-length': String(Math.max(bytes.length, part.length + 1)) })
    outgoing.write(part, () => outgoing.destroy())
  }
}

/** The real answer, packed. */
export function packed(encoding: Encoding): Send {
  return async (outgoing, { status, headers, bytes }) => {
    const pack = encoding === 'br' ? promisify(brotliCompress) : promisify(gzip)
    sendWhole(outgoing, { status, headers: { ...headers, 'content-encoding': encoding }, bytes: await pack(bytes) })
  }
}

/** Good JSON of so many MiB, of which nothing is of use. */
export function huge(mib: number): Send {
  return async (outgoing) => {
    outgoing.writeHead(200, JSON_TYPE)
    await pipeline(Readable.from(padding(mib)), outgoing)
  }
}

/** The same, packed into little. It is made once. */
export function bomb(encoding: Encoding, mib: number): Send {
  return async (outgoing) => {
    const bytes = await madeOnce(encoding, mib)
    sendWhole(outgoing, { status: 200, headers: { ...JSON_TYPE, 'content-encoding': encoding }, bytes })
  }
}

const bombs = new Map<string, Promise<Buffer>>()

function madeOnce(encoding: Encoding, mib: number): Promise<Buffer> {
  const key = `${encoding} ${mib}`
  const made = bombs.get(key) ?? pack(encoding, mib)
  bombs.set(key, made)
  return made
}

async function pack(encoding: Encoding, mib: number): Promise<Buffer> {
  const quickly = { params: { [zlib.BROTLI_PARAM_QUALITY]: 1 } }
  const packer = encoding === 'br' ? createBrotliCompress(quickly) : createGzip({ level: 1 })
  const [bytes] = await Promise.all([buffer(packer), pipeline(Readable.from(padding(mib)), packer)])
  return bytes
}

function* padding(mib: number): Generator<Buffer> {
  yield Buffer.from('{"padding":"')
  for (let at = 0; at < mib; at += 1) yield PIECE
  yield Buffer.from('"}')
}

/** Waits on the emulated clock, or until the client has gone. */
export function pause(clock: Clock, ms: number, outgoing: Outgoing): Promise<void> {
  return new Promise((resolve) => {
    const goOn = clock.haste?.park()
    const callOff = clock.at(clock.now() + ms, done, true)
    outgoing.once('close', done)
    function done(): void {
      callOff()
      goOn?.()
      outgoing.off('close', done)
      resolve()
    }
  })
}
