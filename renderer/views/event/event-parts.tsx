import { Button } from '@mantine/core'
import type { EventDetail } from '#shared/contract/contract.ts'
import { CopyButton } from '#renderer/parts/copy-button.tsx'
import { Disclosure } from '#renderer/parts/disclosure.tsx'
import { KeyValues } from '#renderer/parts/key-values.tsx'
import { TextView } from '#renderer/parts/text-view.tsx'
import { showSize } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { count, viaWords } from '#renderer/state/wording.ts'
import styles from './event-parts.module.css'

/** What the event brought along: payload, headers, identity, further receptions. */
export function EventParts({ event }: { event: EventDetail }) {
  return (
    <div className={styles.parts}>
      <Disclosure
        startOpen={event.deliveries.length === 0}
        title={<strong>Payload</strong>}
        aside={<span className={styles.aside}>{showSize(event.size)}</span>}
      >
        {() => <Payload event={event} />}
      </Disclosure>
      <Disclosure title={<strong>Headers</strong>} aside={<span className={styles.aside}>{event.contentType}</span>}>
        {() => <KeyValues rows={Object.entries(event.headers)} />}
      </Disclosure>
      <Disclosure
        startOpen={event.duplicateList.length > 0}
        title={<strong>Duplicates</strong>}
        aside={
          <span className={styles.aside}>{event.duplicates === 0 ? 'none' : count(event.duplicates, 'time')}</span>
        }
      >
        {() => <Duplicates event={event} />}
      </Disclosure>
      <Disclosure title={<strong>Identity</strong>}>{() => <Identity event={event} />}</Disclosure>
    </div>
  )
}

function Payload({ event }: { event: EventDetail }) {
  const whole = useConsole((state) => state.event.body)
  const loadBody = useConsole((state) => state.event.loadBody)
  const text = whole ?? event.body
  const isCut = event.bodyTruncated && whole === null
  return (
    <div className={styles.payload}>
      <div className={styles.tools}>
        <CopyButton text={text} what="the payload" />
        {isCut && (
          <>
            <span>The first 64 KB of {showSize(event.size)} are shown.</span>
            <Button size="compact-xs" variant="default" onClick={() => void loadBody()}>
              Show all
            </Button>
          </>
        )}
      </div>
      <TextView text={text} />
    </div>
  )
}

function Duplicates({ event }: { event: EventDetail }) {
  if (event.duplicateList.length === 0) return <p className={styles.text}>The event came in once.</p>
  return (
    <ul className={styles.list}>
      {event.duplicateList.map((duplicate, index) => (
        <li key={index}>
          <Time at={duplicate.receivedAt} precise /> by {viaWords[duplicate.via]}, source “{duplicate.sourceId}”;
          recognised by <code>{duplicate.key}</code>
        </li>
      ))}
    </ul>
  )
}

function Identity({ event }: { event: EventDetail }) {
  return (
    <KeyValues
      rows={[
        ['Event', event.id],
        ['Record', `${event.entity} ${event.recordId}`],
        ['Version', event.version ?? 'not said'],
        ['Happened', event.occurredAt === null ? 'not said' : <Time key="at" at={event.occurredAt} precise />],
        ['Changed by', event.actor ?? 'not said'],
        ['Dedupe keys', event.dedupeKeys.map((key) => <div key={key}>{key}</div>)],
      ]}
    />
  )
}
