import type { DeliverySummary } from '#shared/domain/delivery.ts'
import type {
  KnownRecord,
  RecordComparison,
  RecordDetail,
  RecordState,
  TimelineEntry,
} from '#shared/domain/known-record.ts'
import { otherSystem, systemTitle, type RecordRef } from '#shared/domain/record.ts'
import { readTitle } from '#shared/logic/record-title.ts'
import { valueText } from './field-rows.ts'
import { isDifferent } from './record-fields.ts'
import { actionWords, actorName, deliveryWording, recordWording, viaWords, type Wording } from './wording.ts'

/** The records of a pair that are there, Salesforce first. */
export function refsOf({ salesforce, connectwise }: Pick<KnownRecord, 'salesforce' | 'connectwise'>): RecordRef[] {
  return [
    ...(salesforce === null ? [] : [{ system: 'salesforce' as const, entity: salesforce.entity, id: salesforce.id }]),
    ...(connectwise === null
      ? []
      : [{ system: 'connectwise' as const, entity: connectwise.entity, id: connectwise.id }]),
  ]
}

/** What a person calls a record; where its name did not come along, the one of the last sync, else what it is. */
export function titleOf({ link, title }: Pick<RecordDetail, 'link' | 'title'>, { entity, id }: RecordRef): string {
  return title ?? readTitle({ ...link?.connectwise.synced, ...link?.salesforce.synced }) ?? `${entity} ${id}`
}

/**
 * How a record stands with its counterpart. What both sides were just read to be counts for more than what is remembered of them; what is
 * still to be carried over, or has ended, is told all the same.
 */
export function recordBadge(
  state: RecordState,
  comparison: Pick<RecordComparison, 'salesforce' | 'connectwise' | 'fields' | 'sentence'> | null,
): Wording {
  if (comparison === null || state !== 'in-step') return recordWording[state]
  const { connectwise, fields, salesforce, sentence } = comparison
  if (salesforce !== null && connectwise !== null && !fields.some(isDifferent)) return recordWording[state]
  return { label: 'Not in step', tone: 'wait', meaning: sentence }
}

/** What happened and who did it: "Updated by jo@acme.com", "Sync ordered at Patchbay". */
export function happeningOf({ action, actor, via }: Pick<TimelineEntry, 'action' | 'actor' | 'via'>): string {
  if (via === 'manual') return 'Sync ordered in Patchbay'
  const what = `${actionWords[action].charAt(0).toUpperCase()}${actionWords[action].slice(1)}`
  const who = actorName(actor)
  return who === null ? what : `${what} by ${who}`
}

/** By which way the news came. */
export function wayOf({ via, duplicates }: Pick<TimelineEntry, 'via' | 'duplicates'>): string {
  if (via === 'manual') return 'by a person'
  return duplicates === 0 ? `by ${viaWords[via]}` : `by ${viaWords[via]}, came ${duplicates + 1} times`
}

/** How a delivery came about beyond its event; null when it did by the event alone. */
export function specialOf({ mode, replayId }: Pick<DeliverySummary, 'mode' | 'replayId'>): string | null {
  if (mode === 'undo') return 'taken back'
  if (mode === 'edited') return 'replay, edited'
  return replayId === null ? null : 'replay'
}

/** Where a delivery goes: "ConnectWise company 42". */
export function aimOf({ destination, record }: Pick<DeliverySummary, 'destination' | 'record'>): string {
  if (destination === null) return systemTitle[otherSystem(record.system)]
  return `${systemTitle[destination.system]} ${destination.entity} ${destination.id}`
}

/** Why a delivery stands as it does, in a sentence. */
export function reasonOf({ failure, note, state }: Pick<DeliverySummary, 'failure' | 'note' | 'state'>): string {
  return failure?.sentence ?? note ?? deliveryWording[state].meaning
}

/** The first changes of a delivery as texts, and how many more there are. */
export function changesOf(
  { changes }: Pick<TimelineEntry['deliveries'][number], 'changes'>,
  most: number,
): { readonly shown: readonly { field: string; from: string; to: string }[]; readonly more: number } {
  const shown = changes
    .slice(0, most)
    .map(({ field, from, to }) => ({ field, from: valueText(from), to: valueText(to) }))
  return { shown, more: changes.length - shown.length }
}
