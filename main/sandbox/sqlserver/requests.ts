import { ByteReader } from './bytes.ts'
import { readParameter, type SqlValue } from './values.ts'

/** What a client says of itself when it signs in. */
export interface Login {
  readonly user: string
  readonly password: string
  readonly database: string
  readonly packetSize: number
}

/** A call of a procedure by name; parameters without a name count by their place. */
export interface ProcedureCall {
  readonly name: string
  readonly parameters: readonly { readonly name: string; readonly value: SqlValue }[]
}

/** Reads a LOGIN7 message ([MS-TDS] 2.2.6.4): fixed numbers first, then pairs of place and length for each text. */
export function readLogin(payload: Buffer): Login {
  const text = (pairAt: number): Buffer => {
    const from = payload.readUInt16LE(pairAt)
    return payload.subarray(from, from + payload.readUInt16LE(pairAt + 2) * 2)
  }
  return {
    packetSize: payload.readUInt32LE(8),
    user: text(40).toString('utf16le'),
    password: Buffer.from(text(44).map(unhide)).toString('utf16le'),
    database: text(68).toString('utf16le'),
  }
}

/** Each byte of a password travels XORed with 0xA5 after its halves were swapped. */
function unhide(byte: number): number {
  const mixed = byte ^ 0xa5
  return ((mixed << 4) | (mixed >> 4)) & 0xff
}

/** Reads the text of a SQL batch. */
export function readBatch(payload: Buffer): string {
  return afterHeaders(payload).rest().toString('utf16le')
}

/** Reads a procedure call; the few procedures that travel as a number get their name. */
export function readCall(payload: Buffer): ProcedureCall {
  const reader = afterHeaders(payload)
  const nameLength = reader.u16()
  const name = nameLength === 0xffff ? numbered(reader.u16()) : reader.text(nameLength)
  reader.u16()
  const parameters: { name: string; value: SqlValue }[] = []
  while (!reader.done) {
    const parameter = reader.text(reader.u8()).replace(/^@/, '')
    reader.u8()
    parameters.push({ name: parameter, value: readParameter(reader) })
  }
  return { name, parameters }
}

function numbered(id: number): string {
  return id === 10 ? 'sp_executesql' : `procedure ${id}`
}

/** Requests begin with headers about transactions, whose length stands in front. */
function afterHeaders(payload: Buffer): ByteReader {
  const reader = new ByteReader(payload)
  reader.take(reader.u32() - 4)
  return reader
}
