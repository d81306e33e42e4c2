import type { MappingWarning } from '#shared/domain/mapping-draft.ts'
import type { MappingField } from '#shared/domain/mapping.ts'
import type { SystemName } from '#shared/domain/record.ts'
import type { FieldDescription } from '#shared/domain/schema.ts'

/** One row in one direction, with the fields that it joins where they are known. */
export interface RowInDirection {
  readonly row: MappingField
  readonly index: number
  readonly to: SystemName
  readonly source: FieldDescription | null
  readonly destination: FieldDescription | null
}

/** A warning about a row in one direction. */
export function warningOf(
  { row, index, to }: Pick<RowInDirection, 'row' | 'index' | 'to'>,
  severity: MappingWarning['severity'],
  code: MappingWarning['code'],
  sentence: string,
  fix: string | null,
): MappingWarning {
  return { severity, code, row: index, to, field: row[to], sentence, fix, position: null }
}
