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

/** A part with its state, since when, why, and the next step. */
export function HealthCard({ title, health, actions, children }: Props) {
  const state = health?.state ?? 'unknown'
  return (
    <article className={styles.card}>
      <header className={styles.head}>
        <strong className={styles.title}>{title}</strong>
        <StateBadge wording={healthWording[state]} />
        {health?.since != null && (
          <span className={styles.soft}>
            since <Time at={health.since} />
          </span>
        )}
      </header>
      {health?.reason != null && state !== 'ok' && (
        <p className={styles.reason} data-tone={healthWording[state].tone}>
          {health.reason} {health.nextStep !== null && <strong>{health.nextStep}</strong>}
        </p>
      )}
      {children}
      <footer className={styles.actions}>{actions}</footer>
    </article>
  )
}
