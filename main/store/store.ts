import { toError } from '#main/base/errors.ts'
import { addArrivals } from './counts.ts'
import { migrate } from './migrate.ts'
import { openForWriting, type Connection } from './open.ts'
import { refuseHalfRestored } from './restore.ts'
import { explainOpening, troubleOf, type Trouble } from './trouble.ts'
import { emptyNotes, Transaction, type CommitNotes, type Statement } from './transaction.ts'

interface Job {
  readonly isLight: boolean
  readonly isUrgent: boolean
  readonly work: (tx: Transaction) => unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** A commit takes in new work for at most this long, so that nobody waits behind a crowd (ms). */
const longestBatchMs = 20
/** Stands in the settings while a writer has the file open. */
const openMark = 'open'
/** The longest wait for company before a commit (ms): a flush to disk costs as much for one as for fifty. */
const companyMs = 2

/** One of the jobs of a batch threw; which one, and whether others would, comes out when each is run apart. */
class JobFailure extends Error {}

/**
 * The database's one writer.
 *
 * Work handed in during one turn of the event loop shares one commit: while a commit waits for the disk, the next crowd
 * gathers in the sockets. A promise resolves only after its commit is safe against power loss.
 */
export class Store {
  readonly file: string
  readonly #db: Connection
  readonly #statements = new Map<string, Statement>()
  readonly #listeners = new Set<(notes: CommitNotes) => void>()
  readonly #tx: Transaction
  #jobs: Job[] = []
  #scheduled = false
  #idle: (() => void)[] = []
  #isClosed = false
  #onTrouble: (trouble: Trouble) => boolean = () => false
  /** False when the process that had the file open before did not close it: a crash, a kill, the power. */
  readonly endedCleanly: boolean

