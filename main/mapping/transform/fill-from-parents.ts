import { failed, ok } from '#shared/domain/failure.ts'
import type { Failure, Result } from '#shared/domain/failure.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'
import type { Json, RecordRef, SystemName, Values } from '#shared/domain/record.ts'
import { systemTitle } from '#shared/domain/record.ts'
import { rowsTo } from '#shared/logic/apply-mapping.ts'
import { isEmpty } from '#shared/logic/json.ts'
import { readTitle } from '#shared/logic/record-title.ts'
import { labelled, nameOf } from '#shared/logic/record-name.ts'
import type { PreparePorts, Trace } from './prepared.ts'
import { permanent } from './sentences.ts'

/**
 * Fills what a new ConnectWise record would go without from the record it belongs to (see `fromParent`). Asks for nothing when nothing is
 * missing.
 */
export async function fillFromParents(
  values: Values,
  mapping: MappingDocument,
  to: SystemName,
  ports: Pick<PreparePorts, 'fetch'>,
  trace: Trace,
): Promise<Result<Values>> {
  const filled: Record<string, Json> = { ...values }
  for (const { fromParent: from, [to]: field } of to === 'connectwise' ? rowsTo(mapping, to) : []) {
    if (from === undefined || !isEmpty(filled[field])) continue
    const id = filled[from.parent]
    // Without its parent the record can't be made anyway, and ConnectWise says so.
    if (isEmpty(id)) continue
    const ref: RecordRef = { system: to, entity: from.entity, id: String(id) }
    const parent = await trace.time('look-up', () => ports.fetch(ref, 'look-up'))
    if (!parent.ok) return parent
    const value = parent.value?.values[from.field]
    if (isEmpty(value)) {
      const title = readTitle(parent.value?.values ?? {})
      return failed(nothingToTake(ref, title, mapping[to].entity, word(field), word(from.field)))
    }
    filled[field] = value ?? null
  }
  return ok(filled)
}

function nothingToTake(
  parent: RecordRef,
  title: string | null,
  entity: string,
  wanted: string,
  other: string,
): Failure {
  const there = systemTitle[parent.system]
  const whose = `${parent.entity} ${labelled(parent.id, title)}`
  return permanent(
    'nothing-from-parent',
    `${there} wants a ${wanted} on each ${entity}, and ${whose} has no ${other}.`,
    `Choose a ${wanted} in the source record, or a ${other} for ${nameOf(parent)}, then replay.`,
  )
}

/** A field as people say it: `defaultContact/id` is "default contact". */
function word(field: string): string {
  return field.replace(/\/.*$/u, '').replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`)
}
