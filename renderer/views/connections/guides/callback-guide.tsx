import { CopyField } from '#renderer/parts/copy-field.tsx'
import { Guide } from '#renderer/parts/guide.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import type { SettingsDraft } from '../settings-draft.ts'
import { useSourceAddress } from './source-address.ts'
import styles from './guides.module.css'

/**
 * What Patchbay does about callbacks by itself, or how to register them by hand. Levels, the record's number at the end of the address and
 * the three days are the ConnectWise PSA Developer Guide's (PSA Callbacks); the body's fields are `CallbackEntry` of the OpenAPI document.
 */
export function CallbackGuide({ id, draft }: { readonly id: string; readonly draft: SettingsDraft }) {
  const { url, isPublic } = useSourceAddress(id, draft.values)
  const connectionId = draft.values['connectionId']
  const base = useConsole((state) => {
    const found = state.connections.connections.find(({ connection }) => connection.id === connectionId)?.connection
    return found?.kind === 'connectwise' ? found.settings.baseUrl.replace(/\/+$/, '') : ''
  })
  if (isPublic) {
    return (
      <Guide
        title="Patchbay registers them for you"
        lead="There is nothing to click in ConnectWise. As soon as the source is saved, and then once a day, Patchbay:"
      >
        <li>
          looks which callbacks ConnectWise has for this address:
          <CopyField text={url} what="the webhook address" />
        </li>
        <li>adds what is missing, for companies, contacts, opportunities and tickets, and removes doubles,</li>
        <li>switches on again what ConnectWise has switched off after three days of failures, and says so.</li>
      </Guide>
    )
  }
  return (
    <>
      <p className={styles.warn} data-tone="wait">
        No public address is entered. Go back one step to enter it, and Patchbay registers the callbacks by itself.
      </p>
      <Guide
        title="Or register them yourself"
        lead="ConnectWise has no screen for it; use a program such as Postman, with the keys and the client id of the API member."
      >
        <li>
          Send a POST to:
          <CopyField text={`${base}/apis/3.0/system/callbacks`} what="the address of the callbacks" />
        </li>
        <li>
          With this body. ConnectWise adds the record’s number to the end of the address:
          <CopyField isLong text={callbackBody(url, 'company')} what="the body" />
        </li>
        <li>
          Do the same with contact, opportunity and ticket in place of company. The answer is 201; “ObjectExists” means
          that it is there already.
        </li>
      </Guide>
    </>
  )
}

function callbackBody(url: string, type: string): string {
  const body = {
    description: `Patchbay: every ${type}`,
    url: `${url}?recordId=`,
    type,
    level: 'owner',
    objectId: 1,
    inactiveFlag: false,
    isSoapCallbackFlag: false,
    isSelfSuppressedFlag: true,
  }
  return JSON.stringify(body, null, 2)
}
