import { mappingDocument, type MappingDocument } from '#shared/domain/mapping.ts'
import type { SystemName } from '#shared/domain/record.ts'
import type { FieldDescription } from '#shared/domain/schema.ts'
import { freeIdOf } from '#shared/logic/free-id.ts'
import { namesake } from './field-list.ts'

/** What of one side a person has chosen; empty: nothing yet. */
export interface SideDraft {
  readonly entity: string
  /** The field that a record is recognised by. */
  readonly field: string
}

export interface NewMapping extends Readonly<Record<SystemName, SideDraft>> {
  readonly name: string
}

export const nothingChosen: NewMapping = {
  name: '',
  salesforce: { entity: '', field: '' },
  connectwise: { entity: '', field: '' },
}

/** Fields that can tell one record from another: those that are written, and say something by themselves. */
export function identityFields(fields: readonly FieldDescription[]): FieldDescription[] {
  return fields.filter(({ readOnly, type }) => !readOnly && type !== 'reference' && type !== 'boolean')
}

/**
 * The pair of fields to propose: a name, number or address that both sides have. A last name or a city is not proposed, as records that
 * merely share one would be joined.
 */
export function likelyIdentity(
  salesforce: readonly FieldDescription[],
  connectwise: readonly FieldDescription[],
): Readonly<Record<SystemName, string>> | null {
  const [here, there] = [identityFields(salesforce), identityFields(connectwise)]
  for (const { name, label } of here.filter(tellsApart)) {
    const found = namesake(name, label, there)
    if (found !== null) return { salesforce: name, connectwise: found }
  }
  return null
}

function tellsApart({ name, type }: FieldDescription): boolean {
  return type === 'email' || /^name$|number$|serial/i.test(name)
}

/** What a new mapping is called as long as nobody has said otherwise. */
export function suggestedName({ salesforce, connectwise }: NewMapping): string {
  return salesforce.entity === '' || connectwise.entity === '' ? '' : `${salesforce.entity} ↔ ${connectwise.entity}`
}

/** What is missing before it can be made, a sentence for each place. */
export function missingOf({ name, salesforce, connectwise }: NewMapping): Readonly<Record<string, string>> {
  const missing: Record<string, string> = {}
  if (name.trim() === '') missing['name'] = 'It needs a name.'
  for (const [system, side] of Object.entries({ salesforce, connectwise })) {
    if (side.entity === '') missing[`${system}.entity`] = 'Choose what it carries.'
    else if (side.field === '') missing[`${system}.field`] = 'Choose what a record is recognised by.'
  }
  return missing
}

/** The first version: one row, by which a record's counterpart is recognised, too. */
export function documentOf({ name, salesforce, connectwise }: NewMapping, taken: readonly string[]): MappingDocument {
  const identity = { salesforce: salesforce.field, connectwise: connectwise.field }
  return mappingDocument.parse({
    id: freeIdOf(name, taken, 'mapping'),
    name: name.trim(),
    salesforce: { entity: salesforce.entity },
    connectwise: { entity: connectwise.entity },
    fields: [identity],
    naturalKeys: [identity],
  })
}
