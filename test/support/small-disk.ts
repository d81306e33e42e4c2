import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './temporary.ts'

/** A file system of its own that is soon full. */
export interface SmallDisk {
  readonly path: string
  /** Takes all room but so many bytes. */
  fill(leaveBytes?: number): void
  /** Gives back what `fill` took. */
  free(): void
  /** Has every write fail from now on, or work again. */
  setReadOnly(isReadOnly: boolean): void
  remove(): void
}

/** Mounts a file system in memory; null where that is not allowed (it takes Linux and root). */
export function smallDisk(bytes: number): SmallDisk | null {
  const folder = temporaryFolder()
  const path = join(folder.path, 'disk')
  mkdirSync(path)
  if (!mount(['-t', 'tmpfs', '-o', `size=${bytes}`, 'patchbay-test', path])) {
    folder.remove()
    return null
  }
  const filler = join(path, 'filler')
  const free = (): void => rmSync(filler, { force: true })
  return {
    path,
    fill(leaveBytes = 0) {
      free()
      const { bavail, bsize } = statfsSync(path)
      writeFileSync(filler, new Uint8Array(Math.max(0, bavail * bsize - leaveBytes)))
    },
    free,
    setReadOnly: (isReadOnly) => void mount(['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, path]),
    remove() {
      spawnSync('umount', ['-l', path])
      folder.remove()
    },
  }
}

/** Why a test that needs one is left out. */
export const noSmallDisk = 'a small file system can be mounted only by root on Linux'

function mount(args: readonly string[]): boolean {
  return spawnSync('mount', args).status === 0
}
