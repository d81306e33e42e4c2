import { Loader } from '@mantine/core'
import { useEffect } from 'react'
import { Icon } from '#renderer/parts/icon.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { actionWords } from '#renderer/state/wording.ts'
import { systemTitle } from '#shared/domain/record.ts'
import type { SourceId } from '#shared/domain/ids.ts'
import styles from './event-watch.module.css'

/** Waits for an event of a source and shows the newest; says what to do meanwhile, and when requests were refused. */
export function EventWatch({ sourceId, what }: { readonly sourceId: string; readonly what: string }) {
  const health = useConsole((state) => state.relay.health?.sources.find(({ id }) => id === sourceId))
  const lastEventAt = health?.lastEventAt ?? null
  const newest = useAnswer(`newest of ${sourceId}`, async (call) => {
    return (await call.events.list({ sourceId: [sourceId as SourceId], limit: 1 })).items[0] ?? null
  })
  const { reload } = newest
  useEffect(() => reload(), [lastEventAt, reload])
  const rejections = health?.rejections ?? 0
  return (
    <section className={styles.watch} aria-label="Events of this source" data-seen={lastEventAt !== null}>
      {lastEventAt === null ? (
        <p className={styles.line} role="status">
          <Loader size={16} />
          <span>
            <strong>Waiting for the first event.</strong> {what} You can go on meanwhile.
          </span>
        </p>
      ) : (
        <p className={styles.line} role="status">
          <span className={styles.mark} data-tone="good">
            <Icon name="good" size={13} />
          </span>
          <span>
            <strong>Events come in.</strong> The last one came at <Time at={lastEventAt} />
            {newest.value !== null && (
              <>
                :{' '}
                <a href={addressOf('live', [newest.value.id])}>
                  {systemTitle[newest.value.system]} {newest.value.entity} {newest.value.title ?? newest.value.recordId}
                </a>{' '}
                {actionWords[newest.value.action]}
              </>
            )}
            .
          </span>
        </p>
      )}
      {rejections > 0 && lastEventAt === null && (
        <p className={styles.refused} data-tone="wait">
          Something came in and was refused. <a href={addressOf('live', ['rejections'])}>See why</a>
        </p>
      )}
    </section>
  )
}
