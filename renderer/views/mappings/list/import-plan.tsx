import { Disclosure } from '#renderer/parts/disclosure.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import type { Wording } from '#renderer/state/wording.ts'
import type { ImportItem, ImportReceipt } from '#shared/domain/configuration-import.ts'
import { Changes, DifferenceView } from '../versions/difference-view.tsx'
import styles from './import.module.css'

const wording: Record<ImportItem['what'], Wording> = {
  add: { label: 'New', tone: 'good', meaning: 'It is not here yet and will be added.' },
  change: { label: 'Changes', tone: 'busy', meaning: 'The file says something else than what is here.' },
  same: { label: 'Same', tone: 'quiet', meaning: 'The file says what is here already.' },
  'only-here': { label: 'Only here', tone: 'quiet', meaning: 'The file does not have it; it stays as it is.' },
}

const kinds = { mapping: 'Mapping', route: 'Route' } as const

/** What a file would change, one mapping or route after the other; what it would change in them opens on request. */
export function ImportPlan({ plan }: { plan: ImportReceipt }) {
  const changing = plan.items.filter(({ what }) => what === 'add' || what === 'change')
  const staying = plan.items.filter((item) => !changing.includes(item))
  return (
    <div className={styles.plan}>
      {plan.problems.length > 0 && (
        <ul className={styles.problems} data-tone="bad" aria-label="Why the file can’t be imported">
          {plan.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {changing.map((item) => (
        <Item key={`${item.kind} ${item.id}`} item={item} />
      ))}
      {staying.length > 0 && (
        <Disclosure title={staysSentence(staying.length)} startOpen={changing.length === 0}>
          {() => staying.map((item) => <Item key={`${item.kind} ${item.id}`} item={item} />)}
        </Disclosure>
      )}
    </div>
  )
}

function Item({ item }: { item: ImportItem }) {
  const { changes, difference } = item
  const title = (
    <>
      <StateBadge wording={wording[item.what]} />
      {kinds[item.kind]} <strong>{item.name}</strong>
    </>
  )
  if (difference === null && changes.length === 0) return <p className={styles.item}>{title}</p>
  return (
    <Disclosure title={title}>
      {() => (difference === null ? <Changes changes={changes} /> : <DifferenceView difference={difference} />)}
    </Disclosure>
  )
}

function staysSentence(many: number): string {
  return many === 1 ? '1 stays as it is' : `${many} stay as they are`
}
