import { useEffect, useRef, type ReactNode } from 'react'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { usePlace } from '#renderer/state/console-context.ts'
import { healthWording } from '#renderer/state/wording.ts'
import type { ComponentHealth } from '#shared/domain/health.ts'
import styles from './health-card.module.css'

interface Props {
  /** `connection:ID` or `source:ID`, as links to it say. */
  readonly part: string
  readonly title: ReactNode
  readonly health: ComponentHealth | null
  readonly actions: ReactNode
  readonly children: ReactNode
}

const unheard: ComponentHealth = { state: 'unknown', since: null, reason: null, nextStep: null }

/** A part with its state, since when, why, and the next step. One that a link has named is brought into sight and framed. */
export function HealthCard({ part, title, health, actions, children }: Props) {
  const { state, since, reason, nextStep } = health ?? unheard
  const card = useRef<HTMLElement>(null)
  const isWanted = usePlace().query['filter'] === part
  useEffect(() => {
    if (isWanted) card.current?.scrollIntoView({ block: 'center' })
  }, [isWanted])
  return (
    <article ref={card} className={styles.card} aria-current={isWanted}>
      <header className={styles.head}>
        <strong className={styles.title}>{title}</strong>
        <StateBadge wording={healthWording[state]} />
        {since !== null && (
          <span className={styles.soft}>
            since <Time at={since} />
          </span>
        )}
      </header>
      {reason !== null && state !== 'ok' && (
        <p className={styles.reason} data-tone={healthWording[state].tone}>
          {reason} {nextStep !== null && <strong>{nextStep}</strong>}
        </p>
      )}
      {children}
      <footer className={styles.actions}>{actions}</footer>
    </article>
  )
}
