import { useDebouncedValue } from '@mantine/hooks'
import { useRef } from 'react'
import type { EventId } from '#shared/domain/ids.ts'
import type { MappingCheck, MappingPreview, MappingWarning, RowResult } from '#shared/domain/mapping-draft.ts'
import { useAnswer } from '../use-answer.ts'
import type { Sendable } from './draft-document.ts'

/** How long typing has to rest before the host is asked (ms). */
const restMs = 300

/** An answer about a draft, with rows counted as in the draft. The last one stays in sight while the next is on its way. */
export interface Trial<T> {
  readonly value: T | null
  readonly failed: unknown
  readonly loading: boolean
}

/** What each row of the draft makes of one event. */
export function usePreview(draft: Sendable | null, eventId: EventId | null): Trial<MappingPreview> {
  return useTrial(
    draft,
    eventId === null ? null : `event ${eventId}`,
    async (call, { document, rows }, signal): Promise<MappingPreview> => {
      const preview = await call.mappings.preview({ document, eventId: eventId as EventId }, { signal })
      return { ...preview, rows: preview.rows.map((row): RowResult => ({ ...row, row: rows[row.row] ?? -1 })) }
    },
  )
}

/** What is to be looked at before the draft is saved. */
export function useCheck(draft: Sendable | null): Trial<MappingCheck> {
  return useTrial(draft, 'check', async (call, { document, rows }, signal): Promise<MappingCheck> => {
    const { warnings, notChecked } = await call.mappings.check({ document }, { signal })
    const placed = warnings.map((one): MappingWarning => ({
      ...one,
      row: one.row === null ? null : (rows[one.row] ?? null),
    }))
    return { warnings: placed, notChecked }
  })
}

type Ask<T> = (call: Parameters<Parameters<typeof useAnswer>[1]>[0], draft: Sendable, signal: AbortSignal) => Promise<T>

/** One question at a time: what is typed meanwhile overtakes it. @param about null: there is nothing to ask about. */
function useTrial<T>(draft: Sendable | null, about: string | null, ask: Ask<T>): Trial<T> {
  const [rested] = useDebouncedValue(draft, restMs)
  const key = about === null || rested === null ? '' : `${about} ${JSON.stringify(rested.document)}`
  const answer = useAnswer<T | null>(key, (call, signal) =>
    key === '' || rested === null ? Promise.resolve(null) : ask(call, rested, signal),
  )
  const last = useRef<{ about: string | null; value: T | null }>({ about, value: null })
  if (answer.value !== null) last.current = { about, value: answer.value }
  else if (last.current.about !== about || (key === '' && draft === null)) last.current = { about, value: null }
  return {
    value: answer.value ?? last.current.value,
    failed: answer.failed,
    loading: key !== '' && (answer.loading || rested !== draft),
  }
}
