import type { Clock } from '#main/base/clock.ts'
import { toError } from '#main/base/errors.ts'
import type { Logger } from '#main/base/logger.ts'
import { QueueClient, type QueueRow } from '#main/connectors/connectwise/sql/queue-client.ts'
import type { Arrival, Receipt } from '#shared/domain/arrival.ts'
import { failed, ok, type Failure, type Result } from '#shared/domain/failure.ts'
import type { SourceOf } from '#shared/domain/source.ts'
import { inspectListener, type Finding } from './listener-finding.ts'
import { PollPace, type PollResult } from './poll-pace.ts'
import { readRow, toArrival } from './queue-arrival.ts'

/** How the source stands. `degraded`: events come, but something needs attention. `down`: none come. */
export interface PollerState {
  readonly state: 'ok' | 'degraded' | 'down'
  readonly reason: string | null
  readonly nextStep: string | null
}

export interface QueuePollerPorts {
  readonly source: SourceOf<'connectwise-sql'>
  readonly password: string
  /** Resolves once the arrival is on disk; rejects when it can't be stored. */
  readonly journal: { append(arrival: Arrival): Promise<readonly Receipt[]> }
  readonly clock: Clock
  /** Called when the state has changed; never from within a call of the poller. */
  readonly onState: (state: PollerState) => void
  readonly logger?: Logger
}

export interface QueuePoller {
  start(): void
  /** Polls at once, whatever the pace; resolves when that poll has ended, well or not. */
  pollNow(): Promise<void>
  /** Finishes the batch under way and signs off. Cannot be started again. */
  stop(): Promise<void>
}

/** ms between looks at the triggers and at rows that were set aside. */
const inspectEveryMs = 60_000

/**
 * Moves rows from the queue in the ConnectWise database into the journal: lease -> journal -> acknowledge, and again at
 * once while batches are full. A row leaves the queue only after its event is on disk; a row that is not acknowledged, for
 * whatever reason, comes again when its lease ends and is recognised by its dedupe key if it was stored before.
 * Goes on for ever, with growing rests while the server can't be reached.
 */
export function createQueuePoller(ports: QueuePollerPorts): QueuePoller {
  return new Poller(ports)
}

class Poller implements QueuePoller {
  readonly #ports: QueuePollerPorts
  readonly #client: QueueClient
  readonly #pace: PollPace
  #loop: Promise<void> | null = null
  #poll: Promise<unknown> = Promise.resolve()
  #isStopping = false
  #wake: () => void = () => undefined
  #reported: PollerState | null = null
  #finding: Finding | null = null
  #inspectedAt: number | null = null
  /** Until when rows that could not be stored are kept back by their lease, on the steady clock. */
  #owedUntil: number | null = null

  constructor(ports: QueuePollerPorts) {
    const { settings } = ports.source
    this.#ports = ports
    this.#client = new QueueClient(settings, ports.password)
    this.#pace = new PollPace(settings.busyPollMs, settings.idlePollMs)
  }

  start(): void {
    this.#loop ??= this.#run()
  }

  async pollNow(): Promise<void> {
    await this.#pollInTurn()
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    this.#wake()
    this.#client.stopConnecting()
    await this.#poll
    await this.#loop
    await this.#client.close()
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      const result = await this.#pollInTurn()
      if (!this.#isStopping) await this.#rest(this.#pace.after(result))
    }
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** One poll at a time; a second caller's begins when the first has ended. */
  #pollInTurn(): Promise<PollResult> {
    const poll = this.#poll.then(() => this.#pollQueue())
    this.#poll = poll
    return poll
  }

