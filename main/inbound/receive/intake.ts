import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '#main/base/clock.ts'
import { toError } from '#main/base/errors.ts'
import type { Logger } from '#main/base/logger.ts'
import type { ParsedBody } from '#main/inbound/parse/parsed.ts'
import { accepted } from '#main/inbound/parse/reason.ts'
import type { Checked, Reason } from '#main/inbound/parse/reason.ts'
import type { ConfiguredSource } from '#main/inbound/verify/configured-source.ts'
import type { SigningKeySource } from '#main/inbound/verify/connectwise.ts'
import type { Arrival, Receipt, Refusal } from '#shared/domain/arrival.ts'
import { acknowledgement } from '#shared/domain/outbound-message.ts'
import { answer, answerUnread } from './answer.ts'
import { createDoor } from './door.ts'
import type { Door } from './door.ts'
import { readBody } from './read-body.ts'
import { readEvents } from './read-events.ts'
import { answerTo, describeRefusal, isSendersFault, unfinished } from './refusal.ts'
import { readSender } from './sender.ts'
import type { Sender } from './sender.ts'
import { toArrival } from './to-arrival.ts'
import { TokenBuckets } from './token-buckets.ts'
import { UnderWay } from './under-way.ts'
import { unpack } from './unpack.ts'

/** What the intake needs of the rest of the relay. */
export interface IntakePorts {
  /** The sources as they are now, by id. An unchanged source stays the same object, for its rates are counted by it. */
  readonly sources: () => ReadonlyMap<string, ConfiguredSource>
  /** Stores an arrival; resolves once it is safe. A rejection tells the sender to come back. */
  readonly journal: { append(arrival: Arrival): Promise<readonly Receipt[]> }
  /** Keeps what was refused. */
  readonly refusals: { record(refusal: Refusal): void }
  readonly signingKey: SigningKeySource
  readonly clock: Clock
  readonly logger: Pick<Logger, 'debug' | 'warn' | 'error'>
  /** How long a body may take to come in. */
  readonly readTimeoutMs: number
}

/** One request on its way in. */
interface Visit {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly receivedAt: number
  /** ms since then, by the steady clock. */
  readonly elapsedMs: () => number
  readonly sourceName: string
  readonly query: URLSearchParams
  readonly sender: Sender
  readonly door: Door | null
}

/** Takes events in: from the request to the receipt. */
export interface Intake {
  /** Answers a request to `/hooks/…`, whatever it holds. `awaitsContinue`: its sender asks before it sends the body. */
  handle(request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): void
  /** From now on every answer ends its connection. Resolves when no request is under way. */
  finish(): Promise<void>
}

const prefix = '/hooks/'
const noQuery = new URLSearchParams()
/** Bytes of bodies that all requests together may hold in memory. */
const maxHeldBytes = 256 * 1024 * 1024
/** Larger bodies are taken in one after the other. */
const largeBytes = 1024 * 1024
/** Requests a second from one address to sources that aren't there, before they count as a flood. */
const maxUnknownPerSecond = 20

const bug: Reason = {
  status: 503,
  code: 'not-stored',
  sentence: 'Patchbay met an error of its own while it read the request, and asked the sender to come back.',
}

