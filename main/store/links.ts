import type { LinkId } from '#shared/domain/ids.ts'
import type { Link } from '#shared/domain/link.ts'
import type { RecordRef, Values } from '#shared/domain/record.ts'
import type { Transaction } from './transaction.ts'

interface LinkRow {
  id: LinkId
  salesforce_entity: string
  salesforce_id: string
  salesforce_version: string | null
  salesforce_synced: string
  connectwise_entity: string
  connectwise_id: string
  connectwise_version: string | null
  connectwise_synced: string
  created_at: number
  updated_at: number
  ended_at: number | null
}

const bySide = {
  salesforce: 'select * from links where salesforce_entity = ? and salesforce_id = ?',
  connectwise: 'select * from links where connectwise_entity = ? and connectwise_id = ?',
} as const

/** The link of a record, ended ones included; null when it never had one. */
export function findLink(tx: Transaction, ref: RecordRef): Link | null {
  const row = tx.get<LinkRow>(bySide[ref.system], ref.entity, ref.id)
  return row === undefined ? null : toLink(row)
}

function toLink(row: LinkRow): Link {
  return {
    id: row.id,
    salesforce: {
      entity: row.salesforce_entity,
      id: row.salesforce_id,
      version: row.salesforce_version,
      synced: JSON.parse(row.salesforce_synced) as Values,
    },
    connectwise: {
      entity: row.connectwise_entity,
      id: row.connectwise_id,
      version: row.connectwise_version,
      synced: JSON.parse(row.connectwise_synced) as Values,
    },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    endedAt: row.ended_at,
  }
}

/** What a link is to say after a delivery; the same shape for both sides. */
export interface LinkUpdate {
  readonly salesforce: {
    readonly entity: string
    readonly id: string
    readonly version: string | null
    readonly synced: Values
  }
  readonly connectwise: {
    readonly entity: string
    readonly id: string
    readonly version: string | null
    readonly synced: Values
  }
}

/**
 * Joins two records, or brings their link up to date. A version that is not known leaves the stored one.
 *
 * @throws when one of the two is linked to somebody else: that would make two records of one.
 */
export function upsertLink(tx: Transaction, update: LinkUpdate, now: number): void {
  const { salesforce, connectwise } = update
  const { changes } = tx.run(
    `insert into links (salesforce_entity, salesforce_id, salesforce_version, salesforce_synced,
       connectwise_entity, connectwise_id, connectwise_version, connectwise_synced, created_at, updated_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (salesforce_entity, salesforce_id) do update set
       salesforce_version = coalesce(excluded.salesforce_version, salesforce_version),
       salesforce_synced = excluded.salesforce_synced,
       connectwise_id = excluded.connectwise_id,
       connectwise_version = coalesce(excluded.connectwise_version, connectwise_version),
       connectwise_synced = excluded.connectwise_synced,
       updated_at = excluded.updated_at,
       ended_at = null
     where connectwise_id = excluded.connectwise_id or ended_at is not null`,
    salesforce.entity,
    salesforce.id,
    salesforce.version,
    JSON.stringify(salesforce.synced),
    connectwise.entity,
    connectwise.id,
    connectwise.version,
    JSON.stringify(connectwise.synced),
    now,
    now,
  )
  if (changes === 0)
    throw new Error(`${salesforce.entity} ${salesforce.id} is linked to another record than ${connectwise.id}`)
}

/** Ends a link: the pair is not synced any more, the row stays as a tombstone. */
export function endLink(tx: Transaction, id: LinkId, now: number): void {
  tx.run('update links set ended_at = ?, updated_at = ? where id = ?', now, now, id)
}

const moveSide = {
  salesforce: {
    end: 'delete from links where salesforce_entity = ? and salesforce_id = ? and ended_at is not null',
    move: 'update or ignore links set salesforce_id = ?, salesforce_version = null, updated_at = ? where id = ? and salesforce_id = ?',
  },
  connectwise: {
    end: 'delete from links where connectwise_entity = ? and connectwise_id = ? and ended_at is not null',
    move: 'update or ignore links set connectwise_id = ?, connectwise_version = null, updated_at = ? where id = ? and connectwise_id = ?',
  },
} as const

/**
 * Gives a link to the record that one of its sides was merged into. Answers false, and leaves the link, when the winner has got one
 * of its own or the link has gone elsewhere meanwhile.
 */
export function moveLink(tx: Transaction, id: LinkId, loser: RecordRef, winner: RecordRef, now: number): boolean {
  const sql = moveSide[loser.system]
  tx.run(sql.end, winner.entity, winner.id)
  return tx.run(sql.move, winner.id, now, id, loser.id).changes === 1
}

/** Forgets up to which version a side was read: a write of ours has changed it, and the answer did not say to what. */
export function forgetVersion(tx: Transaction, ref: RecordRef): void {
  const sql = {
    salesforce: 'update links set salesforce_version = null where salesforce_entity = ? and salesforce_id = ?',
    connectwise: 'update links set connectwise_version = null where connectwise_entity = ? and connectwise_id = ?',
  }
  tx.run(sql[ref.system], ref.entity, ref.id)
}
