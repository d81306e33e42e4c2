import { channel, type Channel, type ChannelReport } from '#shared/domain/channel.ts'
import type { ChannelId } from '#shared/domain/ids.ts'
import type { Transaction } from './transaction.ts'

/** A channel and how it does. */
export type KnownChannel = Omit<ChannelReport, 'secrets'>

/** Why nothing gets through, for a person. */
export interface ChannelFailure {
  readonly sentence: string
  readonly fix: string | null
}

interface Row {
  readonly document: string
  readonly last_sent_at: number | null
  readonly failing_since: number | null
  readonly failed_at: number | null
  readonly failure: string | null
  readonly failure_fix: string | null
}

const columns = 'document, last_sent_at, failing_since, failed_at, failure, failure_fix'

/** All channels, by name. */
export function loadChannels(tx: Transaction): KnownChannel[] {
  return tx
    .all<Row>(`select ${columns} from channels`)
    .map(toKnown)
    .toSorted((one, other) => one.channel.name.localeCompare(other.channel.name))
}

export function loadChannel(tx: Transaction, id: ChannelId): KnownChannel | null {
  const row = tx.get<Row>(`select ${columns} from channels where id = ?`, id)
  return row === undefined ? null : toKnown(row)
}

/** Stores a channel; what is known of its failures stays until something is sent. */
export function saveChannel(tx: Transaction, value: Channel, now: number): void {
  tx.run(
    `insert into channels (id, document, saved_at) values (?, ?, ?)
     on conflict do update set document = excluded.document, saved_at = excluded.saved_at`,
    value.id,
    JSON.stringify(value),
    now,
  )
  tx.notes.health = true
}

/** Removes a channel with its secrets, and from the rules that name it; answers whether it was there. */
export function deleteChannel(tx: Transaction, id: ChannelId): boolean {
  const { changes } = tx.run('delete from channels where id = ?', id)
  if (changes === 0) return false
  tx.run('delete from secrets where owner = ?', `channel:${id}`)
  tx.run(
    `update alert_rules set document = json_set(document, '$.channels',
       json((select json_group_array(value) from json_each(document, '$.channels') where value <> ?)))
     where exists (select 1 from json_each(document, '$.channels') where value = ?)`,
    id,
    id,
  )
  tx.notes.health = true
  return true
}

/** Something got through. */
export function noteSent(tx: Transaction, id: ChannelId, at: number): void {
  const sql = `update channels set last_sent_at = ?, failing_since = null, failed_at = null, failure = null, failure_fix = null
     where id = ?`
  const known = loadChannel(tx, id)
  if (known !== null && (known.failing !== null || known.lastSentAt === null)) tx.notes.health = true
  tx.run(sql, at, id)
}

/** Nothing got through, for the first time or again. */
export function noteFailure(tx: Transaction, id: ChannelId, at: number, { sentence, fix }: ChannelFailure): void {
  tx.run(
    `update channels set failing_since = coalesce(failing_since, ?), failed_at = ?, failure = ?, failure_fix = ? where id = ?`,
    at,
    at,
    sentence,
    fix,
    id,
  )
  tx.notes.health = true
}

function toKnown(row: Row): KnownChannel {
  const { failing_since: since, failed_at: at, failure: sentence, failure_fix: fix } = row
  return {
    channel: channel.parse(JSON.parse(row.document)),
    lastSentAt: row.last_sent_at,
    failing: since === null || at === null || sentence === null ? null : { since, at, sentence, fix },
  }
}
