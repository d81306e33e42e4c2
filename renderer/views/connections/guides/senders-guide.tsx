import type { SettingsDraft } from '../settings-draft.ts'
import type { SenderName } from '../wizard/sender-choice.tsx'
import { ApexGuide } from './apex-guide.tsx'
import { HookdeckGuides } from './hookdeck-guides.tsx'
import { OutboundMessageGuide } from './outbound-message-guide.tsx'
import { useSourceAddress } from './source-address.ts'
import styles from './guides.module.css'

interface Props {
  readonly id: string
  readonly sender: SenderName
  readonly draft: SettingsDraft
}

/** What to click and paste for the way that was chosen. */
export function SendersGuide({ id, sender, draft }: Props) {
  const { url, isPublic } = useSourceAddress(id, draft.values)
  const token = draft.typed['pathToken']
  const header = draft.values['hmacHeader']
  return (
    <>
      {!isPublic && (
        <p className={styles.warn} data-tone="wait">
          No public address is entered yet, so the address below works on this computer alone. Go back one step to enter
          it.
        </p>
      )}
      {sender === 'hookdeck' && <HookdeckGuides url={url} />}
      {sender === 'outbound-message' && (
        <OutboundMessageGuide
          url={`${url}?token=${typeof token === 'string' && token !== '' ? token : 'TOKEN'}`}
          isDirect
        />
      )}
      {sender === 'apex' && (
        <ApexGuide url={url} header={typeof header === 'string' && header !== '' ? header : 'x-patchbay-signature'} />
      )}
    </>
  )
}
