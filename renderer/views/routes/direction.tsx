import { Icon } from '#renderer/parts/icon.tsx'
import { SystemName } from '#renderer/parts/system-name.tsx'
import { otherSystem, type SystemName as Name } from '#shared/domain/record.ts'
import styles from './direction.module.css'

/** From one system to the other, as two marks with an arrow. */
export function Direction({ from }: { from: Name }) {
  return (
    <span className={styles.direction}>
      <SystemName system={from} short />
      <Icon name="arrow" size={13} />
      <span className="visually-hidden">to</span>
      <SystemName system={otherSystem(from)} short />
    </span>
  )
}
