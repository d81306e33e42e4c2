import type { EventSummary } from '#shared/domain/event.ts'
import { recordKey, type RecordRef } from '#shared/domain/record.ts'
import type { SliceTools } from './console-state.ts'

/** The record that is on the screen, with its counterpart, so that what happens to it is seen at once. */
export interface RecordsSlice {
  readonly watched: ReadonlySet<string>
  /** Counts the pushes that told of a watched record since it is watched. */
  readonly changes: number
  watch(refs: readonly RecordRef[]): void
  push(events: readonly EventSummary[]): void
}

export function createRecordsSlice({ get, set }: SliceTools<RecordsSlice>): RecordsSlice {
  return {
    watched: new Set(),
    changes: 0,
    watch: (refs) => set({ watched: new Set(refs.map(recordKey)), changes: 0 }),
    push(events) {
      const { watched, changes } = get()
      if (watched.size === 0) return
      const isAbout = ({ system, entity, recordId }: EventSummary) =>
        watched.has(recordKey({ system, entity, id: recordId }))
      if (events.some(isAbout)) set({ changes: changes + 1 })
    },
  }
}
