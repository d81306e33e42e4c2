import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { CopyField } from '#renderer/parts/copy-field.tsx'
import { Guide, Menu } from '#renderer/parts/guide.tsx'
import { acknowledgement } from '#shared/domain/outbound-message.ts'
import { FlowGuide } from './flow-guide.tsx'
import { OutboundMessageGuide } from './outbound-message-guide.tsx'
import styles from './guides.module.css'

/**
 * Hookdeck first, then what in Salesforce sends to it. Source and destination types, the retry rule's 50 tries and the custom response are
 * those of Hookdeck's API document (2025-07-01); places in its dashboard are those of its pages Connections, Sources and Authentication.
 */
export function HookdeckGuides({ url }: { readonly url: string }) {
  const [way, setWay] = useState('flow')
  return (
    <>
      <Guide title="In Hookdeck">
        <li>
          Open <Menu path={['Connections']} /> and create one. Make a source of the type <b>Webhook</b> named
          “salesforce”.
        </li>
        <li>
          Make a destination of the type <b>HTTP</b> with this address:
          <CopyField text={url} what="the webhook address" />
        </li>
        <li>
          Among the connection’s rules, add <b>Retry</b>: exponential, and as many tries as your plan offers (50 at
          most). Save, and copy the address of the source: Salesforce sends there.
        </li>
        <li>
          In the project’s settings, open <Menu path={['Settings', 'Secrets']} />, copy the signing secret and enter it
          here.
        </li>
      </Guide>
      <div className={styles.tabs}>
        <SegmentedControl
          size="xs"
          aria-label="What sends in Salesforce"
          value={way}
          data={[
            { value: 'flow', label: 'By a Flow' },
            { value: 'outbound-message', label: 'By an Outbound Message' },
          ]}
          onChange={setWay}
        />
        {way === 'flow' ? (
          <FlowGuide />
        ) : (
          <>
            <OutboundMessageGuide url="the address of the Hookdeck source" isDirect={false} />
            <Guide title="Once more in Hookdeck" lead="Salesforce repeats a message until it reads this answer.">
              <li>
                In the source, under <Menu path={['Source Configuration', 'Advanced Source Configuration']} />,
                customize the <b>response</b>: choose XML, and paste:
                <CopyField text={acknowledgement} what="the answer for Outbound Messages" />
              </li>
            </Guide>
          </>
        )}
      </div>
    </>
  )
}
