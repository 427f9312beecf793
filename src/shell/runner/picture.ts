/** Tells pictures by their first bytes, and reads their size from the header alone: nothing is ever decompressed. */

export type Kind = 'png' | 'jpeg' | 'gif' | 'webp'
export type Picture = { kind: Kind; pixels: number }

/** The kind of picture that the bytes are, or undefined for everything else, SVG and HTML among it. */
export function readPicture(bytes: Buffer): Picture | undefined {
  const kind = kindOf(bytes)
  if (kind === undefined) return undefined
  const size = sizeOf(kind, bytes)
  return size === undefined || size.width * size.height === 0 ? undefined : { kind, pixels: size.width * size.height }
}

function kindOf(bytes: Buffer): Kind | undefined {
  const start = bytes.toString('latin1', 0, 16)
  if (start.startsWith('\x89PNG\r\n\x1a\n') && start.endsWith('IHDR')) return 'png'
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (/^GIF8[79]a/.test(start)) return 'gif'
  return /^RIFF.{4}WEBPVP8[ LX]$/s.test(start) ? 'webp' : undefined
}

type Size = { width: number; height: number }

function sizeOf(kind: Kind, bytes: Buffer): Size | undefined {
  switch (kind) {
    case 'png':
      return bytes.length < 24 ? undefined : { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    case 'gif':
      return bytes.length < 10 ? undefined : { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
    case 'jpeg':
      return sizeOfJpeg(bytes)
    case 'webp':
      return bytes.length < 30 ? undefined : sizeOfWebp(bytes)
  }
}

/** Walks from segment to segment up to the first frame header. */
function sizeOfJpeg(bytes: Buffer): Size | undefined {
  let at = 2
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0
    if (isFrame(marker)) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    // Any number of these may fill the space before a marker.
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

/** SOF0 to SOF15; three numbers among them mean other things. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

/** Lossy, lossless or extended: each keeps its size in a way of its own. */
function sizeOfWebp(bytes: Buffer): Size {
  switch (bytes[15]) {
    case 0x20:
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
    case 0x4c: {
      const packed = bytes.readUInt32LE(21)
      return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 }
    }
    default:
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  }
}
