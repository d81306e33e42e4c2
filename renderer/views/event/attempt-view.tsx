import { Disclosure } from '#renderer/parts/disclosure.tsx'
import { JsonTree } from '#renderer/parts/json-tree.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { showDuration } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { attemptWording } from '#renderer/state/wording.ts'
import type { Attempt } from '#shared/domain/delivery.ts'
import type { SystemName } from '#shared/domain/record.ts'
import { systemTitle } from '#shared/domain/record.ts'
import { ExchangeView } from './exchange-view.tsx'
import { FieldTable } from './field-table.tsx'
import styles from './attempt-view.module.css'

/**
 * One attempt: how long each step took, the fields before and after, and what was said over the wire. The last one's
 * failure is the delivery's own, which stands above.
 */
export function AttemptView({ attempt, system, isLast }: { attempt: Attempt; system: SystemName; isLast: boolean }) {
  const title = (
    <>
      <strong>Attempt {attempt.number}</strong>
      <StateBadge wording={attemptWording[attempt.result]} />
      <span className={styles.time}>
        <Time at={attempt.startedAt} precise /> · {showDuration(attempt.durationMs)}
      </span>
    </>
  )
  return (
    <Disclosure title={title} startOpen={isLast}>
      {() => (
        <div className={styles.attempt}>
          {attempt.failure !== null && !isLast && <p className={styles.failure}>{attempt.failure.sentence}</p>}
          <Steps attempt={attempt} />
          {attempt.mappedValues !== null && <FieldTable attempt={attempt} system={system} />}
          {attempt.exchanges.map((exchange) => (
            <ExchangeView key={`${exchange.startedAt} ${exchange.purpose} ${exchange.url}`} exchange={exchange} />
          ))}
          <Records attempt={attempt} system={system} />
        </div>
      )}
    </Disclosure>
  )
}

/** The steps with their share of the time. */
function Steps({ attempt }: { attempt: Attempt }) {
  if (attempt.steps.length === 0) return null
  const total = attempt.steps.reduce((sum, step) => sum + step.durationMs, 0)
  return (
    <ol className={styles.steps}>
      {attempt.steps.map((step, index) => (
        <li key={index} style={{ flexGrow: total === 0 ? 1 : step.durationMs / total }}>
          <span>{step.step}</span> {showDuration(step.durationMs)}
        </li>
      ))}
    </ol>
  )
}

function Records({ attempt, system }: { attempt: Attempt; system: SystemName }) {
  return (
    <>
      {attempt.sourceValues !== null && (
        <Disclosure title="Source record that the mapping read">
          {() => <JsonTree value={attempt.sourceValues} />}
        </Disclosure>
      )}
      {attempt.beforeValues !== null && (
        <Disclosure title={`Record in ${systemTitle[system]} before`}>
          {() => <JsonTree value={attempt.beforeValues} />}
        </Disclosure>
      )}
      <p className={styles.mapping}>
        Mapping {attempt.mappingId}, version {attempt.mappingVersion}
      </p>
    </>
  )
}
