import { createConnector } from '#main/connectors/registry.ts'
import type { Connection } from '#shared/domain/connection.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import { carryOut } from './carry-out.ts'
import type { CarryOutPorts } from './try-job.ts'
import { closeLine, openLine, type Line } from './line.ts'

export interface LinesPorts extends Omit<CarryOutPorts, 'lines'> {
  /** Whether the disk takes what a delivery would have to write down. */
  readonly mayWrite: () => boolean
  readonly onBug: (where: string, error: unknown) => void
}

/** The lines of all connections, by connection. */
export class Lines extends Map<ConnectionId, Line> {
  readonly #ports: LinesPorts
  /** Lines that were replaced and finish what they have begun. */
  readonly #leaving = new Map<Line, Promise<void>>()

  constructor(ports: LinesPorts) {
    super()
    this.#ports = ports
  }

  /** Opens the line of a connection, in place of one with older settings; that one finishes what it has begun. */
  reopen(id: ConnectionId): void {
    const { store, clock, configuration, pauses, mayWrite, onBug } = this.#ports
    const configured = configuration.connections.get(id)
    if (configured === undefined) return
    const old = this.get(id)
    const line = openLine({
      store,
      clock,
      connection: configured.value,
      connector: createConnector(configured.value, configured.secrets, clock),
      isPaused: () => !mayWrite() || pauses.holding({ connectionIds: [id] }) !== null,
      deliver: (lease, item, own) => carryOut(lease, item, own, { ...this.#ports, lines: this }),
      onBug: (error) => onBug('deliver', error),
    })
    this.set(id, line)
    if (old !== undefined && isLimitLifted(old, configured.value)) line.gate.release()
    line.worker.kick()
    if (old !== undefined) this.#leave(old)
  }

  /** Takes no more work for a connection; resolves when what runs has been recorded, or was cut short after `graceMs` and stays in its row. */
  async shut(id: ConnectionId, graceMs: number): Promise<void> {
    const line = this.get(id)
    this.delete(id)
    if (line !== undefined) this.#leave(line)
    const own = [...this.#leaving].filter(([one]) => one.connection.id === id)
    const timer = setTimeout(() => own.forEach(([{ tries }]) => tries.cutShort()), graceMs)
    await Promise.all(own.map(([, left]) => left)).finally(() => clearTimeout(timer))
  }

  #leave(line: Line): void {
    const left = closeLine(line).catch((error: unknown) => this.#ports.onBug('close', error))
    this.#leaving.set(line, left)
    void left.finally(() => this.#leaving.delete(line))
  }

  /** There may be work for everybody. */
  kick(): void {
    for (const line of this.values()) line.worker.kick()
  }

  /** Takes no more work and resolves when what runs has been recorded; what still runs after `graceMs` is cut short and stays in its row. */
  async close(graceMs: number): Promise<void> {
    const timer = setTimeout(() => {
      for (const { tries } of [...this.values(), ...this.#leaving.keys()]) tries.cutShort()
    }, graceMs)
    try {
      await Promise.all([...[...this.values()].map(closeLine), ...this.#leaving.values()])
    } finally {
      clearTimeout(timer)
    }
  }
}

/**
 * Whether the calls that are used up under the old settings are not under the new ones, so that nothing stands behind a limit any more. Should
 * the system have named that limit as well, the first call tells.
 */
function isLimitLifted({ gate, budget, connection }: Line, { settings }: Connection): boolean {
  return gate.hold?.state === 'limited' && budget.isSpent(connection.settings) && !budget.isSpent(settings)
}