  /** @throws PlainError when the file can't be opened or brought to today's shape; it is left as it is then. */
  constructor(file: string) {
    refuseHalfRestored(file)
    this.file = file
    this.#db = openForWriting(file)
    this.#tx = new Transaction(this.#db, this.#statements, emptyNotes())
    try {
      migrate(this.#db, `${file}.before-upgrade`)
      this.endedCleanly = this.#markOpen()
    } catch (thrown) {
      this.#db.close()
      throw troubleOf(thrown) === null ? thrown : explainOpening(file, thrown)
    }
  }

  /**
   * Runs `work` in the next group commit and answers what it returned once that is on disk.
   *
   * Work that throws is undone alone and rejects alone; a commit that fails (disk full, file gone) rejects all it held.
   */
  write<T>(work: (tx: Transaction) => T): Promise<T> {
    return this.#add(work, { isLight: false, isUrgent: false })
  }

  /** Like `write`, but first in the next commit: for what a person orders, which must not queue behind bulk work. */
  writeUrgent<T>(work: (tx: Transaction) => T): Promise<T> {
    return this.#add(work, { isLight: false, isUrgent: true })
  }

  /**
   * Like `write`, for work that may be lost with the power because a sweep over the rows does it again: leases and routing.
   * It does not wait for the disk unless somebody in the same commit does. Commits keep their order either way.
   */
  writeLight<T>(work: (tx: Transaction) => T): Promise<T> {
    return this.#add(work, { isLight: true, isUrgent: false })
  }

  #add<T>(work: (tx: Transaction) => T, kind: Pick<Job, 'isLight' | 'isUrgent'>): Promise<T> {
    if (this.#isClosed) return Promise.reject(new Error('the store is closed'))
    return new Promise<T>((resolve, reject) => {
      const { isLight, isUrgent } = kind
      const job: Job = { isLight, isUrgent, work, resolve: resolve as (value: unknown) => void, reject }
      const behind = isUrgent ? this.#jobs.findIndex((one) => !one.isUrgent) : -1
      if (behind === -1) this.#jobs.push(job)
      else this.#jobs.splice(behind, 0, job)
      this.#schedule()
    })
  }

  /** Small reads on the writer's own connection; they see everything committed so far. */
  read<T>(work: (tx: Transaction) => T): T {
    return work(this.#tx)
  }

  /** Calls `listener` after each commit; answers with the way to stop that. */
  onCommit(listener: (notes: CommitNotes) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The value of a pragma, for checks. */
  pragma(name: string): unknown {
    return this.#db.pragma(name, { simple: true })
  }

  /** The text of every statement run so far, for checks of how they find their rows. */
  statements(): readonly string[] {
    return [...this.#statements.values()].map(({ source }) => source)
  }

  /**
   * Has `listener` called when a commit fails because of the file as a whole. When it answers that it has made room, the work of
   * that commit is done again; else its callers are told.
   */
  onTrouble(listener: (trouble: Trouble) => boolean): void {
    this.#onTrouble = listener
  }

  /** Bytes that hold something, and bytes of the file that could be given back. */
  usage(): { readonly usedBytes: number; readonly unusedBytes: number } {
    const number = (name: string): number => this.#db.pragma(name, { simple: true }) as number
    const size = number('page_size')
    const unused = number('freelist_count')
    return { usedBytes: (number('page_count') - unused) * size, unusedBytes: unused * size }
  }

  /** Gives up to `pages` unused pages back to the file system; losing this with the power loses nothing. */
  shrink(pages: number): void {
    this.#db.exec('pragma synchronous = NORMAL')
    try {
      this.#db.exec(`pragma incremental_vacuum(${pages})`)
    } finally {
      this.#db.exec('pragma synchronous = FULL')
    }
  }

  /** Resolves when nothing waits to be written. */
  drain(): Promise<void> {
    if (!this.#scheduled) return Promise.resolve()
    return new Promise((resolve) => this.#idle.push(resolve))
  }

  /** Writes what waits, folds the log into the file and closes it. What is handed in later is refused. */
  async close(): Promise<void> {
    await this.drain()
    if (this.#isClosed) return
    this.#isClosed = true
    try {
      this.#tx.run('delete from settings where key = ?', openMark)
      this.#db.pragma('wal_checkpoint(TRUNCATE)')
    } catch {
      // On a full disk the log stays beside the file, and the mark in it: the next start reads both.
    }
    this.#db.close()
  }

  /** Marks the file as open; answers whether it was closed before. */
  #markOpen(): boolean {
    try {
      return this.#tx.run('insert or ignore into settings (key, value) values (?, ?)', openMark, 'open').changes === 1
    } catch (thrown) {
      // A full disk is no reason not to start: what needs no room can go on, and there may be room again soon.
      if (troubleOf(thrown) === 'full') return false
      throw thrown
    }
  }

  /** Commits at the end of this turn of the event loop, or a few turns later as long as more and more work comes in. */
  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    const since = performance.now()
    let seen = 0
    const gather = (): void => {
      const isGrowing = this.#jobs.length > seen && performance.now() - since < companyMs
      seen = this.#jobs.length
      if (isGrowing) setImmediate(gather)
      else this.#commit()
    }
    setImmediate(gather)
  }

  #commit(): void {
    const notes = emptyNotes()
    const settled = this.#runBatch(notes)
    this.#scheduled = false
    for (const settle of settled) settle()
    for (const listener of this.#listeners) listener(notes)
    if (this.#jobs.length > 0) this.#schedule()
    else for (const idle of this.#idle.splice(0)) idle()
  }

  /**
   * Runs a batch in one transaction; answers the settlements to be made now that it is safe (or lost).
   *
   * Work that throws is rare, and a savepoint has SQLite copy each page the work touches. So the batch is run without at first, and
   * `apart`, each job in a savepoint of its own, only once one of them has thrown.
   */
  #runBatch(notes: CommitNotes, apart = false): (() => void)[] {
    const settled: (() => void)[] = []
    const taken: Job[] = []
    const tx = new Transaction(this.#db, this.#statements, notes)
    const isLight = this.#jobs.every((job) => job.isLight)
    try {
      if (isLight) this.#db.exec('pragma synchronous = NORMAL')
      this.#tx.run('begin immediate')
      const started = performance.now()
      let next = 0
      while (next < this.#jobs.length && performance.now() - started < longestBatchMs) {
        const job = this.#jobs[next++] as Job
        taken.push(job)
        settled.push(apart ? this.#runApart(job, tx) : this.#runJob(job, tx))
      }
      addArrivals(tx)
      this.#jobs = this.#jobs.slice(next)
      this.#tx.run('commit')
      return settled
    } catch (thrown) {
      if (this.#db.inTransaction) this.#tx.run('rollback')
      if (thrown instanceof JobFailure) return this.#runBatch(Object.assign(notes, emptyNotes()), true)
      const lost = taken.length > 0 ? taken : this.#jobs.splice(0)
      this.#jobs = this.#jobs.filter((job) => !lost.includes(job))
      Object.assign(notes, emptyNotes())
      const trouble = troubleOf(thrown)
      if (trouble !== null && this.#onTrouble(trouble)) {
        this.#jobs.unshift(...lost)
        return []
      }
      return lost.map((job) => () => job.reject(toError(thrown)))
    } finally {
      if (isLight) this.#db.exec('pragma synchronous = FULL')
    }
  }

  #runJob(job: Job, tx: Transaction): () => void {
    try {
      const value = job.work(tx)
      return () => job.resolve(value)
    } catch (thrown) {
      // What is wrong with the file is not this job's fault: none of its neighbours would fare better.
      throw troubleOf(thrown) === null ? new JobFailure() : thrown
    }
  }

  #runApart(job: Job, tx: Transaction): () => void {
    this.#tx.run('savepoint job')
    const measured = tx.notes.measures.length
    try {
      const value = job.work(tx)
      addArrivals(tx)
      this.#tx.run('release job')
      return () => job.resolve(value)
    } catch (thrown) {
      if (troubleOf(thrown) !== null) throw thrown
      this.#tx.run('rollback to job')
      tx.notes.measures.length = measured
      tx.notes.arrivals.clear()
      this.#tx.run('release job')
      return () => job.reject(toError(thrown))
    }
  }
}
