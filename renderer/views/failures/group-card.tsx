import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { Sparkline } from '#renderer/parts/sparkline.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { Tick } from '#renderer/parts/tick.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { fixOf } from '#renderer/state/failure-fix.ts'
import { keyOf, listAddress } from '#renderer/state/failure-place.ts'
import { addressOf } from '#renderer/state/place.ts'
import { count, type Wording } from '#renderer/state/wording.ts'
import type { FailureGroup } from '#shared/domain/failure-group.ts'
import type { Route } from '#shared/domain/route.ts'
import { FixButton } from './fix-button.tsx'
import { ReplayButton } from './row-actions.tsx'
import { DiscardChosen } from './dead-letter-actions.tsx'
import styles from './group-card.module.css'

interface Props {
  readonly group: FailureGroup
  readonly route: Route | undefined
  /** Absent: it can't be ticked. */
  readonly tick?: { readonly isTicked: boolean; readonly onTick: (isRange: boolean) => void }
  /** Its deliveries are in sight anyway. */
  readonly isOpened?: boolean
}

const backWording: Wording = {
  label: 'Came back',
  tone: 'wait',
  meaning: 'All of them had been replayed or given up, and then it failed in the same way again.',
}
const resolvedWording: Wording = {
  label: 'Resolved',
  tone: 'good',
  meaning: 'Each was replayed or given up. It opens again when the same happens again.',
}

/** One cause on one route: what it is, where it is mended, how often and when, and what to do with all it stopped. */
export function GroupCard({ group, route, tick, isOpened = false }: Props) {
  const name = route?.name ?? group.routeId
  const isOpen = group.state === 'open'
  return (
    <Panel tone={isOpen ? 'bad' : 'good'} label={`${name}: ${group.code}`}>
      <div className={styles.card}>
        {tick !== undefined && (
          <Tick
            label={`Select ${name}: ${group.sentence}`}
            state={tick.isTicked ? 'all' : 'none'}
            onTick={tick.onTick}
          />
        )}
        <div className={styles.body}>
          <p className={styles.sentence}>
            {group.open > 1 && <span className={styles.soft}>Newest: </span>}
            {group.sentence}
          </p>
          {isOpen && group.fix !== null && (
            <p className={styles.fix}>
              <strong>What to do: </strong>
              {group.fix}
            </p>
          )}
          <Facts group={group} routeName={name} />
          {isOpen && <Actions group={group} route={route} isOpened={isOpened} />}
        </div>
        <Counts group={group} />
      </div>
    </Panel>
  )
}

function Facts({ group, routeName }: { group: FailureGroup; routeName: string }) {
  return (
    <p className={styles.facts}>
      {group.state === 'resolved' && <StateBadge wording={resolvedWording} />}
      {group.isBack && <StateBadge wording={backWording} />}
      <span className={styles.route}>{routeName}</span>
      <code>{group.code}</code>
      {group.field !== null && <code>{group.field}</code>}
      {group.total === 1 ? (
        <span>
          <Time at={group.lastAt} />
        </span>
      ) : (
        <span>
          first <Time at={group.firstAt} />, last <Time at={group.lastAt} />
        </span>
      )}
    </p>
  )
}

function Actions({ group, route, isOpened }: { group: FailureGroup; route: Route | undefined; isOpened: boolean }) {
  const open = useConsole((state) => state.replay.open)
  const fix = group.newest === null ? null : fixOf(group.newest, route)
  const chosen = { failures: { groups: [keyOf(group)] } }
  const [eventId] = group.eventIds
  return (
    <div className={styles.actions}>
      {fix !== null && <FixButton fix={fix} />}
      {group.open === 1 && group.newest !== null ? (
        <ReplayButton delivery={group.newest} size="compact-sm" />
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="replay" size={13} />}
          onClick={() => open({ selection: chosen, what: `what failed with ${group.code}` })}
        >
          Replay all {group.open.toLocaleString('en')}…
        </Button>
      )}
      <DiscardChosen chosen={chosen} many={group.open} quiet />
      {!isOpened && group.open === 1 && eventId !== undefined && (
        <Go href={addressOf('live', [eventId])}>Open the event</Go>
      )}
      {!isOpened && group.open > 1 && (
        <Go href={listAddress('open', { groups: [keyOf(group)] })}>Show all {group.open.toLocaleString('en')}</Go>
      )}
    </div>
  )
}

function Go({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a className={styles.go} href={href}>
      {children}
      <Icon name="open" size={11} />
    </a>
  )
}

function Counts({ group }: { group: FailureGroup }) {
  const today = group.hourly.reduce((sum, one) => sum + one, 0)
  const many = group.state === 'open' ? group.open : group.total
  return (
    <div className={styles.counts}>
      <p>
        <strong>{many.toLocaleString('en')}</strong> {many === 1 ? 'dead letter' : 'dead letters'}
      </p>
      <Sparkline label={`${count(today, 'failure')} in the last 24 hours, by hour`} values={group.hourly} />
      <span>{today === 0 ? 'none in 24 h' : `${today.toLocaleString('en')} in 24 h`}</span>
    </div>
  )
}
