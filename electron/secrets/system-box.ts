import type { SafeStorage } from 'electron'

/** Whether the operating system can wrap a key so that nobody but this user can open it, and what does it there. */
export type BoxState =
  { readonly kind: 'protected'; readonly keeper: string } | { readonly kind: 'none'; readonly sentence: string }

/** What the operating system does for one user: wrap a text and open it again. */
export interface SystemBox {
  state(): Promise<BoxState>
  seal(text: string): Promise<Buffer>
  /** `sealAgain`: the system has a newer key and asks for a new wrapping. Rejects when it was wrapped by somebody else. */
  open(sealed: Buffer): Promise<{ readonly text: string; readonly sealAgain: boolean }>
}

/** The parts of Electron's safeStorage that are used; all of them only after the app is ready. */
export type SystemSafe = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

/** What wraps on systems that have one way only. */
const keepers: Partial<Record<NodeJS.Platform, string>> = { win32: 'dpapi', darwin: 'keychain' }

/** The operating system's own safe, through Electron. */
export function systemBox(safe: SystemSafe, platform: NodeJS.Platform): SystemBox {
  return {
    async state() {
      if (!(await safe.isAsyncEncryptionAvailable()))
        return { kind: 'none', sentence: 'This system offers no safe place for keys.' }
      const keeper = keepers[platform] ?? safe.getSelectedStorageBackend()
      // Chromium then encrypts with a password that stands in its sources.
      if (keeper === 'basic_text' || keeper === 'unknown')
        return { kind: 'none', sentence: 'No keyring (GNOME, KWallet) is at work on this desktop.' }
      return { kind: 'protected', keeper }
    },
    seal: (text) => safe.encryptStringAsync(text),
    async open(sealed) {
      const { result, shouldReEncrypt } = await safe.decryptStringAsync(sealed)
      return { text: result, sealAgain: shouldReEncrypt }
    },
  }
}
