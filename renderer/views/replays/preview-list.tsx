import { Button } from '@mantine/core'
import { useState } from 'react'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { valueText } from '#renderer/state/field-rows.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { count, previewWording } from '#renderer/state/wording.ts'
import { systemTitle } from '#shared/domain/record.ts'
import type { ReplayPreview, ReplayRequest } from '#shared/domain/replay.ts'
import styles from './preview-list.module.css'

const atOnce = 20

/** What would change in each record, asked for in pieces as it reads both systems. Writes nothing. */
export function PreviewList({ request, total }: { request: Omit<ReplayRequest, 'note' | 'rate'>; total: number }) {
  const [items, setItems] = useState<readonly ReplayPreview[] | null>(null)
  const [next, setNext] = useState<string | null>(null)
  const [run, busy] = useAction()

  async function look(after: string | null) {
    const page = await run('What would change could not be found out.', (call) =>
      call.replays.preview({ ...request, limit: atOnce, ...(after !== null && { after }) }),
    )
    if (page === null) return
    setItems([...(after === null ? [] : (items ?? [])), ...page.items])
    setNext(page.next)
  }

  if (items === null) {
    return (
      <div>
        <Button size="xs" variant="default" loading={busy} onClick={() => void look(null)}>
          {total > atOnce ? `See what would change in the first ${atOnce}` : 'See what would change'}
        </Button>
        <span className={styles.hint}>Reads both systems; writes nothing.</span>
      </div>
    )
  }
  return (
    <div className={styles.box} role="group" aria-label="What would change">
      {items.map((item) => (
        <PreviewItem key={item.deliveryId} item={item} />
      ))}
      {next !== null && (
        <Button size="compact-xs" variant="default" loading={busy} onClick={() => void look(next)}>
          Look at {count(Math.min(atOnce, total - items.length), 'more', 'more')}
        </Button>
      )}
    </div>
  )
}

function PreviewItem({ item }: { item: ReplayPreview }) {
  const { record, title } = item
  return (
    <div className={styles.item}>
      <StateBadge wording={previewWording[item.kind]} />
      <span className={styles.name}>
        {systemTitle[record.system]} {record.entity} {title ?? record.id}
      </span>
      {item.sentence !== null && <p className={styles.sentence}>{item.sentence}</p>}
      {item.changes.length > 0 && (
        <ul className={styles.changes}>
          {item.changes.map((change) => (
            <li key={change.field}>
              {change.field}: <del>{valueText(change.from)}</del> <ins>{valueText(change.to)}</ins>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
