import type { Clock } from '#main/base/clock.ts'
import { toError } from '#main/base/errors.ts'
import type { Logger } from '#main/base/logger.ts'
import type { Commanded } from '#main/relay.ts'
import { listBackups, makeBackup } from '#main/store/backups.ts'
import { audit } from '#main/store/configuration.ts'
import { Guard } from '#main/store/guard.ts'
import { keep } from '#main/store/keeper.ts'
import { Reserve } from '#main/store/reserve.ts'
import { orderedRestore } from '#main/store/restore.ts'
import {
  loadRoomSamples,
  loadStorageSettings,
  loadUpkeep,
  noteRoom,
  saveStorageSettings,
  saveUpkeep,
  type Upkeep,
} from '#main/store/storage-settings.ts'
import type { Store } from '#main/store/store.ts'
import type { ComponentHealth } from '#shared/domain/health.ts'
import type { BackupFile, StorageReport, StorageSettings, UpkeepResult } from '#shared/domain/storage.ts'
import { forecastRoom } from '#shared/logic/room-forecast.ts'
import { ClockWatch } from './housekeeping-clock.ts'
import { runRetention } from './housekeeping-retention.ts'
import { catchUpSearch } from './housekeeping-search.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const weekMs = 7 * dayMs
/** How often the clock and the disk are looked at (ms). */
const lookMs = 1_000
/** The disk is left alone for so long after a start (ms), and upkeep waits for so long. */
const firstLookMs = 5_000
const firstUpkeepMs = 60_000
/** After the clock leapt forward by as much as this, nothing is taken away for a day of running: the clock may be wrong. */
const leapMs = weekMs

export interface HousekeepingPorts {
  readonly store: Store
  readonly clock: Clock
  readonly logger: Logger
  /** Bytes kept aside on the disk; 0 for none. */
  readonly reserveBytes: number
  /** Whether backups are made daily, and not only on demand. */
  readonly backsUpDaily: boolean
  /** Whether the store can be worked with has changed. */
  readonly onChange: () => void
  /** The clock was set back: nothing may be held until a time that is far away now. */
  readonly onClockSetBack: () => void
}

/** Looks after the database while the relay works: room, retention, backups, checks, and the clock that all is planned by. */
export class Housekeeping {
  readonly guard: Guard
  readonly #ports: HousekeepingPorts
  readonly #reserve: Reserve
  readonly #clockWatch: ClockWatch
  readonly #stop = new AbortController()
  readonly #startedAt: number
  #timer: NodeJS.Timeout | null = null
  #nextUpkeepAt: number
  /** On the steady clock. */
  #keepsAllUntil = 0
  #isTooLarge = false
  #last: Promise<unknown> = Promise.resolve()
  #indexing: Promise<unknown> | null = null

  constructor(ports: HousekeepingPorts) {
    const { store, clock } = ports
    this.#ports = ports
    this.#reserve = new Reserve(store.file, ports.reserveBytes)
    this.guard = new Guard({ store, reserve: this.#reserve, clock, onChange: ports.onChange })
    this.#clockWatch = new ClockWatch({
      store,
      clock,
      onSet: (byMs) => this.#clockSet(byMs),
      onBug: (error) => this.#warn(error, 'what waits could not be planned anew'),
    })
    this.#startedAt = clock.monotonic()
    this.#nextUpkeepAt = this.#startedAt + firstUpkeepMs
  }

  /** Begins its rounds. After a stop that was none, the file is looked through at once, beside the work. */
  start(): void {
    const { store, clock } = this.#ports
    const newest = store.read((tx) =>
      tx.get<{ at: number }>('select received_at as at from events order by id desc limit 1'),
    )
    if (newest !== undefined && clock.now() - newest.at > leapMs) this.#keepAllForADay()
    this.#clockWatch.start()
    if (!store.endedCleanly) void this.#inTurn(() => this.#check(false))
    this.#timer = setInterval(() => this.#look(), lookMs)
    this.#timer.unref()
  }

