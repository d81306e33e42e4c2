import type { DeliverySummary } from '#shared/domain/delivery.ts'
import type { KnownRecord, RecordDetail, TimelineEntry } from '#shared/domain/known-record.ts'
import { otherSystem, systemTitle, type RecordRef } from '#shared/domain/record.ts'
import { readTitle } from '#shared/logic/record-title.ts'
import { valueText } from './field-rows.ts'
import { actionWords, deliveryWording, viaWords } from './wording.ts'

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

/** What happened and who did it: "Updated by jo@acme.com", "Sync ordered at Patchbay". */
export function happeningOf({ action, actor, via }: Pick<TimelineEntry, 'action' | 'actor' | 'via'>): string {
  if (via === 'manual') return 'Sync ordered in Patchbay'
  const what = `${actionWords[action].charAt(0).toUpperCase()}${actionWords[action].slice(1)}`
  return actor === null ? what : `${what} by ${actor}`
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
