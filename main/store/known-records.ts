import type { Link } from '#shared/domain/link.ts'
import { recordKey, type RecordRef, type SystemName, type Values } from '#shared/domain/record.ts'
import { readTitle } from '#shared/logic/record-title.ts'
import { joinWords, wordsOf } from '#shared/logic/record-words.ts'
import { findLink } from './links.ts'
import type { Transaction } from './transaction.ts'

/** What is remembered of a record beyond the events about it, which retention takes away. */
export interface Sighting {
  readonly ref: RecordRef
  readonly title: string | null
  /** Whatever values came along, to find it by; asked for only where no link tells of them. */
  readonly values: () => Values
  /** ms since 1970. */
  readonly at: number
}

interface Side {
  readonly entity: string
  readonly id: string
  readonly title: string | null
}

interface Row {
  readonly id: number
  readonly salesforce_title: string | null
  readonly connectwise_title: string | null
  readonly words: string
  readonly changed_at: number
}

/** Enters a record, or the pair it belongs to by now, into the index of known records. */
export function noteRecord(tx: Transaction, sighting: Sighting): void {
  const { ref } = sighting
  const link = findLink(tx, ref)
  const lane = link === null ? recordKey(ref) : laneOf(link)
  // The ConnectWise side stood alone until its counterpart was found.
  if (link !== null) forget(tx, recordKey({ system: 'connectwise', ...link.connectwise }))
  const stored = tx.get<Row>(
    'select id, salesforce_title, connectwise_title, words, changed_at from known_records where lane = ?',
    lane,
  )
  const salesforce = sideOf('salesforce', sighting, link, stored?.salesforce_title ?? null)
  const connectwise = sideOf('connectwise', sighting, link, stored?.connectwise_title ?? null)
  const words = joinWords([
    ...wordsOfSide(salesforce, sighting, link, 'salesforce'),
    ...wordsOfSide(connectwise, sighting, link, 'connectwise'),
    // Without a link nothing else remembers what an earlier, fuller event said.
    ...(link === null && stored !== undefined ? [stored.words] : []),
  ])
  save(tx, lane, stored, { salesforce, connectwise, words, at: Math.max(sighting.at, stored?.changed_at ?? 0) })
}

/** Whether a record stands in the index under its own lane. */
export function isKnown(tx: Transaction, ref: RecordRef): boolean {
  return tx.get('select 1 from known_records where lane = ?', recordKey(ref)) !== undefined
}

function laneOf({ salesforce }: Link): string {
  return recordKey({ system: 'salesforce', entity: salesforce.entity, id: salesforce.id })
}

function sideOf(system: SystemName, { ref, title }: Sighting, link: Link | null, known: string | null): Side | null {
  const linked = link?.[system] ?? null
  if (ref.system === system) {
    const { entity, id } = ref
    return { entity, id, title: title ?? readTitle(linked?.synced ?? {}) ?? known }
  }
  return linked === null ? null : { entity: linked.entity, id: linked.id, title: readTitle(linked.synced) ?? known }
}

function wordsOfSide(side: Side | null, { ref, values }: Sighting, link: Link | null, system: SystemName): string[] {
  if (side === null) return []
  return wordsOf(side.id, side.title, link?.[system].synced ?? (ref.system === system ? values() : {}))
}

function save(
  tx: Transaction,
  lane: string,
  stored: Row | undefined,
  row: {
    readonly salesforce: Side | null
    readonly connectwise: Side | null
    readonly words: string
    readonly at: number
  },
): void {
  const { salesforce, connectwise, words, at } = row
  const saved = tx.get<{ id: number }>(
    `insert into known_records (lane, salesforce_entity, salesforce_id, salesforce_title, connectwise_entity, connectwise_id,
       connectwise_title, words, changed_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (lane) do update set salesforce_entity = excluded.salesforce_entity, salesforce_id = excluded.salesforce_id,
       salesforce_title = excluded.salesforce_title, connectwise_entity = excluded.connectwise_entity,
       connectwise_id = excluded.connectwise_id, connectwise_title = excluded.connectwise_title, words = excluded.words,
       changed_at = excluded.changed_at
     returning id`,
    lane,
    salesforce?.entity ?? null,
    salesforce?.id ?? null,
    salesforce?.title ?? null,
    connectwise?.entity ?? null,
    connectwise?.id ?? null,
    connectwise?.title ?? null,
    words,
    at,
  )
  if (saved === undefined || stored?.words === words) return
  if (stored !== undefined) tx.run('delete from known_words where rowid = ?', stored.id)
  tx.run('insert into known_words (rowid, words) values (?, ?)', saved.id, words)
}

function forget(tx: Transaction, lane: string): void {
  const gone = tx.get<{ id: number }>('delete from known_records where lane = ? returning id', lane)
  if (gone !== undefined) tx.run('delete from known_words where rowid = ?', gone.id)
}
