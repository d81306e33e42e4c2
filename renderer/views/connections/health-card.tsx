import type { ReactNode } from 'react'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { healthWording } from '#renderer/state/wording.ts'
import type { ComponentHealth } from '#shared/domain/health.ts'
import styles from './health-card.module.css'

interface Props {
  readonly title: ReactNode
  readonly health: ComponentHealth | null
  readonly actions: ReactNode
  readonly children: ReactNode
}

const unheard: ComponentHealth = { state: 'unknown', since: null, reason: null, nextStep: null }

/** A part with its state, since when, why, and the next step. */
export function HealthCard({ title, health, actions, children }: Props) {
  const { state, since, reason, nextStep } = health ?? unheard
  return (
    <article className={styles.card}>
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
