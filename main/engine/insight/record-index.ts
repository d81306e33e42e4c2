import { setTimeout as wait } from 'node:timers/promises'
import { isKnown, noteRecord } from '#main/store/known-records.ts'
import { parseColumn } from '#main/store/read/json.ts'
import type { Store } from '#main/store/store.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { EventId } from '#shared/domain/ids.ts'
import type { SystemName, Values } from '#shared/domain/record.ts'

export interface RecordIndexPorts {
  readonly store: Store
  /** Whether the disk takes what is to be written. */
  readonly mayWrite: () => boolean
  readonly onBug: (error: unknown) => void
}

/** Events are taken in for so long before they are looked at (ms): most of them end meanwhile, and are looked at once. */
const gatherMs = 2_000
/** Records entered in one commit: a millisecond or two. */
const atOnce = 20
/** Rest between two commits (ms). */
const restMs = 20
/** Events before the one that the cursor names, which a crash may have kept from being entered with their last names. */
const lookBack = 2_000
const cursorName = 'known-records'

interface EventRow {
  readonly id: EventId
  readonly system: SystemName
  readonly entity: string
  readonly record_id: string
  readonly title: string | null
  readonly received_at: number
  readonly ended_at: number | null
}

/** Records with more characters than this are not read for the words in them. */
const longestRead = 64 * 1024

/**
 * Enters records into the index that they are searched by, after the commits that told of them.
 *
 * Beside the work and in light commits; a cursor row says up to which event it was done, and the start goes on from a little before.
 */
export class RecordIndex {
  readonly #ports: RecordIndexPorts
  readonly #changed = new Set<EventId>()
  readonly #stop = new AbortController()
  /** Ends the wait for more. */
  #hurry = new AbortController()
  #working: Promise<void> | null = null

  constructor(ports: RecordIndexPorts) {
    this.#ports = ports
  }

  /** Takes up what was stored before this start and never entered. */
  start(): void {
    this.#work(() => this.#catchUp())
  }

  /** These events were stored or changed. */
  note(events: ReadonlySet<EventId>): void {
    for (const id of events) this.#changed.add(id)
    if (this.#changed.size > 0) this.#work(() => this.#gather())
  }

  /** Enters what was noted so far, without waiting for more. */
  async flush(): Promise<void> {
    this.#hurry.abort()
    this.#hurry = new AbortController()
    await this.#working
    await this.#enterNoted()
  }

  async stop(): Promise<void> {
    this.#stop.abort()
    await this.#working
  }

  #work(work: () => Promise<void>): void {
    if (this.#working !== null || this.#stop.signal.aborted) return
    this.#working = work()
      .catch((error: unknown) => {
        if (!this.#stop.signal.aborted) this.#ports.onBug(error)
      })
      .finally(() => {
        this.#working = null
        if (this.#changed.size > 0) this.#work(() => this.#gather())
      })
  }

  async #gather(): Promise<void> {
    await this.#rest(gatherMs, this.#hurry.signal)
    await this.#enterNoted()
  }

  async #enterNoted(): Promise<void> {
    const { store, mayWrite } = this.#ports
    while (this.#changed.size > 0 && mayWrite() && !this.#stop.signal.aborted) {
      const some: EventId[] = []
      for (const id of this.#changed) {
        if (some.length === atOnce) break
        some.push(id)
      }
      // One that changes once more while it is entered has to come again.
      for (const id of some) this.#changed.delete(id)
      try {
        await store.writeLight((tx) => {
          for (const id of some) enter(tx, loadEvent(tx, id))
          moveCursor(tx, Math.max(...some))
        })
      } catch (thrown) {
        for (const id of some) this.#changed.add(id)
        throw thrown
      }
      await this.#rest(restMs)
    }
  }

  async #catchUp(): Promise<void> {
    const { store, mayWrite } = this.#ports
    let after = Math.max(0, store.read(loadCursor) - lookBack)
    while (!this.#stop.signal.aborted) {
      if (!mayWrite()) {
        await this.#rest(gatherMs)
        continue
      }
      const last = await store.writeLight((tx) => {
        const rows = tx.all<{ id: EventId }>('select id from events where id > ? order by id limit ?', after, atOnce)
        for (const { id } of rows) enter(tx, loadEvent(tx, id))
        const reached = rows.at(-1)?.id ?? null
        if (reached !== null) moveCursor(tx, reached)
        return reached
      })
      if (last === null) return
      after = last
      await this.#rest(restMs)
    }
  }

  async #rest(ms: number, orUntil?: AbortSignal): Promise<void> {
    const ends = [this.#stop.signal, ...(orUntil === undefined ? [] : [orUntil])]
    await wait(ms, undefined, { signal: AbortSignal.any(ends), ref: false }).catch(() => undefined)
  }
}

function loadEvent(tx: Transaction, id: EventId): EventRow | undefined {
  return tx.get<EventRow>(
    'select id, system, entity, record_id, title, received_at, ended_at from events where id = ?',
    id,
  )
}

function enter(tx: Transaction, row: EventRow | undefined): void {
  if (row === undefined) return
  const ref = { system: row.system, entity: row.entity, id: row.record_id }
  // One that has not ended is noted again when it does; until then it is enough that its record is known at all.
  if (row.ended_at === null && isKnown(tx, ref)) return
  noteRecord(tx, { ref, title: row.title, values: () => valuesOf(tx, row.id), at: row.received_at })
}

function valuesOf(tx: Transaction, id: EventId): Values {
  const row = tx.get<{ content: string | null }>(
    'select iif(length(content) <= ?, content, null) as content from payloads where event_id = ?',
    longestRead,
    id,
  )
  return parseColumn<Values | null>(row?.content ?? null, null) ?? {}
}

function loadCursor(tx: Transaction): number {
  return Number(tx.get<{ value: string }>('select value from cursors where name = ?', cursorName)?.value ?? 0)
}

function moveCursor(tx: Transaction, id: number): void {
  tx.run(
    `insert into cursors (name, value, moved_at) values (?, ?, 0)
     on conflict do update set value = excluded.value where cast(excluded.value as integer) > cast(value as integer)`,
    cursorName,
    String(id),
  )
}
