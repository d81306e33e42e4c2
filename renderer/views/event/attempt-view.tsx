import { Disclosure } from '#renderer/parts/disclosure.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { showDuration } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { attemptWording } from '#renderer/state/wording.ts'
import type { Attempt, DeliveryDetail } from '#shared/domain/delivery.ts'
import { AttemptSteps } from './attempt-steps.tsx'
import { ExchangeView } from './exchange-view.tsx'
import styles from './attempt-view.module.css'

interface Props {
  readonly attempt: Attempt
  readonly delivery: DeliveryDetail
  readonly isNewest: boolean
}

/** One attempt: how long each step took, what failed, and what was said over the wire. */
export function AttemptView({ attempt, delivery, isNewest }: Props) {
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
    <Disclosure title={title} startOpen={isNewest}>
      {() => (
        <div className={styles.attempt}>
          {attempt.failure !== null && <p className={styles.failure}>{attempt.failure.sentence}</p>}
          <AttemptSteps attempt={attempt} delivery={delivery} />
          <div>
            {attempt.exchanges.length === 0 && <p className={styles.soft}>Nothing was asked of the other system.</p>}
            {attempt.exchanges.map((exchange, index) => (
              <ExchangeView key={index} exchange={exchange} />
            ))}
          </div>
          <p className={styles.soft}>
            Mapping <a href={`#/mappings/${attempt.mappingId}`}>{attempt.mappingId}</a>, version{' '}
            {attempt.mappingVersion}
          </p>
        </div>
      )}
    </Disclosure>
  )
}
