import type { Clock } from '#main/base/clock.ts'
import type { WorkItem } from '#main/outbound/work-item.ts'
import { priority } from '#shared/domain/delivery.ts'
import type { Failure } from '#shared/domain/failure.ts'
import type { Line } from './line.ts'
import { sourceHeld, sourceReserved } from './wait-outcomes.ts'

export interface SourceTurnPorts {
  readonly source: Pick<Line, 'connection' | 'gate' | 'budget' | 'readers'>
  readonly item: Pick<WorkItem, 'priority'>
  readonly clock: Clock
  readonly signal: AbortSignal
}

/**
 * The leave of one try to ask the system that its record comes from: taken with the first question, kept until the last. A try that has all
 * it needs never takes it, and is held by nothing that is wrong there.
 */
export class SourceTurn {
  readonly #ports: SourceTurnPorts
  #leave: (() => void) | null = null

  constructor(ports: SourceTurnPorts) {
    this.#ports = ports
  }

  /** null: go on and ask; else why that can't be now. */
  async take(): Promise<Failure | null> {
    if (this.#leave !== null) return null
    const { source, item, clock, signal } = this.#ports
    const { upTo, askAgainAt } = source.budget.admission(clock.now())
    if (item.priority > Math.max(upTo, priority.live)) return sourceReserved(source.connection, askAgainAt, clock.now())
    this.#leave = await source.readers.enter(signal)
    return this.#leave === null ? sourceHeld(source.connection, source.gate.hold, clock.now()) : null
  }

  end(): void {
    this.#leave?.()
    this.#leave = null
  }
}
