import { Disclosure } from '#renderer/parts/disclosure.tsx'
import type { SettingsDraft } from '../settings-draft.ts'
import styles from './secret-rotation.module.css'

/** How to change a signing secret without losing an event: why there is room for two. */
export function SecretRotation({ draft }: { readonly draft: SettingsDraft }) {
  const both = draft.isSet('signingSecret') && draft.isSet('signingSecret2')
  return (
    <div className={styles.rotation}>
      {both && (
        <p className={styles.now} data-tone="busy">
          Two secrets are set, so a change seems to be under way. Once Hookdeck signs with the new one alone, remove the
          old one here.
        </p>
      )}
      <Disclosure title="Change the secret without losing an event">
        {() => (
          <ol className={styles.list}>
            <li>In Hookdeck, roll the signing secret. For a while it signs with both, the old and the new.</li>
            <li>Enter the new one in the free place here and save. Patchbay takes whatever fits one of the two.</li>
            <li>
              When Hookdeck has dropped the old one, remove it here. It does not matter which place the other is in.
            </li>
          </ol>
        )}
      </Disclosure>
    </div>
  )
}
