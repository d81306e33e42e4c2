import { i32, i64, u16, u8, type ByteReader } from './bytes.ts'

/** The types of the columns that the simulated server answers with. */
export type SqlType = 'int' | 'bigint' | 'bit' | 'nvarchar' | 'datetime2' | 'uniqueidentifier'

/** A value as the procedures see it: instants are ms since 1970, GUIDs upper-case text. */
export type SqlValue = string | number | boolean | null

/** Type numbers on the wire ([MS-TDS] 2.2.5.4). */
const wire = {
  guid: 0x24,
  int: 0x26,
  datetime2: 0x2a,
  bit: 0x68,
  float: 0x6d,
  varchar: 0xa7,
  nvarchar: 0xe7,
  nchar: 0xef,
}

/** SQL_Latin1_General_CP1_CI_AS. */
export const collation = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34])

const maxCharacters = 4_000
const dayMs = 86_400_000
/** Days from 0001-01-01, where datetime2 begins, to 1970-01-01. */
const daysBefore1970 = 719_162

/** What stands for the type in COLMETADATA. */
export function typeInfo(type: SqlType): Buffer {
  switch (type) {
    case 'int':
      return Buffer.from([wire.int, 4])
    case 'bigint':
      return Buffer.from([wire.int, 8])
    case 'bit':
      return Buffer.from([wire.bit, 1])
    case 'nvarchar':
      return Buffer.concat([u8(wire.nvarchar), u16(maxCharacters * 2), collation])
    case 'datetime2':
      return Buffer.from([wire.datetime2, 7])
    case 'uniqueidentifier':
      return Buffer.from([wire.guid, 16])
  }
}

/** A value as it stands in a ROW. */
export function encodeValue(type: SqlType, value: SqlValue): Buffer {
  if (type === 'nvarchar') {
    if (value === null) return u16(0xffff)
    const text = Buffer.from(String(value).slice(0, maxCharacters), 'utf16le')
    return Buffer.concat([u16(text.length), text])
  }
  if (value === null) return u8(0)
  const bytes = encodeFixed(type, value)
  return Buffer.concat([u8(bytes.length), bytes])
}

function encodeFixed(type: Exclude<SqlType, 'nvarchar'>, value: string | number | boolean): Buffer {
  switch (type) {
    case 'int':
      return i32(Number(value))
    case 'bigint':
      return i64(BigInt(value))
    case 'bit':
      return u8(value ? 1 : 0)
    case 'datetime2':
      return encodeInstant(Number(value))
    case 'uniqueidentifier':
      return swapGuid(Buffer.from(String(value).replaceAll('-', ''), 'hex'))
  }
}

/** Units of 100 ns since midnight in five bytes, then days in three. */
function encodeInstant(ms: number): Buffer {
  const day = Math.floor(ms / dayMs)
  const bytes = Buffer.alloc(8)
  bytes.writeUIntLE((ms - day * dayMs) * 10_000, 0, 5)
  bytes.writeUIntLE(day + daysBefore1970, 5, 3)
  return bytes
}

/** The first three groups of a GUID travel with their bytes reversed; the same step leads back. */
function swapGuid(bytes: Buffer): Buffer {
  const first = Buffer.from(bytes.subarray(0, 4)).reverse()
  const second = Buffer.from(bytes.subarray(4, 6)).reverse()
  const third = Buffer.from(bytes.subarray(6, 8)).reverse()
  return Buffer.concat([first, second, third, bytes.subarray(8)])
}

/** Reads the type and value of a parameter. Throws for a type that no Patchbay procedure has. */
export function readParameter(reader: ByteReader): SqlValue {
  const type = reader.u8()
  switch (type) {
    case wire.int:
    case wire.bit:
    case wire.float:
    case wire.guid:
      reader.u8()
      return readFixed(type, reader.take(reader.u8()))
    case wire.nvarchar:
    case wire.nchar:
    case wire.varchar:
      return readText(reader, type === wire.varchar ? 'latin1' : 'utf16le')
    default:
      throw new RangeError(`parameter type 0x${type.toString(16)} is not supported`)
  }
}

function readFixed(type: number, bytes: Buffer): SqlValue {
  if (bytes.length === 0) return null
  if (type === wire.float) return bytes.length === 8 ? bytes.readDoubleLE() : bytes.readFloatLE()
  if (type === wire.bit) return bytes[0] !== 0
  if (type === wire.int) return bytes.length === 8 ? Number(bytes.readBigInt64LE()) : bytes.readIntLE(0, bytes.length)
  const hex = swapGuid(bytes).toString('hex').toUpperCase()
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function readText(reader: ByteReader, encoding: 'latin1' | 'utf16le'): string | null {
  const maxLength = reader.u16()
  reader.take(collation.length)
  if (maxLength === 0xffff) return readChunks(reader)?.toString(encoding) ?? null
  const length = reader.u16()
  return length === 0xffff ? null : reader.take(length).toString(encoding)
}

/** A long text comes in chunks, each with its length, until one of length zero ([MS-TDS] PARTLENTYPE). */
function readChunks(reader: ByteReader): Buffer | null {
  if (reader.u64() === 0xffff_ffff_ffff_ffffn) return null
  const chunks: Buffer[] = []
  for (let length = reader.u32(); length > 0; length = reader.u32()) chunks.push(reader.take(length))
  return Buffer.concat(chunks)
}
