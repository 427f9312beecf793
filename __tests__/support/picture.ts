/** The smallest beginnings of pictures of each kind, and things that only pretend to be pictures. */
import type { Media } from '../../src/core/session.ts'

export function media(mimeType: string, bytes: Buffer): Media {
  return { mimeType, data: bytes.toString('base64') }
}

export function png(width = 16, height = 16): Buffer {
  const header = Buffer.alloc(25)
  header.writeUInt32BE(13, 0)
  header.write('IHDR', 4, 'latin1')
  header.writeUInt32BE(width, 8)
  header.writeUInt32BE(height, 12)
  header.set([8, 2, 0, 0, 0], 16)
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), header])
}

export function gif(width = 16, height = 16, version = '89a'): Buffer {
  const size = Buffer.alloc(7)
  size.writeUInt16LE(width, 0)
  size.writeUInt16LE(height, 2)
  return Buffer.concat([Buffer.from(`GIF${version}`, 'latin1'), size, Buffer.from(';')])
}

/** With an application segment and fill bytes before the frame header, as cameras write them. */
export function jpeg(width = 16, height = 16): Buffer {
  const frame = Buffer.from([0xff, 0xc2, 0, 17, 8, 0, 0, 0, 0, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0])
  frame.writeUInt16BE(height, 5)
  frame.writeUInt16BE(width, 7)
  const start = Buffer.from([
    0xff,
    0xd8,
    0xff,
    0xe0,
    0,
    16,
    ...Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'),
  ])
  const table = Buffer.from([0xff, 0xff, 0xff, 0xc4, 0, 3, 0])
  return Buffer.concat([start, table, frame, Buffer.from([0xff, 0xd9])])
}

export function webp(kind: 'VP8 ' | 'VP8L' | 'VP8X', width = 16, height = 16): Buffer {
  const bytes = Buffer.alloc(30)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(22, 4)
  bytes.write(`WEBP${kind}`, 8, 'latin1')
  bytes.writeUInt32LE(10, 16)
  if (kind === 'VP8X') {
    bytes.writeUIntLE(width - 1, 24, 3)
    bytes.writeUIntLE(height - 1, 27, 3)
  } else if (kind === 'VP8L') {
    bytes[20] = 0x2f
    bytes.writeUInt32LE((((height - 1) << 14) | (width - 1)) >>> 0, 21)
  } else {
    bytes.set([0x9d, 0x01, 0x2a], 23)
    bytes.writeUInt16LE(width, 26)
    bytes.writeUInt16LE(height, 28)
  }
  return bytes
}

const text = (content: string) => Buffer.from(content, 'utf8')

export const LIARS: { name: string; type: string; bytes: Buffer }[] = [
  { name: 'SVG', type: 'image/svg+xml', bytes: text('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>') },
  { name: 'SVG as PNG', type: 'image/png', bytes: text('<svg xmlns="http://www.w3.org/2000/svg"/>') },
  { name: 'HTML as PNG', type: 'image/png', bytes: text('<!doctype html><script>alert(1)</script>') },
  { name: 'PNG as HTML', type: 'text/html', bytes: png() },
  { name: 'PNG as SVG', type: 'image/svg+xml', bytes: png() },
  { name: 'PNG as JPEG', type: 'image/jpeg', bytes: png() },
  { name: 'PNG without a type', type: '', bytes: png() },
  { name: 'GIF of an unknown version', type: 'image/gif', bytes: gif(16, 16, '99a') },
  { name: 'PNG cut in its header', type: 'image/png', bytes: png().subarray(0, 20) },
  { name: 'GIF cut in its header', type: 'image/gif', bytes: gif().subarray(0, 8) },
  { name: 'JPEG without a frame', type: 'image/jpeg', bytes: jpeg().subarray(0, 20) },
  { name: 'WebP cut in its header', type: 'image/webp', bytes: webp('VP8X').subarray(0, 26) },
  { name: 'WAV as WebP', type: 'image/webp', bytes: text('RIFF....WAVEfmt ................') },
  { name: 'PNG without width', type: 'image/png', bytes: png(0, 16) },
  { name: 'a picture that does not start at once', type: 'image/png', bytes: Buffer.concat([text('<script>'), png()]) },
  { name: 'BMP', type: 'image/bmp', bytes: text('BM..............................') },
  { name: 'PDF', type: 'application/pdf', bytes: text('%PDF-1.7\n') },
  { name: 'an empty file', type: 'image/png', bytes: text('') },
]
