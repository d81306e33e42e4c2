import { crc32, deflateSync } from 'node:zlib'
import type { TrayFace } from './tray-look.ts'

type Inside = (x: number, y: number) => boolean

/** Colours of the discs; each stands out on a light and on a dark task bar. */
const colours: Readonly<Record<TrayFace, readonly [number, number, number]>> = {
  well: [31, 143, 84],
  working: [32, 110, 201],
  failing: [207, 46, 46],
  paused: [196, 125, 0],
  stopped: [112, 118, 128],
}

/** White signs on the discs, on a square from 0 to 1. */
const signs: Readonly<Record<TrayFace, Inside>> = {
  well: (x, y) => isNearLine(x, y, 0.28, 0.52, 0.44, 0.68) || isNearLine(x, y, 0.44, 0.68, 0.73, 0.34),
  working: (x, y) =>
    isNearLine(x, y, 0.27, 0.5, 0.72, 0.5) ||
    isNearLine(x, y, 0.54, 0.31, 0.73, 0.5) ||
    isNearLine(x, y, 0.54, 0.69, 0.73, 0.5),
  failing: (x, y) => isNearLine(x, y, 0.5, 0.25, 0.5, 0.55) || Math.hypot(x - 0.5, y - 0.74) < 0.075,
  paused: (x, y) => isNearLine(x, y, 0.39, 0.33, 0.39, 0.67) || isNearLine(x, y, 0.61, 0.33, 0.61, 0.67),
  stopped: (x, y) => isNearLine(x, y, 0.35, 0.35, 0.65, 0.65) || isNearLine(x, y, 0.65, 0.35, 0.35, 0.65),
}

/** Samples for each direction of a point, so that edges are smooth. */
const samples = 4

/** The icon of a state as a PNG, `size` points square. Drawn here, so that there is one for every scale of the screen. */
export function trayPicture(face: TrayFace, size: number): Buffer {
  const rows = Buffer.alloc(size * (1 + size * 4))
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = row * (1 + size * 4) + 1 + column * 4
      rows.set(pointOf(face, column, row, size), at)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  // 8 bits, colours with transparency.
  header.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND')])
}

/** Red, green, blue and opacity of one point. */
function pointOf(face: TrayFace, column: number, row: number, size: number): readonly number[] {
  let disc = 0
  let sign = 0
  for (let i = 0; i < samples * samples; i++) {
    const x = (column + ((i % samples) + 0.5) / samples) / size
    const y = (row + (Math.floor(i / samples) + 0.5) / samples) / size
    if (Math.hypot(x - 0.5, y - 0.5) > 0.48) continue
    disc += 1
    if (signs[face](x, y)) sign += 1
  }
  if (disc === 0) return [0, 0, 0, 0]
  const part = sign / disc
  const mixed = colours[face].map((value) => Math.round(value + (255 - value) * part))
  return [...mixed, Math.round((disc / (samples * samples)) * 255)]
}

/** Is the point within a stroke from one place to another? */
function isNearLine(x: number, y: number, fromX: number, fromY: number, toX: number, toY: number): boolean {
  const [dx, dy] = [toX - fromX, toY - fromY]
  const along = Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / (dx * dx + dy * dy)))
  return Math.hypot(x - fromX - along * dx, y - fromY - along * dy) < 0.07
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  const sum = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
