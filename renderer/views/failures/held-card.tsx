import { Icon } from '#renderer/parts/icon.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { showDuration } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { fixOf } from '#renderer/state/failure-fix.ts'
import { listAddress } from '#renderer/state/failure-place.ts'
import { useSlowClock } from '#renderer/state/use-failures.ts'
import { deliveryWording } from '#renderer/state/wording.ts'
import { isMassCode, type HeldGroup } from '#shared/domain/failure-group.ts'
import type { Route } from '#shared/domain/route.ts'
import { FixButton } from './fix-button.tsx'
import { ReleaseButton } from './release-button.tsx'
import styles from './group-card.module.css'

/** Deliveries that stand still for one reason: parked for a person, or waiting for long. */
export function HeldCard({
  group,
  route,
  isOpened = false,
}: {
  group: HeldGroup
  route: Route | undefined
  /** Its deliveries are in sight anyway. */
  isOpened?: boolean
}) {
  const now = useSlowClock()
  const { criteria, oldest, sentence, since, state } = group
  const fix = state === 'waiting' ? fixOf(oldest, route) : null
  // Links that would end in a mass are released as a whole; of the others, the host lets one go at a time.
  const isMass = isMassCode(group.code)
  return (
    <Panel tone="wait" label={sentence}>
      <div className={styles.card}>
        <div className={styles.body}>
          <p className={styles.sentence}>{sentence}</p>
          {group.fix !== null && (
            <p className={styles.fix}>
              <strong>What to do: </strong>
              {group.fix}
            </p>
          )}
          <p className={styles.facts}>
            <StateBadge wording={deliveryWording[state]} />
            <span className={styles.route}>{route?.name ?? oldest.routeId}</span>
            <span>
              since <Time at={since} />
            </span>
            {state === 'waiting' && (
              <span>
                next try <Time at={oldest.availableAt} />
              </span>
            )}
          </p>
          <div className={styles.actions}>
            {fix !== null && <FixButton fix={fix} />}
            {state === 'parked' && (isMass || group.count === 1) && <ReleaseButton delivery={oldest} />}
            {!isOpened && (
              <a className={styles.go} href={listAddress(state, criteria)}>
                Show {group.count === 1 ? 'it' : `all ${manyOf(group)}`}
                <Icon name="open" size={11} />
              </a>
            )}
          </div>
        </div>
        <div className={styles.counts}>
          <p>
            <strong>{manyOf(group)}</strong> {state}
          </p>
          <span>for {showDuration(Math.max(0, now - since))}</span>
        </div>
      </div>
    </Panel>
  )
}

function manyOf({ count: many, isMore }: HeldGroup): string {
  return `${many.toLocaleString('en')}${isMore ? '+' : ''}`
}
