import { Button } from '@mantine/core'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { Page } from '#renderer/parts/page.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { goTo, useConsole } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { matchWords } from '#renderer/state/route-words.ts'
import { useHasRouteDraft } from '#renderer/state/use-route-draft.ts'
import type { RouteFigures } from '#shared/contract/route-calls.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import type { Route } from '#shared/domain/route.ts'
import { Direction } from './direction.tsx'
import { RouteSwitch } from './route-switch.tsx'
import styles from './route-table.module.css'

interface Props {
  readonly routes: readonly Route[]
  readonly mappings: readonly MappingDocument[]
  readonly figures: readonly RouteFigures[]
}

/** All routes: where from and to, by which mapping, how they do, and their switch. */
export function RouteTable({ routes, mappings, figures }: Props) {
  const isLive = useConsole((state) => state.relay.health?.workspace === 'live')
  const canAdd = mappings.length > 0
  return (
    <Page
      title="Routes"
      lead="Which changes are carried over, and in which direction."
      actions={
        canAdd && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Icon name="plus" size={13} />}
            onClick={() => goTo(addressOf('routes', ['new']))}
          >
            New route
          </Button>
        )
      }
    >
      {routes.length === 0 && (
        <EmptyState icon="routes" title="No route yet">
          A route says which changes of one system go to the other, and by which mapping.{' '}
          {canAdd
            ? 'Without one, events are received and kept, and nothing is written.'
            : 'Routes come by themselves as soon as both systems are connected.'}
        </EmptyState>
      )}
      {routes.length > 0 && (
        <div className={styles.frame}>
          {isLive && routes.every((route) => !route.enabled) && (
            <p className={styles.why}>
              Routes that come with Patchbay start switched off, so that nothing is written to your systems before you
              have looked at them.
            </p>
          )}
          <table className={styles.table} aria-label="Routes">
            <thead>
              <tr>
                <th scope="col">Route</th>
                <th scope="col">Mapping</th>
                <th scope="col" className={styles.number}>
                  Waiting
                </th>
                <th scope="col" className={styles.number}>
                  Failing, 24 h
                </th>
                <th scope="col">Last delivered</th>
                <th scope="col" className={styles.number}>
                  On or off
                </th>
              </tr>
            </thead>
            <tbody>
              {routes.map((route) => (
                <Row
                  key={route.id}
                  route={route}
                  mapping={mappings.find(({ id }) => id === route.mappingId)}
                  figures={figures.find(({ routeId }) => routeId === route.id)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  )
}

function Row({
  route,
  mapping,
  figures,
}: {
  readonly route: Route
  readonly mapping: MappingDocument | undefined
  readonly figures: RouteFigures | undefined
}) {
  const narrowed = matchWords(route.match)
  return (
    <tr data-off={!route.enabled}>
      <th scope="row">
        <span className={styles.route}>
          <Direction from={route.from} />
          <span className={styles.words}>
            <a className={styles.name} href={addressOf('routes', [route.id])}>
              {route.name}
            </a>
            <Remark route={route} narrowed={narrowed} />
          </span>
        </span>
      </th>
      <td>
        <a className={styles.soft} href={addressOf('mappings', [route.mappingId])}>
          {mapping?.name ?? route.mappingId}
        </a>
      </td>
      <td className={styles.number} data-none={!figures?.open}>
        {(figures?.open ?? 0).toLocaleString('en')}
      </td>
      <td className={styles.number} data-none={!figures?.failing} data-bad={(figures?.failing ?? 0) > 0}>
        {figures !== undefined && figures.failing > 0 ? (
          <a href={addressOf('failures')}>{figures.failing.toLocaleString('en')}</a>
        ) : (
          '0'
        )}
      </td>
      <td className={styles.when}>
        {figures === undefined || figures.lastDeliveredAt === null ? (
          'nothing yet'
        ) : (
          <Time at={figures.lastDeliveredAt} />
        )}
      </td>
      <td className={styles.number}>
        <RouteSwitch route={route} open={figures?.open ?? 0} />
      </td>
    </tr>
  )
}

/** What is unusual about a route, under its name. */
function Remark({ route, narrowed }: { readonly route: Route; readonly narrowed: string | null }) {
  const pause = useConsole((state) =>
    state.relay.health?.pauses.find(({ scope, id }) => scope === 'route' && id === route.id),
  )
  const hasDraft = useHasRouteDraft(route)
  const parts = [
    ...(hasDraft ? ['Changes not saved yet'] : []),
    ...(pause === undefined ? [] : [`Paused: ${pause.reason}`]),
    ...(narrowed === null ? [] : [`only where ${narrowed}`]),
    ...(route.mayCreate ? [] : ['only updates records that are paired']),
    ...(route.priority === 'low' ? ['low priority'] : []),
    ...(route.ratePerMinute === undefined ? [] : [`at most ${route.ratePerMinute.toLocaleString('en')} a minute`]),
  ]
  if (parts.length === 0) return null
  const text = parts.join(', ')
  return <span className={styles.remark}>{text.charAt(0).toUpperCase() + text.slice(1)}</span>
}