export function createIntake(ports: IntakePorts): Intake {
  const { clock, logger } = ports
  const doors = new WeakMap<ConfiguredSource, Door | null>()
  const unknown = new TokenBuckets(maxUnknownPerSecond)
  const underWay = new UnderWay(maxHeldBytes)
  let lastLarge: Promise<void> = Promise.resolve()

  function doorOf(name: string): Door | null {
    const configured = ports.sources().get(name)
    if (configured === undefined) return null
    let door = doors.get(configured)
    if (door === undefined) doors.set(configured, (door = createDoor(configured, ports.signingKey, clock)))
    return door
  }

  function refuse(visit: Visit, reason: Reason, body: Buffer | null, unread: boolean): void {
    const { door, sender, request, response } = visit
    if (door !== null && isSendersFault(reason)) door.countRefused(sender)
    const reply = answerTo(reason, door, underWay.isFinishing)
    record(describeRefusal({ ...visit, headers: request.headers }, { ...reason, status: reply.status }, body))
    logger.debug(
      { source: visit.sourceName, status: reply.status, code: reason.code, sender: sender.counted },
      'request refused',
    )
    if (unread) answerUnread(request, response, reply)
    else answer(response, reply)
  }

  function record(refusal: Refusal): void {
    try {
      ports.refusals.record(refusal)
    } catch (error) {
      logger.error({ err: toError(error), source: refusal.sourceId }, 'a refusal could not be kept')
    }
  }

  async function receive(visit: Visit, door: Door, hold: (bytes: number) => boolean): Promise<void> {
    const read = await readBody(visit.request, { maxBytes: door.maxBytes, timeoutMs: ports.readTimeoutMs, hold })
    if (read.kind === 'gone') {
      return logger.debug(
        { source: visit.sourceName, sender: visit.sender.counted },
        'sender went away before the body was whole',
      )
    }
    if (read.kind !== 'whole') return refuse(visit, unfinished(read.kind, door, ports.readTimeoutMs), read.bytes, true)
    const raw = read.bytes
    await inTurn(raw.length, () => takeIn(visit, door, raw))
  }

  /** Lets large bodies through one at a time: read as text, parsed and bound to a statement, each is in memory several times over. */
  function inTurn(bytes: number, work: () => Promise<void>): Promise<void> {
    if (bytes <= largeBytes) return work()
    const done = lastLarge.then(work)
    lastLarge = done.catch(() => undefined)
    return done
  }

  async function takeIn(visit: Visit, door: Door, raw: Buffer): Promise<void> {
    const { headers } = visit.request
    const encoding = headers['content-encoding']
    const unpacked = (): Promise<Checked<Buffer>> | Checked<Buffer> =>
      encoding === undefined ? accepted(raw) : unpack(raw, encoding, door.maxBytes)
    const verdict = await door.verify({ headers, raw, query: visit.query, unpacked })
    if (!verdict.ok) return refuse(visit, verdict.reason, raw, false)
    const verifiedMs = visit.elapsedMs()
    const bytes = await unpacked()
    if (!bytes.ok) return refuse(visit, bytes.reason, raw, false)
    const parsed = readEvents(door, bytes.value, visit.query, headers['content-type'] ?? '')
    if (!parsed.ok) return refuse(visit, parsed.reason, bytes.value, false)
    const doubt = door.check(verdict.value, parsed.value)
    if (doubt !== null) return refuse(visit, doubt, bytes.value, false)
    const arrival = toArrival({ ...visit, headers, verifiedMs }, door, verdict.value, parsed.value)
    await store(visit, door, arrival, parsed.value.format, bytes.value)
  }

  async function store(
    visit: Visit,
    door: Door,
    arrival: Arrival,
    format: ParsedBody['format'],
    raw: Buffer,
  ): Promise<void> {
    let receipts: readonly Receipt[]
    try {
      receipts = await ports.journal.append(arrival)
    } catch (error) {
      logger.error({ err: toError(error), source: door.source.id }, 'events could not be stored')
      return refuse(
        visit,
        {
          status: 503,
          code: 'not-stored',
          sentence: `The events could not be stored, and their sender was asked to come back: ${toError(error).message}.`,
        },
        raw,
        false,
      )
    }
    const last = underWay.isFinishing
    if (format === 'outbound-message') {
      return answer(visit.response, {
        status: 200,
        contentType: 'text/xml; charset=utf-8',
        text: acknowledgement,
        last,
      })
    }
    const receipt = receipts.map(({ eventId, duplicate }) => ({ eventId, duplicate }))
    answer(visit.response, { status: 200, contentType: 'application/json', text: JSON.stringify({ receipt }), last })
  }

  function admit(request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): void {
    const hold = underWay.enter(response)
    const url = request.url ?? ''
    const mark = url.indexOf('?')
    const sourceName = url.slice(prefix.length, mark === -1 ? undefined : mark).replace(/\/$/, '')
    const query = mark === -1 ? noQuery : new URLSearchParams(url.slice(mark + 1))
    const door = doorOf(sourceName)
    const begun = clock.monotonic()
    const visit: Visit = {
      request,
      response,
      receivedAt: clock.now(),
      elapsedMs: () => clock.monotonic() - begun,
      sourceName,
      query,
      sender: readSender(request),
      door,
    }
    if (door === null) return refuse(visit, unknownSource(visit), null, !awaitsContinue)
    const reason = door.turnAway(request, visit.sender)
    if (reason !== null) return refuse(visit, reason, null, !awaitsContinue)
    if (awaitsContinue) response.writeContinue()
    receive(visit, door, hold).catch((error: unknown) => {
      logger.error({ err: toError(error), source: sourceName }, 'a request could not be handled')
      refuse(visit, bug, null, !request.complete)
    })
  }

  function handle(request: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): void {
    try {
      admit(request, response, awaitsContinue)
    } catch (error) {
      logger.error({ err: toError(error) }, 'a request could not be handled')
      answerUnread(request, response, answerTo(bug, null, true))
    }
  }

  function unknownSource(visit: Visit): Reason {
    if (!unknown.take(visit.sender.counted, clock.monotonic())) {
      return { status: 429, code: 'too-fast', sentence: `${visit.sender.counted} tries one address after the other.` }
    }
    return {
      status: 404,
      code: 'unknown-source',
      sentence: `There is no source "${visit.sourceName.slice(0, 63)}" to send to; compare the address at the sender with the one shown for the source.`,
    }
  }

  return { handle, finish: () => underWay.finish() }
}
