import { Button } from '@mantine/core'
import type { SettingsDraft } from '../settings-draft.ts'
import styles from './wizard.module.css'

/** Makes up a token that nobody can guess. It can be copied, inside the address, until it is saved; afterwards only replaced. */
export function TokenMaker({ draft }: { readonly draft: SettingsDraft }) {
  const typed = draft.typed['pathToken']
  if (typeof typed === 'string' && typed !== '') {
    return (
      <p className={styles.note} data-tone="wait">
        Copy the address with the token now: once it is saved, the token is not shown again.
      </p>
    )
  }
  return (
    <Button variant="default" size="xs" onClick={() => draft.type('pathToken', randomToken())}>
      {draft.isSet('pathToken') ? 'Make up a new token' : 'Make up a token'}
    </Button>
  )
}

/** 160 bits, in letters and digits that need no escaping in an address. */
function randomToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(20))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
