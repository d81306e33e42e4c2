import { Icon } from '#renderer/parts/icon.tsx'
import { keyText, type FailureView } from '#renderer/state/failure-place.ts'
import { addressOf } from '#renderer/state/place.ts'
import type { Answer } from '#renderer/state/use-answer.ts'
import { listTitles, useHeldGroups, useRoutes } from '#renderer/state/use-failures.ts'
import type { FailureGroups } from '#shared/domain/failure-group.ts'
import { FailureRows } from './failure-rows.tsx'
import { GroupCard } from './group-card.tsx'
import { HeldCard } from './held-card.tsx'
import styles from './failure-list.module.css'

/** The deliveries of one cause, with the cause above them; or those of one discard. */
export function FailureList({ view, groups }: { view: FailureView & { tab: 'list' }; groups: Answer<FailureGroups> }) {
  const { criteria, discardId, state } = view
  const routes = useRoutes()
  const held = useHeldGroups()
  const [key] = criteria.groups ?? []
  const group = key && groups.value?.groups.find((one) => keyText(one) === keyText(key))
  const holder = held.value?.find(
    (one) => one.state === state && JSON.stringify(one.criteria) === JSON.stringify(criteria),
  )
  const isEnded = state === 'open' || state === 'settled'
  const label = discardId === null ? listTitles[state] : `Dead letters given up with discard ${discardId}`
  return (
    <>
      <a className={styles.back} href={addressOf('failures', backTo(state, discardId))}>
        <Icon name="back" size={12} /> {discardId === null ? 'All causes' : 'All that was given up'}
      </a>
      {isEnded && group !== undefined && <GroupCard group={group} route={routes.get(group.routeId)} isOpened />}
      {!isEnded && holder !== undefined && (
        <HeldCard group={holder} route={routes.get(holder.oldest.routeId)} isOpened />
      )}
      <FailureRows
        label={label}
        state={state}
        criteria={criteria}
        discardId={discardId}
        total={state === 'open' ? (group?.open ?? null) : null}
        sentence={isEnded ? group?.sentence : holder?.sentence}
        routes={routes}
      />
    </>
  )
}

function backTo(state: string, discardId: number | null): string[] {
  if (discardId !== null) return ['discarded']
  return state === 'settled' ? ['resolved'] : []
}
