import type { Attempt, DeliveryResult, DeliveryState, DeliverySummary } from '#shared/domain/delivery.ts'
import type { Replay, ReplayPreview, ReplayResult } from '#shared/domain/replay.ts'
import type { EventAction, EventState, EventSummary, EventVia } from '#shared/domain/event.ts'
import type { ComparedField, RecordState } from '#shared/domain/known-record.ts'
import type { HealthState } from '#shared/domain/health.ts'

/** What a colour means; each comes with an icon and a word, never alone. */
export type Tone = 'good' | 'busy' | 'wait' | 'bad' | 'quiet'

/** How a state is called and shown. */
export interface Wording {
  readonly label: string
  readonly tone: Tone
  /** What it means, for a person who meets it for the first time. */
  readonly meaning: string
}

export const eventWording: Record<EventState, Wording> = {
  stored: { label: 'Received', tone: 'busy', meaning: 'Safely stored; not routed yet.' },
  unmatched: { label: 'No route', tone: 'quiet', meaning: 'No route wants this event, so nothing is written.' },
  open: { label: 'In progress', tone: 'busy', meaning: 'At least one delivery has not ended.' },
  delivered: { label: 'Delivered', tone: 'good', meaning: 'The other system has it.' },
  skipped: { label: 'Skipped', tone: 'quiet', meaning: 'Nothing had to be written.' },
  dead: { label: 'Failed', tone: 'bad', meaning: 'A delivery failed and will not be tried again by itself.' },
  cancelled: { label: 'Cancelled', tone: 'quiet', meaning: 'A person gave it up.' },
}

export const deliveryWording: Record<DeliveryState, Wording> = {
  pending: { label: 'Queued', tone: 'busy', meaning: 'Will be delivered as soon as its turn comes.' },
  leased: { label: 'Working', tone: 'busy', meaning: 'Being delivered right now.' },
  waiting: { label: 'Waiting', tone: 'wait', meaning: 'Will be tried again by itself.' },
  parked: { label: 'Parked', tone: 'wait', meaning: 'Waits until a person has looked at it.' },
  delivered: { label: 'Delivered', tone: 'good', meaning: 'The other system has it.' },
  skipped: { label: 'Skipped', tone: 'quiet', meaning: 'Nothing had to be written.' },
  dead: { label: 'Failed', tone: 'bad', meaning: 'Will not be tried again by itself.' },
  cancelled: { label: 'Cancelled', tone: 'quiet', meaning: 'A person gave it up.' },
}

/** Good ends at which no value was written; they must not look like a write. */
const withoutWrite: Partial<Record<DeliveryResult, Wording>> = {
  unchanged: { label: 'No change', tone: 'quiet', meaning: 'The other system already had these values.' },
  linked: {
    label: 'Linked',
    tone: 'quiet',
    meaning: 'The other record already had these values; the two are a pair now.',
  },
  unlinked: {
    label: 'Unlinked',
    tone: 'quiet',
    meaning: 'One of the two was deleted, so they are not a pair any more.',
  },
}

/** How an event stands; where it is delivered, whether that took a write. */
export function eventBadge({ state, result }: Pick<EventSummary, 'state' | 'result'>): Wording {
  return (result === null ? undefined : withoutWrite[result]) ?? eventWording[state]
}

/** How a delivery stands; where it is delivered, whether that took a write. */
export function deliveryBadge({ state, result }: Pick<DeliverySummary, 'state' | 'result'>): Wording {
  return (result === null ? undefined : withoutWrite[result]) ?? deliveryWording[state]
}

export const healthWording: Record<HealthState, Wording> = {
  ok: { label: 'OK', tone: 'good', meaning: 'Works.' },
  degraded: { label: 'Degraded', tone: 'wait', meaning: 'Works, but not as it should.' },
  down: { label: 'Down', tone: 'bad', meaning: 'Does not work.' },
  paused: { label: 'Paused', tone: 'quiet', meaning: 'A person stopped it.' },
  unknown: { label: 'Not known yet', tone: 'quiet', meaning: 'Nothing was heard of it yet.' },
}

/** What happened to a record, as a verb after its name. */
export const actionWords: Record<EventAction, string> = {
  created: 'created',
  updated: 'updated',
  deleted: 'deleted',
  restored: 'restored',
  touched: 'changed',
}

export const viaWords: Record<EventVia, string> = {
  webhook: 'webhook',
  queue: 'SQL queue',
  stream: 'event stream',
  sweep: 'sweep',
  manual: 'sync now',
}

