import { useHotkeys } from '@mantine/hooks'
import { useEffect, useMemo, useState } from 'react'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Page } from '#renderer/parts/page.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { goTo, useConsole } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { recordBadge, refsOf, titleOf } from '#renderer/state/record-story.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import type { RecordComparison } from '#shared/domain/known-record.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import { Waiting } from '../frame/waiting.tsx'
import { CompareButton } from './compare-button.tsx'
import { FieldPairs } from './field-pairs.tsx'
import { OpenDeliveries } from './open-deliveries.tsx'
import { RecordTimeline } from './record-timeline.tsx'
import { SyncButton } from './sync-button.tsx'
import styles from './record-view.module.css'

/** What was read, and how many changes of the record had been heard of by then. */
interface Compared {
  readonly comparison: RecordComparison
  readonly changes: number
}

/** One record with its counterpart: how they stand, their values side by side, and what happened to them. Esc leads back to the list. */
export function RecordView({ record, text }: { record: RecordRef; text: string }) {
  const name = `${record.system} ${record.entity} ${record.id}`
  const detail = useAnswer(name, (call) => call.records.get(record))
  const [compared, setCompared] = useState<Compared | null>(null)
  const comparison = compared?.comparison ?? null
  const back = addressOf('records', [], { text })
  useHotkeys([['Escape', (event) => isOutsideDialogs(event) && goTo(back)]])
  const { value, reload } = detail
  const changes = useWatched(value === null ? [record] : refsOf(value))
  const isOld = compared !== null && compared.changes !== changes
  useEffect(() => {
    if (changes > 0) reload()
  }, [changes, reload])

  const backLink = <a href={back}>{text === '' ? 'All records' : `Back to “${text}”`}</a>
  if (value === null) {
    return (
      <Page title={record.id} lead={backLink}>
        {detail.failed === null ? <Waiting /> : isUnknown(detail.failed) ? <Unknown record={record} /> : null}
        {detail.failed !== null && !isUnknown(detail.failed) && (
          <LoadFailure what="The record" error={detail.failed} again={reload} />
        )}
      </Page>
    )
  }
  return (
    <Page
      title={titleOf(value, record)}
      width="fill"
      lead={
        <span className={styles.lead}>
          <StateBadge wording={recordBadge(value.state, isOld ? null : comparison)} />
          <span>
            last change <Time at={value.lastChangeAt} />
          </span>
          {backLink}
        </span>
      }
      actions={
        <>
          <CompareButton record={record} onCompared={(read) => setCompared({ comparison: read, changes })} />
          <SyncButton record={value} ordered={record} comparison={comparison} />
        </>
      }
    >
      <div className={styles.body}>
        <div className={styles.column}>
          <OpenDeliveries deliveries={value.openDeliveries} />
          <FieldPairs record={value} comparison={comparison} isOld={isOld} />
        </div>
        <RecordTimeline record={record} changes={changes} />
      </div>
    </Page>
  )
}

/** Has pushes about these records counted while they are on the screen. */
function useWatched(refs: readonly RecordRef[]): number {
  const watch = useConsole((state) => state.records.watch)
  const changes = useConsole((state) => state.records.changes)
  const key = JSON.stringify(refs)
  const watched = useMemo(() => JSON.parse(key) as RecordRef[], [key])
  useEffect(() => {
    watch(watched)
    return () => watch([])
  }, [watch, watched])
  return changes
}

/** A dialog takes Esc for itself. */
function isOutsideDialogs({ target }: KeyboardEvent): boolean {
  return !(target instanceof Element) || target.closest('[role="dialog"]') === null
}

function isUnknown(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'NOT_FOUND'
}

function Unknown({ record }: { record: RecordRef }) {
  return (
    <EmptyState icon="records" title="Patchbay does not know this record">
      No event about the {record.entity} {record.id} has come in, or it is older than what is kept.
    </EmptyState>
  )
}
