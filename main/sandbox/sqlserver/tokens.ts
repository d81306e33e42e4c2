import { i32, i64, longText, shortText, u16, u32, u8 } from './bytes.ts'
import { collation, encodeValue, typeInfo, type SqlType, type SqlValue } from './values.ts'

/** An error as the server reports it; clients go by the number. */
export interface SqlError {
  readonly number: number
  readonly message: string
  /** 11 to 16: the caller's mistake; 14: permission. */
  readonly severity: number
  readonly procedure?: string
}

export interface Column {
  readonly name: string
  readonly type: SqlType
}

export interface ResultSet {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly SqlValue[])[]
}

/** Token numbers ([MS-TDS] 2.2.7). */
const token = {
  returnStatus: 0x79,
  columns: 0x81,
  error: 0xaa,
  loginAck: 0xad,
  row: 0xd1,
  change: 0xe3,
  done: 0xfd,
  doneProcedure: 0xfe,
  doneInProcedure: 0xff,
}

/** Bits of a DONE token's status. */
export const doneStatus = { final: 0, more: 0x01, error: 0x02, count: 0x10, attention: 0x20 }

const serverName = 'PATCHBAY-SANDBOX'

function withLength(kind: number, content: Buffer): Buffer {
  return Buffer.concat([u8(kind), u16(content.length), content])
}

export function errorToken(error: SqlError): Buffer {
  const state = 1
  const line = 1
  return withLength(
    token.error,
    Buffer.concat([
      i32(error.number),
      u8(state),
      u8(error.severity),
      longText(error.message),
      shortText(serverName),
      shortText(error.procedure ?? ''),
      u32(line),
    ]),
  )
}

/** What a client gets after a good sign-in: who answers, in which database, and how texts compare. */
export function loginTokens(database: string, packetSize: number): Buffer {
  const tds74 = Buffer.from([0x74, 0x00, 0x00, 0x04])
  const version16 = Buffer.from([16, 0, 0, 0])
  const change = { database: 1, packetSize: 4, collation: 7 }
  const name = 'Microsoft SQL Server'
  return Buffer.concat([
    withLength(token.change, Buffer.concat([u8(change.database), shortText(database), shortText('master')])),
    withLength(token.change, Buffer.concat([u8(change.collation), u8(collation.length), collation, u8(0)])),
    withLength(token.loginAck, Buffer.concat([u8(1), tds74, shortText(name), version16])),
    withLength(token.change, Buffer.concat([u8(change.packetSize), shortText(`${packetSize}`), shortText('4096')])),
  ])
}

export function resultTokens(result: ResultSet): Buffer {
  const nullable = 0x01
  const columns = result.columns.map((column) =>
    Buffer.concat([u32(0), u16(nullable), typeInfo(column.type), shortText(column.name)]),
  )
  const rows = result.rows.map((row) =>
    Buffer.concat([u8(token.row), ...result.columns.map((column, at) => encodeValue(column.type, row[at] ?? null))]),
  )
  return Buffer.concat([u8(token.columns), u16(columns.length), ...columns, ...rows])
}

function doneToken(kind: number, status: number, rows: number): Buffer {
  return Buffer.concat([u8(kind), u16(status), u16(0), i64(BigInt(rows))])
}

/** Ends a batch, or one of its result sets. */
export function done(status: number, rows = 0): Buffer {
  return doneToken(token.done, status, rows)
}

/** Ends one result set of a procedure. */
export function doneInProcedure(rows: number): Buffer {
  return doneToken(token.doneInProcedure, doneStatus.more | doneStatus.count, rows)
}

/** Ends a procedure call; `returned` is its return value, absent when it failed. */
export function doneProcedure(status: number, returned?: number): Buffer {
  const value = returned === undefined ? [] : [u8(token.returnStatus), i32(returned)]
  return Buffer.concat([...value, doneToken(token.doneProcedure, status, 0)])
}
