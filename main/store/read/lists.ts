import type { Page } from '#shared/contract/page.ts'
import type { Rejection } from '#shared/domain/event.ts'
import type { LinkId } from '#shared/domain/ids.ts'
import type { Link } from '#shared/domain/link.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import { parseColumn } from './json.ts'
import { readPage, type Listing, type Slice, type Term } from './page.ts'
import type { Reading } from './reading.ts'

/** Links of one record of either side, or all. */
export interface LinkQuery extends Slice {
  readonly salesforceId?: string | undefined
  readonly connectwiseId?: string | undefined
}

type RejectionRow = Omit<Rejection, 'headers' | 'remoteAddress'> & {
  readonly headers: string
  readonly remoteAddress: string
}

interface LinkRow {
  readonly id: LinkId
  readonly salesforceEntity: string
  readonly salesforceId: string
  readonly salesforceVersion: string | null
  readonly salesforceSynced: string
  readonly connectwiseEntity: string
  readonly connectwiseId: string
  readonly connectwiseVersion: string | null
  readonly connectwiseSynced: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly endedAt: number | null
}

const rejections: Listing = {
  table: 'rejections',
  index: null,
  columns: `t.id, t.source_id as sourceId, t.received_at as receivedAt, t.status, t.code, t.sentence, t.remote_address as remoteAddress,
    t.headers, t.excerpt, t.size, t.count`,
  found: [],
  tried: [],
}

const linkColumns = `
  t.id, t.salesforce_entity as salesforceEntity, t.salesforce_id as salesforceId, t.salesforce_version as salesforceVersion,
  t.salesforce_synced as salesforceSynced, t.connectwise_entity as connectwiseEntity, t.connectwise_id as connectwiseId,
  t.connectwise_version as connectwiseVersion, t.connectwise_synced as connectwiseSynced, t.created_at as createdAt, t.updated_at as updatedAt,
  t.ended_at as endedAt`

/** What stands in the store for a sender whose address was not known. */
const noAddress = ''

/** Reads of rejections and links. */
export function listReads(reading: Reading) {
  function listRejections(slice: Slice): Page<Rejection> {
    return readPage<RejectionRow, Rejection>(reading, rejections, slice, (row) => ({
      ...row,
      remoteAddress: row.remoteAddress === noAddress ? null : row.remoteAddress,
      headers: parseColumn(row.headers, {}),
    }))
  }

  function listLinks(query: LinkQuery): Page<Link> {
    const tried = [...equals('salesforce_id', query.salesforceId), ...equals('connectwise_id', query.connectwiseId)]
    return readPage<LinkRow, Link>(
      reading,
      { table: 'links', index: null, columns: linkColumns, found: [], tried },
      query,
      link,
    )
  }

  return { listRejections, listLinks }
}

/** The link of a record, ended ones included; null when it never had one. */
export function linkOf(reading: Reading, { system, entity, id }: RecordRef): Link | null {
  const where = `t.${system}_entity = ? and t.${system}_id = ?`
  const row = reading.get<LinkRow>(`select ${linkColumns} from links t where ${where}`, entity, id)
  return row === undefined ? null : link(row)
}

function equals(column: string, value: string | undefined): Term[] {
  return value === undefined ? [] : [{ sql: `t.${column} = ?`, values: [value] }]
}

function link(row: LinkRow): Link {
  const { id, createdAt, updatedAt, endedAt } = row
  return {
    id,
    salesforce: {
      entity: row.salesforceEntity,
      id: row.salesforceId,
      version: row.salesforceVersion,
      synced: parseColumn(row.salesforceSynced, {}),
    },
    connectwise: {
      entity: row.connectwiseEntity,
      id: row.connectwiseId,
      version: row.connectwiseVersion,
      synced: parseColumn(row.connectwiseSynced, {}),
    },
    createdAt,
    updatedAt,
    endedAt,
  }
}
