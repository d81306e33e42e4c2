import type { MappingField, ValueMap } from '#shared/domain/mapping.ts'
import type { SystemName } from '#shared/domain/record.ts'
import { expressionTo } from '#shared/logic/apply-mapping.ts'

/** Where a row's value comes from in one direction. A fixed value is stored as an expression that is nothing but that value. */
export type ValueOrigin =
  | { readonly kind: 'copy' }
  | { readonly kind: 'fixed'; readonly value: string | number | boolean }
  | { readonly kind: 'expression'; readonly text: string }

export function originTo(row: MappingField, to: SystemName): ValueOrigin {
  const text = expressionTo(row, to)
  if (text === undefined) return { kind: 'copy' }
  const value = literalOf(text)
  return value === undefined ? { kind: 'expression', text } : { kind: 'fixed', value }
}

/** The row with another origin in one direction; the other direction stays as it is. */
export function withOrigin(row: MappingField, to: SystemName, origin: ValueOrigin): MappingField {
  const key = to === 'connectwise' ? 'toConnectwise' : 'toSalesforce'
  if (origin.kind === 'copy') return without(row, key)
  return { ...row, [key]: origin.kind === 'fixed' ? JSON.stringify(origin.value) : origin.text }
}

/** What a person typed as a fixed value: a number and yes or no as such, anything else as text. */
export function fixedOf(typed: string): string | number | boolean {
  const text = typed.trim()
  if (text === 'true' || text === 'false') return text === 'true'
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,10})?$/.test(text) ? Number(text) : typed
}

/** What is done with the value before it is written, in both directions. */
export type Translation = 'none' | 'value-map' | 'link'

export function translationOf(row: MappingField): Translation {
  if (row.reference !== undefined) return 'link'
  return row.valueMap === undefined ? 'none' : 'value-map'
}

export const emptyValueMap: ValueMap = { pairs: [], unmapped: 'fail', defaults: {} }

/** The row with another translation. @param entities what a link joins, where the fields tell. */
export function withTranslation(
  row: MappingField,
  translation: Translation,
  entities: { readonly salesforce: string; readonly connectwise: string },
): MappingField {
  const plain = without(without(row, 'valueMap'), 'reference')
  if (translation === 'value-map') return { ...plain, valueMap: row.valueMap ?? emptyValueMap }
  if (translation === 'link') return { ...plain, reference: row.reference ?? { ...entities, required: true } }
  return plain
}

/** The row without a property that may be absent. */
export function without<
  Key extends 'toConnectwise' | 'toSalesforce' | 'valueMap' | 'reference' | 'fromParent' | 'note',
>(row: MappingField, key: Key): MappingField {
  if (row[key] === undefined) return row
  const { [key]: _gone, ...rest } = row
  return rest as MappingField
}

/** The value of a text that is a plain value and nothing else; undefined when it is more. */
function literalOf(text: string): string | number | boolean | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined
  } catch {
    return undefined
  }
}