/** Who changed a record, by name. A bare user id says of which system it is; null where nobody is named. */
export function actorName(actor: string | null): string | null {
  if (actor === null || actor.trim() === '') return null
  return /^005[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/.test(actor) ? `the Salesforce user ${actor}` : actor
}

/** "1 field", "2 fields". */
export function count(many: number, one: string, more = `${one}s`): string {
  return `${many.toLocaleString('en')} ${many === 1 ? one : more}`
}

export const attemptWording: Record<Attempt['result'], Wording> = {
  succeeded: { label: 'Succeeded', tone: 'good', meaning: 'The other system took it.' },
  skipped: { label: 'Nothing to do', tone: 'quiet', meaning: 'There was nothing to write.' },
  failed: { label: 'Failed', tone: 'bad', meaning: 'This attempt did not get through.' },
}

export const replayWording: Record<Replay['state'], Wording> = {
  running: { label: 'Running', tone: 'busy', meaning: 'Its deliveries are being made.' },
  paused: { label: 'Paused', tone: 'wait', meaning: 'Nothing more of it is sent until somebody lets it go on.' },
  cancelled: { label: 'Cancelled', tone: 'quiet', meaning: 'A person ended it; what was not sent yet stays unsent.' },
  finished: { label: 'Finished', tone: 'good', meaning: 'Nothing of it is left to be sent.' },
}

export const replayModeWords: Record<Replay['mode'], string> = {
  current: 'with today’s mapping',
  'as-received': 'as received',
  edited: 'edited',
  undo: 'taken back',
}

export const replayResultWording: Record<ReplayResult, Wording> = {
  waiting: { label: 'Waiting', tone: 'wait', meaning: 'Its turn has not come yet.' },
  open: { label: 'In progress', tone: 'busy', meaning: 'It is in the queue.' },
  created: { label: 'Created', tone: 'good', meaning: 'The record was created at the other side.' },
  updated: { label: 'Updated', tone: 'good', meaning: 'The record was changed at the other side.' },
  unchanged: { label: 'No change', tone: 'quiet', meaning: 'The other side already had these values.' },
  linked: { label: 'Linked', tone: 'quiet', meaning: 'The two are a pair now; nothing had to be written.' },
  unlinked: { label: 'Unlinked', tone: 'quiet', meaning: 'The two are not a pair any more.' },
  skipped: { label: 'Skipped', tone: 'quiet', meaning: 'Nothing had to be written.' },
  dead: { label: 'Failed again', tone: 'bad', meaning: 'It will not be tried again by itself.' },
  cancelled: { label: 'Cancelled', tone: 'quiet', meaning: 'A person gave it up.' },
  refused: { label: 'Left out', tone: 'quiet', meaning: 'It can’t be replayed.' },
  undone: { label: 'Taken back', tone: 'good', meaning: 'The values from before our write are back.' },
  touched: {
    label: 'Left alone',
    tone: 'wait',
    meaning: 'Somebody changed the record since, so it was left as it is.',
  },
  nothing: { label: 'Nothing to undo', tone: 'quiet', meaning: 'Nothing had been written.' },
}

export const previewWording: Record<ReplayPreview['kind'], Wording> = {
  create: { label: 'Would create', tone: 'busy', meaning: 'A new record at the other side.' },
  update: { label: 'Would change', tone: 'busy', meaning: 'The fields shown would be written.' },
  unchanged: { label: 'No change', tone: 'quiet', meaning: 'The other side already has these values.' },
  conflict: { label: 'Conflict', tone: 'wait', meaning: 'Both sides changed a field since they were last the same.' },
  skip: { label: 'Would be skipped', tone: 'quiet', meaning: 'Nothing would be written.' },
  unlink: { label: 'Would unlink', tone: 'wait', meaning: 'One of the two was deleted.' },
  wait: { label: 'Would wait', tone: 'wait', meaning: 'Another record has to be there first.' },
  'will-fail': { label: 'Would fail', tone: 'bad', meaning: 'It would end as it did before.' },
  unknown: { label: 'Can’t be told', tone: 'quiet', meaning: 'A system does not answer now.' },
  refused: { label: 'Left out', tone: 'quiet', meaning: 'It can’t be replayed.' },
}

/** How a record stands with its counterpart. */
export const recordWording: Record<RecordState, Wording> = {
  'in-step': { label: 'In step', tone: 'good', meaning: 'Both sides were the same when Patchbay looked last.' },
  waiting: { label: 'Waiting', tone: 'wait', meaning: 'Something about it is still to be carried over.' },
  failing: { label: 'Needs you', tone: 'bad', meaning: 'A delivery of it failed or is parked; a person decides.' },
  unlinked: { label: 'Not paired', tone: 'quiet', meaning: 'It has no counterpart in the other system.' },
  deleted: { label: 'Pair ended', tone: 'quiet', meaning: 'One of the two was deleted; nothing is carried over.' },
}

export const comparedWording: Record<ComparedField['verdict'], Wording> = {
  equal: { label: 'Same', tone: 'good', meaning: 'What the mapping makes of one side is what the other holds.' },
  differs: { label: 'Differs', tone: 'wait', meaning: 'The two sides hold different values.' },
  'only-salesforce': { label: 'One side', tone: 'wait', meaning: 'It is empty in ConnectWise.' },
  'only-connectwise': { label: 'One side', tone: 'wait', meaning: 'It is empty in Salesforce.' },
  'not-compared': { label: 'Not compared', tone: 'quiet', meaning: 'The mapping says nothing about how it should be.' },
}
