import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { Disclosure } from '#renderer/parts/disclosure.tsx'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { KeyValues } from '#renderer/parts/key-values.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { TextView } from '#renderer/parts/text-view.tsx'
import { showSize } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import type { Rejection } from '#shared/domain/event.ts'
import styles from './rejection-list.module.css'

/** Requests that were refused at the door, each with the reason and what was sent. */
export function RejectionList() {
  const { rows, next, loading, loaded, failed, reload, loadOlder } = useConsole((state) => state.rejections)
  const refused = useConsole((state) => state.relay.health?.sources.reduce((sum, source) => sum + source.rejections, 0))
  useEffect(() => void reload(), [reload, refused])
  if (failed !== null && rows.length === 0) {
    return <LoadFailure what="The rejections" error={failed} again={() => void reload()} />
  }
  if (loaded && rows.length === 0) {
    return (
      <EmptyState icon="shield" title="No request was refused">
        Requests with a wrong signature, too large or in a wrong form are refused and kept here, so that nothing
        vanishes without a reason.
      </EmptyState>
    )
  }
  return (
    <div className={styles.list}>
      {rows.map((rejection) => (
        <Row key={rejection.id} rejection={rejection} />
      ))}
      {next !== null && (
        <Button size="xs" variant="default" loading={loading} onClick={() => void loadOlder()}>
          Show older ones
        </Button>
      )}
    </div>
  )
}

function Row({ rejection }: { rejection: Rejection }) {
  const title = (
    <span className={styles.row}>
      <span className={styles.time}>
        <Time at={rejection.receivedAt} />
      </span>
      <span className={styles.status} data-tone="bad">
        {rejection.status}
      </span>
      <span className={styles.source}>{rejection.sourceId}</span>
      <span className={styles.sentence} title={rejection.sentence}>
        {rejection.sentence}
      </span>
      {rejection.count > 1 && <span className={styles.time}>×{rejection.count} in this minute</span>}
    </span>
  )
  return (
    <div className={styles.item}>
      <Disclosure title={title}>
        {() => (
          <div className={styles.detail}>
            <p>{rejection.sentence}</p>
            <KeyValues
              rows={[
                ['Answered', `HTTP ${rejection.status} (${rejection.code})`],
                ['From address', rejection.remoteAddress ?? 'not known'],
                ['Size', showSize(rejection.size)],
                ...Object.entries(rejection.headers),
              ]}
            />
            {rejection.excerpt !== '' && <TextView text={rejection.excerpt} />}
          </div>
        )}
      </Disclosure>
    </div>
  )
}
