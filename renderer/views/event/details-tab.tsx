import type { EventDetail } from '#shared/contract/event-calls.ts'
import { KeyValues } from '#renderer/parts/key-values.tsx'
import { showSize } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { actorName, viaWords } from '#renderer/state/wording.ts'
import styles from './details-tab.module.css'

/** What the event is known by, what came with it, and when it came again. */
export function DetailsTab({ event }: { event: EventDetail }) {
  const headers = Object.entries(event.headers)
  return (
    <div className={styles.parts}>
      <section>
        <h3>Identity</h3>
        <Identity event={event} />
      </section>
      <section>
        <h3>Headers</h3>
        {headers.length === 0 ? <p>It came without headers.</p> : <KeyValues rows={headers} />}
      </section>
      <section>
        <h3>Duplicates</h3>
        <Duplicates event={event} />
      </section>
    </div>
  )
}

function Identity({ event }: { event: EventDetail }) {
  return (
    <KeyValues
      rows={[
        ['Event', event.id],
        ['Source', `${event.sourceId}, by ${viaWords[event.via]}`],
        ['Record', `${event.entity} ${event.recordId}`],
        ['Version', event.version ?? 'not said'],
        ['Happened', event.occurredAt === null ? 'not said' : <Time key="at" at={event.occurredAt} precise />],
        ['Changed by', actorName(event.actor) ?? 'not said'],
        ['Payload', `${showSize(event.size)}, ${event.contentType === '' ? 'of no named type' : event.contentType}`],
        ['Dedupe keys', event.dedupeKeys.map((key) => <div key={key}>{key}</div>)],
      ]}
    />
  )
}

function Duplicates({ event }: { event: EventDetail }) {
  if (event.duplicateList.length === 0) return <p>The event came in once.</p>
  return (
    <ul>
      {event.duplicateList.map((duplicate, index) => (
        <li key={index}>
          <Time at={duplicate.receivedAt} precise /> by {viaWords[duplicate.via]}, source “{duplicate.sourceId}”;
          recognised by <code>{duplicate.key}</code>
        </li>
      ))}
    </ul>
  )
}
