import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import { sentenceOf } from '#renderer/state/host-error.ts'
import type { Trial } from '#renderer/state/mappings/use-trial.ts'
import { addressOf } from '#renderer/state/place.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { count, eventBadge } from '#renderer/state/wording.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import type { MappingPreview } from '#shared/domain/mapping-draft.ts'
import { systemTitle } from '#shared/domain/record.ts'
import { useEditor } from '../editor/editor-context.ts'
import { EventChoice } from './event-choice.tsx'
import { PreviewRow } from './preview-row.tsx'
import styles from './preview-panel.module.css'

interface Props {
  readonly preview: Trial<MappingPreview>
  readonly event: EventSummary | null
  readonly changed: boolean
  readonly onEvent: (event: EventSummary) => void
}

/** What the draft makes of a real event, row by row, while it is edited. */
export function PreviewPanel({ preview, event, changed, onEvent }: Props) {
  const { document, from, to, wantedValue } = useEditor()
  const { entity } = document[from]
  const first = useAnswer(`first event of ${from} ${entity} for ${wantedValue ?? ''}`, async (call) => {
    const wanted = { system: from, entity, limit: 1 }
    const failed = wantedValue === null ? [] : (await call.events.list({ ...wanted, error: [wantedValue] })).items
    return failed[0] ?? (await call.events.list(wanted)).items[0] ?? null
  })
  const isOther = event === null || event.system !== from
  useEffect(() => {
    if (isOther && first.value !== null) onEvent(first.value)
  }, [isOther, first.value, onEvent])

  return (
    <section className={styles.zone} aria-label="Live preview" aria-busy={preview.loading}>
      <h2 className={styles.title}>
        Preview
        <span className={styles.soft}>{preview.loading ? 'updating…' : 'nothing is written'}</span>
      </h2>
      <EventChoice key={from} system={from} entity={entity} event={isOther ? null : event} onChange={onEvent} />
      {event !== null && <EventLine event={event} changed={changed} />}
      {event === null && !first.loading && (
        <EmptyState icon="live" title="No event yet">
          As soon as a {entity} changes in {systemTitle[from]}, its values can be tried here.
        </EmptyState>
      )}
      {preview.failed !== null && <p className={styles.remark}>{sentenceOf(preview.failed)}</p>}
      {preview.value !== null && event !== null && <Results preview={preview.value} to={systemTitle[to]} />}
    </section>
  )
}

/** How often it is looked what became of the event (ms). */
const lookEveryMs = 5_000

function EventLine({ event, changed }: { event: EventSummary; changed: boolean }) {
  const open = useConsole((state) => state.replay.open)
  const now = useAnswer(`event ${event.id}`, (call) => call.events.get({ id: event.id }), lookEveryMs)
  const { state, result } = now.value ?? event
  return (
    <p className={styles.line}>
      <StateBadge wording={eventBadge({ state, result })} />
      <a href={addressOf('live', [event.id])}>Event {event.id}</a>
      {state === 'dead' && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<Icon name="replay" size={12} />}
          disabled={changed}
          title={changed ? 'A replay uses the saved mapping: save the changes first.' : undefined}
          onClick={() => open({ selection: { eventIds: [event.id] }, what: event.title ?? event.recordId })}
        >
          Replay…
        </Button>
      )}
    </p>
  )
}

function Results({ preview, to }: { preview: MappingPreview; to: string }) {
  const failing = preview.rows.filter(({ failure }) => failure !== null && failure.class !== 'dependency').length
  return (
    <>
      <p className={styles.remark} role="status" data-failing={failing > 0}>
        {failing > 0
          ? `${count(failing, 'row fails', 'rows fail')}: nothing would be written to ${to}.`
          : `${preview.isCreate ? 'A new record' : 'The record'} in ${to} would get:`}
        {preview.remark !== null && ` ${preview.remark}`}
      </p>
      <ul className={styles.rows}>
        {preview.rows.map((result) => (
          <PreviewRow key={result.row} result={result} />
        ))}
      </ul>
    </>
  )
}
