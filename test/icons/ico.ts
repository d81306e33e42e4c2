/** One picture of an icon: a square PNG of `size` points, 256 at most. */
export interface IcoPicture {
  readonly size: number
  readonly png: Buffer
}

const headerBytes = 6
const entryBytes = 16

/** Windows' container of one icon in several sizes; since Vista its pictures may be PNGs. */
export function icoOf(pictures: readonly IcoPicture[]): Buffer {
  const header = Buffer.alloc(headerBytes)
  // Type 1 is an icon.
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = headerBytes + entryBytes * pictures.length
  const entries = pictures.map(({ png, size }) => {
    const entry = Buffer.alloc(entryBytes)
    // 256 does not fit into a byte, and is written as 0.
    entry.writeUInt8(size % 256, 0)
    entry.writeUInt8(size % 256, 1)
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(png.byteLength, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.byteLength
    return entry
  })
  return Buffer.concat([header, ...entries, ...pictures.map(({ png }) => png)])
}
