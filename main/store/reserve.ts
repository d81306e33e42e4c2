import { randomBytes } from 'node:crypto'
import { rmSync, statfsSync, statSync, truncateSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const mebibyte = 1024 * 1024
/** Written and flushed in one go while the reserve is made, and the rest (ms) after it: nobody is to notice. */
const pieceBytes = mebibyte
const restMs = 20

/**
 * Room kept aside on the disk, as a file. Freed when the disk is full, it is what the outcomes of calls under way are written into.
 */
export class Reserve {
  readonly file: string
  readonly bytes: number
  /** Room that has to be left beside a whole reserve, lest making it fill the disk. */
  readonly #headroom: number
  #building: Promise<boolean> | null = null
  #isCancelled = false

  /** @param bytes how much to keep aside; 0 for nothing. */
  constructor(databaseFile: string, bytes: number) {
    this.file = `${databaseFile}.reserve`
    this.bytes = bytes
    this.#headroom = Math.min(Math.max(bytes, 4 * mebibyte), 16 * mebibyte)
  }

  /** Bytes that the disk has for us; null when it does not say. */
  diskFreeBytes(): number | null {
    try {
      const { bavail, bsize } = statfsSync(dirname(this.file))
      return bavail * bsize
    } catch {
      return null
    }
  }

  /** Bytes that stand aside now. */
  get heldBytes(): number {
    return statSync(this.file, { throwIfNoEntry: false })?.size ?? 0
  }

  get isWhole(): boolean {
    return this.heldBytes >= this.bytes
  }

  /** Frees the room; answers whether there was any. */
  release(): boolean {
    this.#isCancelled = true
    const held = this.heldBytes
    rmSync(this.file, { force: true })
    return held > 0
  }

  /** Makes the reserve whole in small pieces. Answers false, and takes nothing, when there is not room enough for it. */
  build(): Promise<boolean> {
    this.#building ??= this.#build().finally(() => (this.#building = null))
    return this.#building
  }

  /** Ends a `build` under way; what it made so far stays. */
  async stop(): Promise<void> {
    this.#isCancelled = true
    await this.#building
  }

  async #build(): Promise<boolean> {
    this.#isCancelled = false
    const free = this.diskFreeBytes()
    const missing = this.bytes - this.heldBytes
    if (free !== null && free < missing + this.#headroom) return false
    if (missing < 0) truncateSync(this.file, this.bytes)
    if (missing <= 0) return true
    const handle = await open(this.file, 'a', 0o600)
    try {
      return await this.#fill(handle)
    } catch {
      this.release()
      return false
    } finally {
      await handle.close()
    }
  }

  async #fill(handle: FileHandle): Promise<boolean> {
    // Not zeros: a file system that packs would keep nothing aside for them.
    const piece = randomBytes(pieceBytes)
    for (let held = this.heldBytes; held < this.bytes; held += pieceBytes) {
      if (this.#isCancelled) return false
      await handle.write(piece, 0, Math.min(pieceBytes, this.bytes - held))
      await handle.datasync()
      await wait(restMs)
    }
    return !this.#isCancelled
  }
}