  async #pollQueue(): Promise<PollResult> {
    const { batchSize, leaseSeconds } = this.#ports.source.settings
    let result: PollResult = 'none'
    while (!this.#isStopping) {
      const leased = await this.#client.lease(batchSize, leaseSeconds)
      if (!leased.ok) return this.#fail(leased.failure)
      const handedOver = await this.#handOver(leased.value)
      if (!handedOver.ok) return this.#fail(handedOver.failure)
      const inspected = await this.#inspect()
      if (!inspected.ok) return this.#fail(inspected.failure)
      this.#reportWell()
      if (leased.value.length > 0) result = 'rows'
      if (leased.value.length < batchSize) break
    }
    return result
  }

  /** Stores what the rows say, then takes them off the queue. */
  async #handOver(rows: readonly QueueRow[]): Promise<Result<null>> {
    const [first] = rows
    if (first === undefined) return ok(null)
    const { clock } = this.#ports
    const begun = clock.monotonic()
    const received = { receivedAt: clock.now(), elapsedMs: () => clock.monotonic() - begun }
    const read = rows.map((row) => readRow(row, this.#ports.source.settings.database))
    const good = read.filter((one) => 'item' in one)
    if (good.length > 0) {
      const stored = await this.#store(
        toArrival(
          this.#ports.source,
          good.map((one) => one.item),
          received,
        ),
      )
      if (!stored.ok) return stored
      const acknowledged = await this.#client.acknowledge(
        first.token,
        good.map((one) => one.row.id),
      )
      if (!acknowledged.ok) return acknowledged
    }
    for (const one of read) {
      if ('item' in one) continue
      const setAside = await this.#client.setAside(first.token, one.row.id, one.problem)
      if (!setAside.ok) return setAside
      this.#ports.logger?.warn({ source: this.#ports.source.id, row: one.row }, one.problem)
      this.#inspectedAt = null
    }
    return ok(null)
  }

  async #store(arrival: Arrival): Promise<Result<null>> {
    try {
      await this.#ports.journal.append(arrival)
      this.#owedUntil = null
      return ok(null)
    } catch (thrown) {
      this.#ports.logger?.error(
        { source: arrival.sourceId, err: toError(thrown) },
        'the journal refused a batch of the queue',
      )
      const { leaseSeconds } = this.#ports.source.settings
      this.#owedUntil = this.#ports.clock.monotonic() + leaseSeconds * 1_000
      const many = arrival.items.length === 1 ? 'One change' : `${arrival.items.length} changes`
      return failed({
        class: 'transient',
        stage: 'store',
        code: 'not-stored',
        sentence: `${many} read from the ConnectWise queue could not be stored on this computer; the queue keeps them and gives them again within ${leaseSeconds} seconds.`,
        fix: 'Check that the disk of this computer has room.',
      })
    }
  }

  async #inspect(): Promise<Result<null>> {
    const now = this.#ports.clock.monotonic()
    if (this.#inspectedAt !== null && now - this.#inspectedAt < inspectEveryMs) return ok(null)
    const inspected = await inspectListener(this.#client)
    if (!inspected.ok) return inspected
    this.#finding = inspected.value
    this.#inspectedAt = now
    return ok(null)
  }

  #fail(failure: Failure): PollResult {
    // A poll that stop() has ended is no news about the server.
    if (!this.#isStopping) {
      const state = failure.stage === 'store' ? 'degraded' : 'down'
      this.#report({
        state,
        reason: failure.sentence,
        nextStep: failure.fix ?? 'Nothing: Patchbay tries again by itself.',
      })
    }
    this.#inspectedAt = null
    return failure.class === 'auth' ? 'refused' : 'failed'
  }

  #reportWell(): void {
    // An empty queue is no good news while rows that could not be stored are still under their lease.
    if (this.#owedUntil !== null && this.#ports.clock.monotonic() < this.#owedUntil) return
    this.#owedUntil = null
    const finding = this.#finding
    this.#report(finding === null ? { state: 'ok', reason: null, nextStep: null } : { state: 'degraded', ...finding })
  }

  #report(state: PollerState): void {
    if (this.#reported?.state === state.state && this.#reported.reason === state.reason) return
    this.#reported = state
    this.#ports.logger?.info({ source: this.#ports.source.id, ...state }, 'polling of the ConnectWise queue')
    this.#ports.onState(state)
  }
}
