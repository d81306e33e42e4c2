import type { Clock } from '#main/base/clock.ts'
import { judgeBudget, openUpTo, tightest } from '#main/outbound/budget.ts'
import type { CallMeter } from '#main/outbound/call-meter.ts'
import type { Gate } from '#main/outbound/gate.ts'
import type { Admission } from '#main/outbound/worker.ts'
import type { BudgetSettings, Connection } from '#shared/domain/connection.ts'
import type { Budget } from '#shared/domain/health.ts'

export interface LineBudgetPorts {
  readonly connection: Connection
  readonly clock: Clock
  readonly meter: CallMeter
  readonly gate: Gate
  /** Calls used and allowed as the system said with its last answer. */
  readonly reported: () => { readonly used: number; readonly limit: number } | null
  /** The reserve was reached (with a sentence that says so), or there is room again. */
  readonly onReserve: (reason: string | null) => void
}

/** How long a system's own figure is believed (ms): it goes down while nobody calls, and only a call can tell. */
const figureMs = 15 * 60_000

/** Watches over the API calls of one connection: holds it when they are spent, and keeps replays back at the reserve. */
export class LineBudget {
  readonly #ports: LineBudgetPorts
  #isReserved: boolean

  constructor(ports: LineBudgetPorts, isReserved: boolean) {
    this.#ports = ports
    this.#isReserved = isReserved
  }

  /** The tightest budget, for the health page; null while no limit is known. */
  now(): Budget | null {
    return tightest([this.#reported(), this.#counted()].filter((one) => one !== null))
  }

  /** Whether the calls made until now are all that these settings allow. */
  isSpent(settings: BudgetSettings): boolean {
    return [this.#reported(settings), this.#counted(settings)].some((one) => one?.open === 'nobody')
  }

  /** Whether the system has still to say what is used: it does with each answer, and none has come since the line was opened. */
  get isAwaited(): boolean {
    const { connection, reported } = this.#ports
    return connection.kind === 'salesforce' && reported() === null
  }

  /** To be called after each answer, when the system has said what is used: draws the consequences. */
  look(): void {
    const { gate, clock } = this.#ports
    const now = clock.now()
    const spent = [this.#reported(), this.#counted()].find((one) => one?.open === 'nobody') ?? null
    const until = gate.hold?.state === 'limited' ? gate.hold.until : 0
    if (spent !== null && until <= now) this.#holdUntil(spent, this.#returnsAt(spent, now), now)
    this.admission(now)
  }

  /** Who may be leased under the budget as it is known now. */
  admission(now: number): Admission {
    const { meter, connection } = this.#ports
    const isFresh = meter.lastCallAt !== null && now - meter.lastCallAt < figureMs
    const budget = tightest([isFresh ? this.#reported() : null, this.#counted()].filter((one) => one !== null))
    // Spent, the gate holds it and lets a probe through when it is time.
    const isReserved = budget !== null && budget.open !== 'all'
    if (isReserved !== this.#isReserved) {
      this.#isReserved = isReserved
      this.#ports.onReserve(isReserved ? reserveSentence(connection.name, budget) : null)
    }
    if (!isReserved) return { upTo: openUpTo(null), askAgainAt: null }
    return { upTo: Math.max(openUpTo(budget), 0), askAgainAt: this.#returnsAt(budget, now) }
  }

  #holdUntil(spent: Budget, until: number, now: number): void {
    const { gate, connection } = this.#ports
    const share = spent.countedBy === 'system' ? ', but for the share that is left to people' : ''
    gate.failed(
      {
        class: 'limited',
        stage: 'deliver',
        code: 'BUDGET_SPENT',
        sentence: `The API calls of 24 hours to ${connection.name} are used up${share} (${ofLimit(spent)}).`,
        fix: 'Patchbay goes on by itself when the window returns. Raise the limit, or the shares in the connection, to go on sooner.',
        retryAt: until,
      },
      now,
      'read',
    )
  }

  #returnsAt(budget: Budget, now: number): number {
    const { meter, connection } = this.#ports
    if (budget.countedBy === 'system') return Math.max((meter.lastCallAt ?? now) + figureMs, now + 1_000)
    const share = budget.open === 'nobody' ? 0 : connection.settings.reserveForLive
    return meter.returnsAt(Math.floor((budget.limit * (100 - share)) / 100))
  }

  #reported(settings: BudgetSettings = this.#ports.connection.settings): Budget | null {
    const reported = this.#ports.reported()
    return reported === null ? null : judgeBudget({ ...reported, countedBy: 'system' }, settings)
  }

  #counted(settings: BudgetSettings = this.#ports.connection.settings): Budget | null {
    const limit = settings.dailyCalls
    if (limit === undefined) return null
    return judgeBudget({ used: this.#ports.meter.used(), limit, countedBy: 'patchbay' }, settings)
  }
}

function reserveSentence(name: string, budget: Budget): string {
  return `Replays and backfills wait: the rest of the API calls to ${name} is kept for live events (${ofLimit(budget)} used).`
}

function ofLimit({ used, limit }: Budget): string {
  return `${used.toLocaleString('en')} of ${limit.toLocaleString('en')}`
}
