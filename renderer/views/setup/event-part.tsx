import { useConsole } from '#renderer/state/console-context.ts'
import { EventWatch } from '#renderer/views/connections/wizard/event-watch.tsx'
import type { SourceKind } from '#shared/domain/source.ts'
import { isReady } from '#renderer/state/setup-progress.ts'
import { SetupPart } from './setup-part.tsx'
import styles from './setup-part.module.css'

const whatToDo: Record<SourceKind, string> = {
  'salesforce-webhook': 'In Salesforce, change the telephone number of an account and save it.',
  'connectwise-callback': 'In ConnectWise, change the summary of a ticket and save it.',
  'connectwise-sql': 'In ConnectWise, change the summary of a ticket and save it.',
}

/** Waits for a change to come in by each source that is set up. Nothing is written: no route is on yet. */
export function EventPart({ onNext }: { readonly onNext: () => void }) {
  const sources = useConsole((state) => state.connections.sources)
  const health = useConsole((state) => state.relay.health)
  const usable = sources.filter((entry) => isReady(entry, health))
  const shown = usable.length > 0 ? usable : sources
  const isSeen = health?.sources.some(({ lastEventAt }) => lastEventAt !== null) === true
  return (
    <SetupPart
      title="See a change arrive"
      lead="Change something in each system. It shows here by itself, within seconds. As long as no route is on, nothing is written to the other side."
      next={{ label: isSeen ? 'Go on to the routes' : 'Go on without', isMain: isSeen, onNext }}
    >
      <ul className={styles.list} aria-label="Sources that are waited for">
        {shown.map(({ source }) => (
          <li key={source.id}>
            <h3>{source.name}</h3>
            <EventWatch sourceId={source.id} what={whatToDo[source.kind]} />
          </li>
        ))}
      </ul>
    </SetupPart>
  )
}
