import { Switch } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import { SystemName } from '#renderer/parts/system-name.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { otherSystem } from '#shared/domain/record.ts'
import type { Route } from '#shared/domain/route.ts'
import styles from './route-list.module.css'

/** All routes, each with its direction and its switch; a switch takes effect at once. */
export function RouteList({ routes }: { routes: readonly Route[] }) {
  const isLive = useConsole((state) => state.relay.health?.workspace === 'live')
  if (routes.length === 0) return null
  return (
    <div className={styles.frame}>
      {isLive && routes.some((route) => !route.enabled) && (
        <p className={styles.why}>
          Routes that come with Patchbay start switched off, so that nothing is written to your systems before you have
          looked at them.
        </p>
      )}
      <ul className={styles.list}>
        {routes.map((route) => (
          <Row key={route.id} route={route} />
        ))}
      </ul>
    </div>
  )
}

function Row({ route }: { route: Route }) {
  const switchRoute = useConsole((state) => state.connections.switchRoute)
  const busy = useConsole((state) => state.connections.switching.has(route.id))
  return (
    <li className={styles.row}>
      <span className={styles.direction}>
        <SystemName system={route.from} short />
        <Icon name="arrow" size={13} />
        <span className="visually-hidden">to</span>
        <SystemName system={otherSystem(route.from)} short />
      </span>
      <strong className={styles.name}>{route.name}</strong>
      <span className={styles.soft}>
        {route.mayCreate ? 'creates missing records, updates the others' : 'only updates records that are paired'}
      </span>
      <Switch
        size="sm"
        aria-label={route.name}
        label={route.enabled ? 'On' : 'Off'}
        labelPosition="left"
        checked={route.enabled}
        disabled={busy}
        onChange={(event) => void switchRoute(route, event.currentTarget.checked)}
      />
    </li>
  )
}
