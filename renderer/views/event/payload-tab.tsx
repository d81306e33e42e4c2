import { Button, Progress } from '@mantine/core'
import type { EventDetail } from '#shared/contract/event-calls.ts'
import { CopyButton } from '#renderer/parts/copy-button.tsx'
import { DocumentView } from '#renderer/parts/document-view.tsx'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { saveFile } from '#renderer/parts/save-file.ts'
import { showSize } from '#renderer/parts/time-format.ts'
import { useConsole } from '#renderer/state/console-context.ts'
import { payloadFileName, requestOfEvent } from '#renderer/state/curl-requests.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { readPieces, usePayload, type Payload } from '#renderer/state/use-payload.ts'
import { CurlMenu } from './curl-menu.tsx'
import { KeepSample } from './keep-sample.tsx'
import styles from './payload-tab.module.css'

/** The payload as it came: the beginning of a large one first, and the whole on request. */
export function PayloadTab({ event }: { event: EventDetail }) {
  const payload = usePayload(event)
  const { doc, isCut } = payload
  if (event.size === 0) {
    return (
      <EmptyState icon="inbox" title="No payload">
        The event says only which record it is about; what it holds is read from its system for each delivery.
      </EmptyState>
    )
  }
  return (
    <>
      <PayloadActions event={event} />
      {isCut && <CutNote event={event} payload={payload} />}
      {doc !== null && <DocumentView label="Payload" doc={doc} isCut={isCut} />}
    </>
  )
}

/** What can be done with a payload. */
function PayloadActions({ event }: { event: EventDetail }) {
  const receiverUrl = useConsole((state) => state.relay.health?.receiverUrl ?? '')
  const [run, busy] = useAction()
  const request = requestOfEvent(event, receiverUrl)
  const name = payloadFileName(event)

  const save = () =>
    run(
      'The payload could not be saved.',
      async (call) => {
        const parts: string[] = []
        await readPieces(call, event.id, new AbortController().signal, (text) => parts.push(text))
        return saveFile(name, parts, event.contentType.split(';')[0] ?? 'text/plain')
      },
      (isSaved) => (isSaved ? `The payload is saved as ${name}.` : null),
    )

  return (
    <div className={styles.actions}>
      <KeepSample event={event} />
      <span className={styles.space} />
      {!event.bodyTruncated && <CopyButton text={event.body} what="the payload" label="Copy all" />}
      {request !== null && <CurlMenu request={request} />}
      <Button
        size="compact-xs"
        variant="default"
        loading={busy}
        leftSection={<Icon name="save" size={12} />}
        onClick={() => void save()}
      >
        Save to a file
      </Button>
    </div>
  )
}

/** Says that the beginning is shown only, and loads the rest on request. */
function CutNote({ event, payload }: { event: EventDetail; payload: Payload }) {
  const { loaded, loadAll, stop } = payload
  const size = showSize(event.size)
  return (
    <div className={styles.cut} role="status" data-tone="wait">
      {loaded === null ? (
        <>
          <span>These are the first 64 KB of {size}.</span>
          <Button size="compact-xs" variant="default" onClick={loadAll}>
            Load all {size}
          </Button>
        </>
      ) : (
        <>
          <span>
            {showSize(loaded)} of {size}
          </span>
          <Progress className={styles.progress ?? ''} value={(loaded / event.size) * 100} aria-label="Loaded" />
          <Button size="compact-xs" variant="default" onClick={stop}>
            Stop
          </Button>
        </>
      )}
    </div>
  )
}
