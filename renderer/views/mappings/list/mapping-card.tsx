import { SystemName } from '#renderer/parts/system-name.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { doerOf } from '#renderer/state/audit-words.ts'
import { severityWording } from '#renderer/state/mappings/mapping-words.ts'
import { mappingAddress, versionsAddress } from '#renderer/state/mappings/mapping-place.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { count } from '#renderer/state/wording.ts'
import type { MappingVersion } from '#shared/domain/mapping.ts'
import type { Route } from '#shared/domain/route.ts'
import styles from './mapping-list.module.css'

interface Props {
  readonly version: MappingVersion
  readonly routes: readonly Route[]
  /** Somebody has begun to change it and not saved. */
  readonly hasDraft: boolean
}

/** One mapping in the list. */
export function MappingCard({ version, routes, hasDraft }: Props) {
  const { document, mappingId } = version
  const check = useAnswer(`check of ${mappingId} ${version.version}`, (call) => call.mappings.check({ document }))
  const severities = (['error', 'warning'] as const)
    .map((severity) => ({
      severity,
      many: check.value?.warnings.filter((one) => one.severity === severity).length ?? 0,
    }))
    .filter(({ many }) => many > 0)
  const running = routes.filter(({ enabled }) => enabled).length
  return (
    <li className={styles.card}>
      <div className={styles.main}>
        <h2>
          <a href={mappingAddress(mappingId)}>{document.name}</a>
        </h2>
        {hasDraft && (
          <span className={styles.chip} data-tone="wait">
            Draft not saved
          </span>
        )}
        {severities.map(({ severity, many }) => (
          <span key={severity} className={styles.chip} data-tone={severityWording[severity].tone}>
            {count(many, severity)}
          </span>
        ))}
      </div>
      <p className={styles.pair}>
        <SystemName system="salesforce" short /> {document.salesforce.entity}
        <span aria-hidden>⇄</span>
        <SystemName system="connectwise" short /> {document.connectwise.entity}
        <span className={styles.soft}>
          {count(document.fields.length, 'row')} · {usedBy(routes.length, running)}
        </span>
      </p>
      <p className={styles.last}>
        <a href={versionsAddress(mappingId)}>Version {version.version}</a>
        <span className={styles.soft}>
          <Time at={version.createdAt} /> by {doerOf({ who: version.author })}
          {version.note !== '' && <span className={styles.note}> · {version.note}</span>}
        </span>
      </p>
    </li>
  )
}

function usedBy(routes: number, running: number): string {
  if (routes === 0) return 'no route uses it'
  return running === routes
    ? `used by ${count(routes, 'route')}`
    : `used by ${count(routes, 'route')}, ${running} switched on`
}