  async stop(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#stop.abort()
    await Promise.all([this.#last, this.#indexing, this.#reserve.stop(), this.#clockWatch.stop()])
  }

  /** Compares the clocks now; to be called before anything is decided by the wall clock. */
  lookAtClock(): void {
    this.#clockWatch.look()
  }

  /** Retention, and what else is due, now. */
  runUpkeep(): Promise<void> {
    return this.#inTurn(() => this.#upkeep())
  }

  health(): ComponentHealth {
    const guarded = this.guard.health()
    if (guarded.state !== 'ok') return guarded
    const failed = this.#ports.store.read((tx) =>
      (['check', 'backup'] as const).map((what) => loadUpkeep(tx, what)).find((one) => one?.ok === false),
    )
    if (failed !== undefined && failed !== null) {
      const nextStep = 'Patchbay tries again within a day; look at the storage page.'
      return { state: 'degraded', since: failed.at, reason: failed.sentence, nextStep }
    }
    if (!this.#isTooLarge) return guarded
    return {
      state: 'degraded',
      since: null,
      reason: 'The database is larger than its limit, and nothing in it is old enough to be taken away.',
      nextStep: 'Raise the limit, or end what has not ended: parked deliveries and those that wait are always kept.',
    }
  }

  /** null when the disk does not say. */
  diskFreeBytes(): number | null {
    return this.#reserve.diskFreeBytes()
  }

  report(): StorageReport {
    const { store, clock } = this.#ports
    const { usedBytes } = store.usage()
    const { settings, samples, ...last } = store.read((tx) => ({
      settings: loadStorageSettings(tx),
      samples: loadRoomSamples(tx),
      lastBackup: loadUpkeep(tx, 'backup'),
      lastCheck: loadUpkeep(tx, 'check'),
      lastRetention: loadUpkeep(tx, 'retention'),
      lastRestore: loadUpkeep(tx, 'restore'),
    }))
    return {
      ...this.health(),
      ...last,
      settings,
      history: samples,
      forecast: forecastRoom(samples, { at: clock.now(), bytes: usedBytes }, settings.maxBytes),
      restoresNext: orderedRestore(store.file),
      databaseFile: store.file,
      usedBytes,
      diskFreeBytes: this.#reserve.diskFreeBytes(),
      reserveBytes: this.#reserve.heldBytes,
      backups: [...listBackups(store.file)],
    }
  }

  async saveSettings(settings: StorageSettings, who: string): Promise<Commanded<StorageSettings>> {
    await this.#ports.store.write((tx) => {
      saveStorageSettings(tx, settings)
      const detail = `${settings.retentionDays} days, ${settings.maxBytes} bytes`
      audit(tx, { at: this.#ports.clock.now(), who, action: 'save', subject: 'storage', detail })
    })
    // Whoever makes less room wants to see it soon.
    this.#nextUpkeepAt = Math.min(this.#nextUpkeepAt, this.#ports.clock.monotonic() + lookMs)
    return { ok: true, value: settings }
  }

  async backUp(who: string): Promise<Commanded<BackupFile>> {
    const { store, clock } = this.#ports
    const result = await this.#inTurn(() => this.#backUp())
    await store.write((tx) =>
      audit(tx, { at: clock.now(), who, action: 'backup', subject: 'storage', detail: result.sentence }),
    )
    const [newest] = listBackups(store.file)
    return result.ok && newest !== undefined
      ? { ok: true, value: newest }
      : { ok: false, code: 'CONFLICT', reason: result.sentence }
  }

  /** Looks through the whole file, indexes included. */
  async check(): Promise<Commanded<UpkeepResult>> {
    return { ok: true, value: await this.#inTurn(() => this.#check(true)) }
  }

  #look(): void {
    const { clock } = this.#ports
    this.#clockWatch.look()
    const now = clock.monotonic()
    if (now - this.#startedAt > firstLookMs || !this.guard.isOpen) void this.guard.look()
    if (!this.guard.isOpen) return
    this.#index()
    if (now < this.#nextUpkeepAt) return
    this.#nextUpkeepAt = now + hourMs
    void this.runUpkeep().catch((error: unknown) => this.#warn(error, 'upkeep of the database failed'))
  }

  #index(): void {
    const { store, clock } = this.#ports
    const mayWrite = (): boolean => this.guard.isOpen
    this.#indexing ??= catchUpSearch({ store, clock, mayWrite, signal: this.#stop.signal })
      .catch((error: unknown) => this.#warn(error, 'the search index could not be filled'))
      .finally(() => (this.#indexing = null))
  }

  /** One after the other: they would get in each other's way on the disk. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }

  async #upkeep(): Promise<void> {
    const { store, clock, backsUpDaily } = this.#ports
    if (clock.monotonic() >= this.#keepsAllUntil) await this.#retain()
    await store.writeLight((tx) => noteRoom(tx, { at: clock.now(), bytes: store.usage().usedBytes }))
    const [newest] = listBackups(store.file)
    if (backsUpDaily && this.#isDue(newest?.madeAt, dayMs)) await this.#backUp()
    const checked = store.read((tx) => loadUpkeep(tx, 'check'))
    if (checked === null) await this.#note('check', { ok: true, sentence: 'New; not checked yet.' })
    else if (this.#isDue(checked.at, weekMs)) await this.#check(true)
  }

  /** A last time that lies in the future tells of a clock that was wrong then. */
  #isDue(lastAt: number | undefined, everyMs: number): boolean {
    if (this.#stop.signal.aborted) return false
    return lastAt === undefined || Math.abs(this.#ports.clock.now() - lastAt) >= everyMs
  }

  async #retain(): Promise<void> {
    const { store, clock } = this.#ports
    const settings = store.read(loadStorageSettings)
    const done = await runRetention(settings, { store, clock, signal: this.#stop.signal })
    if (done.isStillTooLarge !== this.#isTooLarge) {
      this.#isTooLarge = done.isStillTooLarge
      this.#ports.onChange()
    }
    if (done.events + done.others === 0) return
    const sentence = `${done.events} events and ${done.others} other rows that were older than ${settings.retentionDays} days, or too many, were taken away.`
    await this.#note('retention', { ok: true, sentence })
  }

  async #backUp(): Promise<UpkeepResult> {
    const { store, clock } = this.#ports
    const needed = store.usage().usedBytes
    const free = this.#reserve.diskFreeBytes()
    if (free !== null && free < needed * 1.1) {
      const sentence = `No backup was made: it needs ${megabytes(needed)}, and the disk has ${megabytes(free)}.`
      return this.#note('backup', { ok: false, sentence })
    }
    const made = await makeBackup(store.file, clock.now(), this.#stop.signal)
    if (made.ok) return this.#note('backup', { ok: true, sentence: `A backup was made and checked: ${made.file}.` })
    // Either the copy went wrong or the database itself is damaged; a look at the database tells which.
    if (made.trouble === 'damaged') await this.#check(true)
    return this.#note('backup', { ok: false, sentence: `No backup could be made: ${made.detail}.` })
  }

  async #check(thorough: boolean): Promise<UpkeepResult> {
    const { store, logger } = this.#ports
    const kept = await keep({ kind: 'check', file: store.file, thorough }, this.#stop.signal)
    if (kept.ok) return this.#note('check', { ok: true, sentence: 'The database was looked through and is sound.' })
    if (this.#stop.signal.aborted) return { at: this.#ports.clock.now(), ok: false, sentence: 'It was stopped.' }
    logger.error({ detail: kept.detail }, 'the check of the database failed')
    if (kept.trouble === 'damaged') this.guard.meet('damaged', kept.detail)
    const told = kept.trouble === 'damaged' ? 'The database is damaged' : 'The database could not be checked'
    return this.#note('check', { ok: false, sentence: `${told}: ${kept.detail}.` })
  }

  async #note(what: Upkeep, result: Omit<UpkeepResult, 'at'>): Promise<UpkeepResult> {
    const noted = { at: this.#ports.clock.now(), ...result }
    // What can't be written down is told by the guard.
    await this.#ports.store.write((tx) => saveUpkeep(tx, what, noted)).catch(() => undefined)
    return noted
  }

  #clockSet(byMs: number): void {
    this.#ports.logger.warn({ byMs }, 'the clock was set, or the machine slept')
    if (byMs > leapMs) this.#keepAllForADay()
    if (byMs < 0) this.#ports.onClockSetBack()
  }

  #keepAllForADay(): void {
    this.#keepsAllUntil = this.#ports.clock.monotonic() + dayMs
  }

  #warn(error: unknown, sentence: string): void {
    this.#ports.logger.error({ err: toError(error) }, sentence)
  }
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_048_576).toLocaleString('en')} MB`
}
