import { Confirm } from '#renderer/parts/confirm.tsx'
import { Button } from '@mantine/core'
import { useConsole } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { routeSentence } from '#renderer/state/route-words.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { count } from '#renderer/state/wording.ts'
import { Direction } from '#renderer/views/routes/direction.tsx'
import { RouteSwitch } from '#renderer/views/routes/route-switch.tsx'
import { otherSystem } from '#shared/domain/record.ts'
import { SetupPart } from './setup-part.tsx'
import styles from './setup-part.module.css'

/** Chooses what is carried over; from the first switch on, changes are written. */
export function RoutesPart({ onNext }: { readonly onNext: () => void }) {
  const { routes, switchRoute } = useConsole((state) => state.connections)
  const mappings = useAnswer('mappings', (call) => call.mappings.list())
  const off = routes.filter((route) => !route.enabled)
  const isOn = off.length < routes.length
  const entityThere = (route: (typeof routes)[number]) =>
    mappings.value?.find(({ mappingId }) => mappingId === route.mappingId)?.document[otherSystem(route.from)].entity ??
    null
  return (
    <SetupPart
      title="What is carried over"
      lead="Each route carries one kind of record in one direction: what is created, changed, deleted or restored here follows there, and what is missing there is created. Begin with one, watch it, and switch on the others when you trust it."
      next={{ label: isOn ? 'Go on to the first event' : 'Go on without a route', isMain: isOn, onNext }}
      actions={
        off.length > 1 && (
          <Confirm
            title="Switch on all routes"
            consequence={`From now on ${count(off.length, 'more route carries', 'more routes carry')} changes over, and records that are missing are created. Events that came in before stay as they are.`}
            confirm={{ label: `Switch on ${count(off.length, 'route')}` }}
            onConfirm={async () => {
              for (const route of off) await switchRoute(route, true)
            }}
            trigger={(ask) => (
              <Button size="sm" variant="default" onClick={ask}>
                Switch on all…
              </Button>
            )}
          />
        )
      }
    >
      <ul className={styles.rows} aria-label="Routes">
        {routes.map((route) => (
          <li key={route.id} className={styles.row}>
            <Direction from={route.from} />
            <span className={styles.words}>
              <strong title={routeSentence(route, entityThere(route))}>{route.name}</strong>
            </span>
            <a href={addressOf('routes', [route.id])} aria-label={`Look at ${route.name}`}>
              Look at
            </a>
            <RouteSwitch route={route} open={0} />
          </li>
        ))}
      </ul>
    </SetupPart>
  )
}
