import type { ReactNode } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { addressOf } from '#renderer/state/place.ts'
import type { Tone } from '#renderer/state/wording.ts'
import type { Overview, ReasonCount } from '#shared/domain/overview.ts'
import { placeAddress } from '#shared/logic/place-address.ts'
import styles from './counters.module.css'

/**
 * Four numbers, each leading to what is counted; what is held back or left out says why. No one list holds all that was left out: there the
 * reasons lead to theirs.
 */
export function Counters({ overview }: { overview: Overview }) {
  const { excluded, failing, inSync, waiting } = overview
  return (
    <section className={styles.counters} aria-label="Counters">
      <Counter
        tone="good"
        title="In sync"
        number={inSync}
        href={addressOf('records')}
        note="pairs of records that are the same on both sides, with nothing open"
      />
      <div className={styles.reasons}>
        <Counter
          tone={waiting.count > 0 ? 'wait' : 'quiet'}
          title="Waiting"
          number={waiting.count}
          href={addressOf('live', [], { filter: 'state:open' })}
          note={
            waiting.oldestAt === null ? (
              'No change is on its way.'
            ) : (
              <>
                the oldest since <Time at={waiting.oldestAt} />
              </>
            )
          }
        >
          <Reasons reasons={waiting.reasons} />
        </Counter>
        <Counter
          tone="quiet"
          title="Left out"
          number={excluded.count}
          note={excluded.count === 0 ? 'Nothing, in the last 24 hours.' : 'in the last 24 hours, on purpose'}
        >
          <Reasons reasons={excluded.reasons} />
        </Counter>
      </div>
      <Counter
        tone={failing > 0 ? 'bad' : 'quiet'}
        title="Failed"
        number={failing}
        href={addressOf('failures')}
        note={
          failing === 0
            ? 'No delivery has failed for good.'
            : `${failing === 1 ? 'delivery' : 'deliveries'} that no retry can help: a person decides`
        }
      />
    </section>
  )
}

interface CounterProps {
  readonly tone: Tone
  readonly title: string
  readonly number: number
  readonly href?: string
  readonly note: ReactNode
  readonly children?: ReactNode
}

function Counter({ tone, title, number, href, note, children }: CounterProps) {
  const words = (
    <>
      <span className={styles.title}>
        <Icon name={tone} size={13} /> {title}
      </span>{' '}
      <strong>{number.toLocaleString('en')}</strong>
    </>
  )
  return (
    <div className={styles.counter} data-tone={tone}>
      {href === undefined ? (
        <div className={styles.number}>{words}</div>
      ) : (
        <a className={styles.number} href={href}>
          {words}
        </a>
      )}
      <p className={styles.note}>{note}</p>
      {children}
    </div>
  )
}

function Reasons({ reasons }: { reasons: readonly ReasonCount[] }) {
  if (reasons.length === 0) return null
  return (
    <ul className={styles.list}>
      {reasons.map((reason) => (
        <li key={reason.reason}>
          <a href={placeAddress(reason.place)}>
            <b>{reason.count.toLocaleString('en')}</b>
            <span>{reason.sentence}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
