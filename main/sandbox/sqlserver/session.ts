import { timingSafeEqual } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Clock } from '#main/base/clock.ts'
import type { EventQueue } from './event-queue.ts'
import { messageType, PacketAssembler, toPackets, type Message } from './packets.ts'
import { callProcedure, type Answer } from './procedures.ts'
import { readBatch, readCall, readLogin, type ProcedureCall } from './requests.ts'
import { runText } from './statements.ts'
import { done, doneInProcedure, doneProcedure, doneStatus, errorToken, loginTokens, resultTokens } from './tokens.ts'
import type { SqlValue } from './values.ts'

/** The one sign-in that the simulated server accepts. */
export interface Credentials {
  readonly database: string
  readonly user: string
  readonly password: string
}

/** What all sessions of a server share. */
export interface Surroundings {
  readonly credentials: Credentials
  readonly queue: EventQueue
  readonly clock: Clock
}

const defaultPacketSize = 4_096

/** Serves one client: prelogin -> login -> requests, until it hangs up. What is no TDS ends the connection. */
export function serve(socket: Socket, surroundings: Surroundings): void {
  const session = new Session(socket, surroundings)
  const assembler = new PacketAssembler()
  socket.on('data', (bytes) => {
    try {
      for (const message of assembler.add(bytes)) session.handle(message)
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown
      socket.destroy()
    }
  })
}

class Session {
  readonly #socket: Socket
  readonly #surroundings: Surroundings
  #packetSize = defaultPacketSize
  #isSignedIn = false

  constructor(socket: Socket, surroundings: Surroundings) {
    this.#socket = socket
    this.#surroundings = surroundings
  }

  handle(message: Message): void {
    if (message.type === messageType.prelogin) this.#answer(preloginAnswer())
    else if (message.type === messageType.login) this.#signIn(message.payload)
    else if (!this.#isSignedIn) this.#socket.destroy()
    else if (message.type === messageType.batch) this.#answer(batchTokens(this.#runBatch(readBatch(message.payload))))
    else if (message.type === messageType.rpc) this.#answer(procedureTokens(this.#call(readCall(message.payload))))
    else if (message.type === messageType.attention) this.#answer(done(doneStatus.attention))
    else this.#socket.destroy()
  }

  #signIn(payload: Buffer): void {
    const login = readLogin(payload)
    const { user, password, database } = this.#surroundings.credentials
    if (login.user.toLowerCase() !== user.toLowerCase() || !isSame(login.password, password)) {
      this.#refuse(18456, `Login failed for user '${login.user}'.`)
    } else if (login.database !== '' && login.database.toLowerCase() !== database.toLowerCase()) {
      this.#refuse(4060, `Cannot open database "${login.database}" requested by the login. The login failed.`)
    } else {
      this.#isSignedIn = true
      const packetSize = Math.min(32_767, Math.max(512, login.packetSize))
      this.#answer(Buffer.concat([loginTokens(database, packetSize), done(doneStatus.final)]))
      this.#packetSize = packetSize
    }
  }

  #refuse(number: number, message: string): void {
    this.#answer(Buffer.concat([errorToken({ number, severity: 14, message }), done(doneStatus.error)]))
    this.#socket.end()
  }

  #runBatch(sql: string): Answer {
    return runText(sql, new Map(), this.#surroundings.queue, this.#surroundings.clock.now())
  }

  #call(call: ProcedureCall): Answer {
    const { queue, clock } = this.#surroundings
    if (call.name !== 'sp_executesql') return callProcedure(queue, call, clock.now())
    const [statement, , ...parameters] = call.parameters
    const values = new Map<string, SqlValue>(parameters.map(({ name, value }) => [name, value]))
    return runText(String(statement?.value ?? ''), values, queue, clock.now())
  }

  #answer(payload: Buffer): void {
    this.#socket.write(toPackets(payload, this.#packetSize))
  }
}

/** Options by number, place and length, then their values ([MS-TDS] 2.2.6.5): no encryption, one request at a time. */
function preloginAnswer(): Buffer {
  const encryptionNotSupported = 0x02
  const options = [
    { id: 0, value: Buffer.from([16, 0, 0, 0, 0, 0]) },
    { id: 1, value: Buffer.from([encryptionNotSupported]) },
    { id: 2, value: Buffer.from([0]) },
    { id: 3, value: Buffer.alloc(0) },
    { id: 4, value: Buffer.from([0]) },
  ]
  let place = options.length * 5 + 1
  const index = options.map(({ id, value }) => {
    const entry = Buffer.alloc(5)
    entry.writeUInt8(id)
    entry.writeUInt16BE(place, 1)
    entry.writeUInt16BE(value.length, 3)
    place += value.length
    return entry
  })
  return Buffer.concat([...index, Buffer.from([0xff]), ...options.map(({ value }) => value)])
}

function batchTokens(answer: Answer): Buffer {
  if (!answer.ok) return Buffer.concat([errorToken(answer.error), done(doneStatus.error)])
  const sets = answer.results.flatMap((result, at) => {
    const more = at < answer.results.length - 1 ? doneStatus.more : doneStatus.final
    return [resultTokens(result), done(more | doneStatus.count, result.rows.length)]
  })
  return sets.length === 0 ? done(doneStatus.final) : Buffer.concat(sets)
}

function procedureTokens(answer: Answer): Buffer {
  if (!answer.ok) return Buffer.concat([errorToken(answer.error), doneProcedure(doneStatus.error)])
  const sets = answer.results.flatMap((result) => [resultTokens(result), doneInProcedure(result.rows.length)])
  return Buffer.concat([...sets, doneProcedure(doneStatus.final, 0)])
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
