import { Button } from '@mantine/core'
import { Confirm } from '#renderer/parts/confirm.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { showDuration } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { fixOf } from '#renderer/state/failure-fix.ts'
import { listAddress } from '#renderer/state/failure-place.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { useSlowClock } from '#renderer/state/use-failures.ts'
import { count, deliveryWording } from '#renderer/state/wording.ts'
import { isMassCode, massCode, type HeldGroup } from '#shared/domain/failure-group.ts'
import type { Route } from '#shared/domain/route.ts'
import { FixButton } from './fix-button.tsx'
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
            {state === 'parked' && <ReleaseButton group={group} />}
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

/** Links that would end in a mass are released as a whole; of the others, the host lets one go at a time. */
function ReleaseButton({ group }: { group: HeldGroup }) {
  const reload = useConsole((state) => state.failures.reload)
  const [run, busy] = useAction()
  if (!isMassCode(group.code) && group.count > 1) return null
  const what = whatOf(group)
  const release = async () => {
    await run(
      'It could not be released.',
      (call) => call.deliveries.release({ id: group.oldest.id }),
      ({ released }) => `${count(released, 'delivery goes', 'deliveries go')} on.`,
    )
    await reload()
  }
  return (
    <Confirm
      title={`Release ${what}`}
      consequence={consequenceOf(group)}
      confirm={{ label: `Release ${what}` }}
      onConfirm={release}
      trigger={(open) => (
        <Button size="compact-sm" variant="default" loading={busy} onClick={open}>
          Release {what}…
        </Button>
      )}
    />
  )
}

function whatOf({ code, count: many }: HeldGroup): string {
  switch (code) {
    case massCode.deleted:
      return count(many, 'deletion')
    case massCode.gone:
      return count(many, 'delivery', 'deliveries')
    default:
      return 'it'
  }
}

function consequenceOf(group: HeldGroup): string {
  const pairs = `${manyOf(group)} ${group.count === 1 ? 'pair of records is' : 'pairs of records are'}`
  switch (group.code) {
    case massCode.deleted:
      return `Patchbay takes it that this was meant: ${pairs} unlinked and not kept in step any more. No record is deleted on the other side.`
    case massCode.gone:
      return `Each record is looked for once more. Where it can be found again, its change is carried over. Where it can't, Patchbay takes it that it was deleted: up to ${pairs} unlinked and not kept in step any more. No record is deleted.`
    default:
      return 'The delivery goes on as it is. What it would write was held back for the reason given here.'
  }
}

function manyOf({ count: many, isMore }: HeldGroup): string {
  return `${many.toLocaleString('en')}${isMore ? '+' : ''}`
}
