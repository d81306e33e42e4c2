import type { BoxState, SystemBox } from '#electron/secrets/system-box.ts'
import { seal, unseal } from '#main/base/sealing.ts'

/** The safe of one user's profile on one machine: what it wraps, no other profile opens. */
export class ProfileBox implements SystemBox {
  readonly #profile: Buffer
  sealAgain = false

  constructor(profile: Buffer) {
    this.#profile = profile
  }

  state(): Promise<BoxState> {
    return Promise.resolve({ kind: 'protected', keeper: 'dpapi' })
  }

  seal(text: string): Promise<Buffer> {
    return Promise.resolve(seal(this.#profile, 'profile', text))
  }

  open(sealed: Buffer): Promise<{ text: string; sealAgain: boolean }> {
    return new Promise((resolve) =>
      resolve({ text: unseal(this.#profile, 'profile', sealed), sealAgain: this.sealAgain }),
    )
  }
}

/** A desktop without a keyring. */
export const noBox: SystemBox = {
  state: () => Promise.resolve({ kind: 'none', sentence: 'No keyring (GNOME, KWallet) is at work on this desktop.' }),
  seal: () => Promise.reject(new Error('not available')),
  open: () => Promise.reject(new Error('not available')),
}
