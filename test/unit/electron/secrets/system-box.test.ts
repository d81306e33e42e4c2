import { expect, it } from 'vitest'
import { systemBox, type SystemSafe } from '#electron/secrets/system-box.ts'

type Backend = ReturnType<SystemSafe['getSelectedStorageBackend']>

/** Says what Electron would say; it never has to wrap anything here. */
function safe(isAvailable: boolean, backend: Backend): SystemSafe {
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(isAvailable),
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: () => Promise.reject(new Error('not asked for')),
    decryptStringAsync: () => Promise.reject(new Error('not asked for')),
  }
}

it.each([
  ['linux', true, 'gnome_libsecret', { kind: 'protected', keeper: 'gnome_libsecret' }],
  ['linux', true, 'kwallet6', { kind: 'protected', keeper: 'kwallet6' }],
  ['win32', true, 'unknown', { kind: 'protected', keeper: 'dpapi' }],
  ['darwin', true, 'unknown', { kind: 'protected', keeper: 'keychain' }],
  ['linux', true, 'basic_text', { kind: 'none' }],
  ['linux', true, 'unknown', { kind: 'none' }],
  ['linux', false, 'gnome_libsecret', { kind: 'none' }],
  ['win32', false, 'unknown', { kind: 'none' }],
] as const)('%s, available %s, %s', async (platform, isAvailable, backend, expected) => {
  expect(await systemBox(safe(isAvailable, backend), platform).state()).toMatchObject(expected)
})
