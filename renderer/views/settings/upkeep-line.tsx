import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { Time } from '#renderer/parts/time.tsx'
import type { Wording } from '#renderer/state/wording.ts'
import type { UpkeepResult } from '#shared/domain/storage.ts'
import styles from './section.module.css'

const went: Record<'well' | 'badly', Wording> = {
  well: { label: 'OK', tone: 'good', meaning: 'It went well the last time.' },
  badly: { label: 'Failed', tone: 'bad', meaning: 'It did not work the last time.' },
}

/** How something that is done from time to time went the last time. */
export function UpkeepLine({ result, none }: { result: UpkeepResult | null | undefined; none: string }) {
  if (result === null || result === undefined) return <p className={styles.soft}>{none}</p>
  return (
    <div className={styles.result}>
      <StateBadge wording={result.ok ? went.well : went.badly} />
      <span>{result.sentence}</span>
      <span className={styles.soft}>
        <Time at={result.at} />
      </span>
    </div>
  )
}
