import type { Transaction } from '#main/store/transaction.ts'
import type { Refusal } from '#shared/domain/arrival.ts'

/**
 * Keeps a refused request where a technician can see it.
 *
 * Refusals of one minute that are alike (source, code, address) share a row and are counted, so that a flood can't fill the disk.
 */
export function keepRefusal(tx: Transaction, refusal: Refusal): void {
  tx.run(
    `insert into rejections (source_id, received_at, minute, status, code, sentence, remote_address, headers, excerpt, size, count)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
     on conflict (source_id, minute, code, remote_address) do update set count = count + 1, received_at = excluded.received_at`,
    refusal.sourceId,
    refusal.receivedAt,
    Math.floor(refusal.receivedAt / 60_000),
    refusal.status,
    refusal.code,
    refusal.sentence,
    refusal.remoteAddress ?? '',
    JSON.stringify(refusal.headers),
    refusal.excerpt,
    refusal.size,
  )
  tx.run(
    `insert into source_counts (source_id, events, rejections) values (?, 0, 1)
     on conflict do update set rejections = rejections + 1`,
    refusal.sourceId,
  )
  tx.notes.measures.push({ what: 'rejections', sourceId: refusal.sourceId })
  tx.notes.health = true
}
