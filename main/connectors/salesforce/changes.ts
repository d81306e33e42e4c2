import { ok, type Result } from '#shared/domain/failure.ts'
import { versionInstant } from '#shared/logic/record-version.ts'
import type { RecordChange } from '../connector.ts'

/** A page of a query for changes, as Salesforce answers it. */
export interface ChangePage {
  readonly records: readonly { readonly Id: string; readonly SystemModstamp: string; readonly IsDeleted: boolean }[]
}

/** Records of one answer; the most that Salesforce gives at once. */
const pageSize = 2_000

/**
 * Reads all changes since an instant, oldest first and page by page. Each page begins behind the last record of the one before, not at a
 * count of rows: a record that is changed again meanwhile moves to the end, and none is passed over.
 */
export async function listChanges(
  entity: string,
  since: string,
  query: (soql: string) => Promise<Result<ChangePage>>,
): Promise<Result<readonly RecordChange[]>> {
  const changes = new Map<string, RecordChange>()
  let where = `SystemModstamp > ${instant(since)}`
  for (;;) {
    const soql = `SELECT Id, SystemModstamp, IsDeleted FROM ${entity} WHERE ${where} ORDER BY SystemModstamp, Id LIMIT ${pageSize}`
    const page = await query(soql)
    if (!page.ok) return page
    const { records } = page.value
    for (const { Id: id, SystemModstamp: version, IsDeleted: isDeleted } of records)
      changes.set(id, { id, version, isDeleted })
    const last = records.at(-1)
    if (last === undefined || records.length < pageSize) return ok([...changes.values()])
    const at = instant(last.SystemModstamp)
    where = `(SystemModstamp > ${at} OR (SystemModstamp = ${at} AND Id > '${last.Id}'))`
  }
}

/** As SOQL wants it: ISO, UTC, no quotes. Salesforce itself answers with `+0000`. */
function instant(version: string): string {
  return new Date(versionInstant(version) ?? Number.NaN).toISOString()
}
