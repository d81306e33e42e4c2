import type { EventDetail } from '#shared/contract/event-calls.ts'
import type { DeliveryDetail } from '#shared/domain/delivery.ts'
import { otherSystem, systemTitle } from '#shared/domain/record.ts'
import type { SystemName } from '#shared/domain/record.ts'
import { readTitle } from '#shared/logic/record-title.ts'
import { actionWords, actorName, count, eventWording, viaWords } from './wording.ts'
import type { Tone } from './wording.ts'

/** One step of an event before its deliveries. */
export interface StoryStep {
  readonly key: 'received' | 'verified' | 'stored' | 'deduped' | 'routed'
  readonly title: string
  readonly text: string
  readonly tone: Tone
  /** Instant, ms since 1970, where it is known. */
  readonly at: number | null
  /** ms since the event was received, where that was measured. */
  readonly afterMs: number | null
}

/** The whole event in one sentence: what happened, and what came of it at the other side. */
export function storySentence(event: EventDetail): string {
  const happened = `${nameOf(event)} was ${actionWords[event.action]} in ${systemTitle[event.system]}`
  const current = event.deliveries.filter((delivery) => delivery.replayedBy === null)
  if (current.length > 0) return `${[happened, ...current.map(clauseOf)].join('; ')}.`
  if (event.state === 'unmatched') return `${happened}; no route wants it, so nothing was written.`
  if (event.state === 'stored') return `${happened}; it is safely stored and will be routed next.`
  return `${happened}. ${event.note ?? eventWording[event.state].meaning}`
}

/** The steps every event takes before its deliveries begin. */
export function storySteps(event: EventDetail): StoryStep[] {
  const { receivedAt, routedAt, verifiedMs, writtenMs } = event
  const after = (ms: number | null) => ({ at: ms === null ? null : receivedAt + ms, afterMs: ms })
  return [
    { key: 'received', title: 'Received', text: receivedText(event), tone: 'good', at: receivedAt, afterMs: null },
    { key: 'verified', title: 'Verified', text: event.verifiedBy, tone: 'good', ...after(verifiedMs) },
    { key: 'stored', title: 'Stored', text: storedText(event), tone: 'good', ...after(writtenMs) },
    { key: 'deduped', title: 'Deduped', text: dedupedText(event), tone: 'good', ...after(writtenMs) },
    {
      key: 'routed',
      title: 'Routed',
      text: routedText(event),
      tone: routedAt === null ? 'busy' : event.deliveries.length === 0 ? 'quiet' : 'good',
      ...after(routedAt === null ? null : Math.max(0, routedAt - receivedAt)),
    },
  ]
}

/** The system a delivery writes to. */
export function destinationSystem(delivery: Pick<DeliveryDetail, 'destination' | 'record'>): SystemName {
  return delivery.destination?.system ?? otherSystem(delivery.record.system)
}

/** "Account ‘Acme’", or by its id where no name came along. */
export function nameOf(event: { entity: string; recordId: string; title: string | null }): string {
  const entity = event.entity.charAt(0).toUpperCase() + event.entity.slice(1)
  return event.title === null ? `${entity} ${event.recordId}` : `${entity} ‘${event.title}’`
}

/** The newest attempt's changed fields: what was written. */
export function writtenFields(delivery: DeliveryDetail): number {
  return delivery.attempts.findLast((attempt) => attempt.result === 'succeeded')?.changes.length ?? 0
}

function clauseOf(delivery: DeliveryDetail): string {
  const to = systemTitle[destinationSystem(delivery)]
  switch (delivery.state) {
    case 'pending':
    case 'leased':
      return `the delivery to ${to} is under way`
    case 'waiting':
      return `the delivery to ${to} waits${because(delivery)}`
    case 'parked':
      return `the delivery to ${to} is parked until somebody has looked at it${because(delivery)}`
    case 'delivered':
      return deliveredClause(delivery, to)
    case 'skipped':
      return `nothing was written to ${to}${because(delivery)}`
    case 'dead':
      return `the delivery to ${to} failed${because(delivery)}`
    case 'cancelled':
      return `the delivery to ${to} was cancelled${because(delivery)}`
  }
}

function deliveredClause(delivery: DeliveryDetail, to: string): string {
  const target = destinationName(delivery)
  switch (delivery.result) {
    case 'created':
      return `${target} was created in ${to}`
    case 'updated':
      return `${target} was updated in ${to} (${count(writtenFields(delivery), 'field')})`
    case 'linked':
      return `it was linked to ${target} in ${to}`
    case 'unlinked':
      return `its link to ${target} in ${to} was removed`
    case 'unchanged':
    case null:
      return `${target} in ${to} already had these values`
  }
}

/** "company ‘Acme’" by the name that the newest attempt read or wrote, or by its id where there was none. */
export function destinationName({ destination, attempts }: Pick<DeliveryDetail, 'destination' | 'attempts'>): string {
  if (destination === null) return 'the record'
  const newest = attempts.at(-1)
  const title = readTitle({ ...newest?.beforeValues, ...newest?.mappedValues })
  return title === null ? `${destination.entity} ${destination.id}` : `${destination.entity} ‘${title}’`
}

function because(delivery: DeliveryDetail): string {
  const reason = delivery.failure?.sentence ?? delivery.note
  return reason === null || reason === undefined ? '' : `: ${reason.replace(/\.$/, '')}`
}

function receivedText(event: EventDetail): string {
  const from = `From ${systemTitle[event.system]} by ${viaWords[event.via]}, source “${event.sourceId}”`
  const who = actorName(event.actor)
  return who === null ? `${from}.` : `${from}; changed there by ${who}.`
}

function storedText(event: EventDetail): string {
  return `As event ${event.id}, on disk before the sender was answered.`
}

function dedupedText({ dedupeKeys, duplicates }: EventDetail): string {
  if (duplicates > 0) return `It came again ${count(duplicates, 'time')} and was recognised.`
  if (dedupeKeys.length === 0) return 'The sender gave nothing to recognise it by.'
  return `New: ${dedupeKeys.length === 1 ? 'its key was' : `its ${dedupeKeys.length} keys were`} not known, and it did not come again.`
}

function routedText(event: EventDetail): string {
  if (event.routedAt === null) return 'Not routed yet.'
  const first = event.deliveries.filter((delivery) => delivery.replayOf === null).length
  return first === 0 ? 'No route wants this event.' : `${count(first, 'route wants', 'routes want')} this event.`
}
