import type { Choices } from '#shared/domain/conflict.ts'
import type { Attempt, FieldChange } from '#shared/domain/delivery.ts'
import type { EventContent } from '#shared/domain/event.ts'
import type { Result } from '#shared/domain/failure.ts'
import type { Link } from '#shared/domain/link.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import type { RecordRef, RemoteRecord, SystemName, Values } from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'
import type { SyncedValues } from '#shared/logic/synced-values.ts'
import type { FieldConflict } from '#shared/logic/three-way.ts'

/** One delivery, as far as its transform has to know it. */
export interface PrepareInput {
  readonly event: EventContent & { readonly system: SystemName }
  readonly route: Route
  readonly mapping: MappingDocument
  /** The lane that the delivery runs in now. */
  readonly lane: string
  /** `live`, or a replay: `as-received` keeps to the event's own values, `current` reads the source as a live event would. */
  readonly mode: 'live' | 'as-received' | 'current'
  /** What a person has decided about fields that were parked. */
  readonly choices?: Choices
  /** What earlier tries of this delivery may have written without anybody having noted it. */
  readonly sentBefore?: readonly Values[]
}

/** What prepare asks of the world. Look-ups by value are made at the destination. */
export interface PreparePorts {
  fetch(ref: RecordRef, purpose: 'refetch' | 'look-up' | 'compare'): Promise<Result<RemoteRecord | null>>
  findByCrossReference(entity: string, foreignId: string): Promise<Result<readonly RemoteRecord[]>>
  findByField(entity: string, field: string, value: string): Promise<Result<readonly RemoteRecord[]>>
  /** The link of a record, ended ones included. */
  findLink(ref: RecordRef): Link | null
  /** The id of the record that a deleted one was merged into; null when it was not, or its system does not tell. */
  findWinner(ref: RecordRef): Promise<Result<string | null>>
  /**
   * Holds all these keys until the outcome is recorded, so that nobody else joins or creates a record by one of them
   * meanwhile. Answers null when they are held, else, holding none, the one that another delivery has.
   */
  holdKeys(keys: readonly string[]): Promise<string | null>
  readonly clock: { monotonic(): number }
}

export type Step = Attempt['steps'][number]

/** What the attempt's record says about the way here, however it ended. */
export interface Facts {
  readonly sourceValues: Values | null
  readonly sourceVersion: string | null
  readonly mappedValues: Values | null
  readonly beforeValues: Values | null
  readonly changes: readonly FieldChange[]
  readonly steps: readonly Step[]
  /** A sentence for the delivery's note, about how the source was read; null or absent when there is nothing to say. */
  readonly remark?: string | null
}

/**
 * What is to be done for a delivery:
 *
 * - `create`, `update`: write, then join the two records in the link with `synced`
 * - `unchanged`: nothing to write; the link is still to be brought up to date, or made where there is none
 * - `skip`: nothing to do, for a reason that a person can read
 * - `wait-lane`: give the lease back and go on in this lane, where the pair's other deliveries are
 * - `park`: a person has to choose between values
 * - `unlink`: one of the two records is gone; end the link and leave the other record as it is
 * - `move`: one of the two was merged into another record; that one has its link from now on
 */
export type Prepared =
  | {
      readonly kind: 'create'
      readonly entity: string
      readonly values: Values
      readonly foreignId: string
      readonly synced: SyncedValues
    }
  | {
      readonly kind: 'update'
      readonly destination: RemoteRecord
      readonly values: Values
      readonly conflicts: readonly FieldConflict[]
      readonly isNewLink: boolean
      readonly synced: SyncedValues
      /** What a person's choice changes at the source; written first. */
      readonly back?: { readonly record: RemoteRecord; readonly values: Values } | null
    }
  | {
      readonly kind: 'unchanged'
      readonly destination: RecordRef
      readonly destinationVersion: string | null
      readonly conflicts: readonly FieldConflict[]
      readonly isNewLink: boolean
      readonly synced: SyncedValues
    }
  | { readonly kind: 'skip'; readonly reason: string }
  | { readonly kind: 'wait-lane'; readonly lane: string }
  | { readonly kind: 'park'; readonly reason: string; readonly conflicts: readonly FieldConflict[] }
  | { readonly kind: 'unlink'; readonly link: Link; readonly gone: RecordRef; readonly reason: string }
  | {
      readonly kind: 'move'
      readonly link: Link
      readonly loser: RecordRef
      readonly winner: RecordRef
      /** `again`: the delivery itself has still to be carried over. */
      readonly rest: 'done' | 'again'
      readonly reason: string
    }

/** The outcome of prepare with the facts it found on the way, also when it failed. */
export interface Preparation {
  readonly result: Result<Prepared>
  readonly facts: Facts
}

/** Facts in the making, with the time each step took. */
export class Trace {
  sourceValues: Values | null = null
  sourceVersion: string | null = null
  mappedValues: Values | null = null
  beforeValues: Values | null = null
  changes: readonly FieldChange[] = []
  remark: string | null = null
  readonly steps: Step[] = []
  readonly #clock: PreparePorts['clock']

  constructor(clock: PreparePorts['clock']) {
    this.#clock = clock
  }

  /** Runs a step and notes its duration; a step done twice is noted once, with the sum. */
  async time<T>(step: Step['step'], work: () => Promise<T>): Promise<T> {
    const startedAt = this.#clock.monotonic()
    try {
      return await work()
    } finally {
      const durationMs = this.#clock.monotonic() - startedAt
      const at = this.steps.findIndex((known) => known.step === step)
      if (at === -1) this.steps.push({ step, durationMs })
      else this.steps[at] = { step, durationMs: durationMs + (this.steps[at]?.durationMs ?? 0) }
    }
  }

  facts(): Facts {
    const { sourceValues, sourceVersion, mappedValues, beforeValues, changes, steps, remark } = this
    return { sourceValues, sourceVersion, mappedValues, beforeValues, changes, steps, remark }
  }
}
