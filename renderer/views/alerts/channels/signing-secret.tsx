import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { CopyField } from '#renderer/parts/copy-field.tsx'
import type { SettingsDraft } from '#renderer/views/connections/settings-draft.ts'
import styles from './signing-secret.module.css'

/** Makes up the secret that requests are signed with. It can be copied until it is saved; afterwards only replaced. */
export function SigningSecret({ draft, isNew }: { readonly draft: SettingsDraft; readonly isNew: boolean }) {
  const typed = draft.typed['signingSecret']
  const type = useRef(draft.type)
  type.current = draft.type
  useEffect(() => {
    if (isNew) type.current('signingSecret', randomSecret())
  }, [isNew])
  if (typeof typed === 'string' && typed !== '') {
    return (
      <div className={styles.made}>
        <CopyField text={typed} what="the signing secret" />
        <p className={styles.note} data-tone="wait">
          Copy the signing secret now: once it is saved, it is not shown again.
        </p>
      </div>
    )
  }
  return (
    <Button
      className={styles.again ?? ''}
      variant="default"
      size="xs"
      onClick={() => draft.type('signingSecret', randomSecret())}
    >
      Make up a new signing secret
    </Button>
  )
}

/** 256 bits, written as Standard Webhooks wants it. */
function randomSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return `whsec_${btoa(String.fromCodePoint(...bytes))}`
}
