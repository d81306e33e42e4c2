import { ok, type Failure, type Result } from '#shared/domain/failure.ts'
import type { EntityDescription, FieldDescription, FieldType, PickListValue } from '#shared/domain/schema.ts'
import type { CallContext, Connector } from '../connector.ts'
import type { Catalogue } from './catalogue.ts'
import type { ConnectwiseClient } from './client.ts'
import { knownFields, type KnownField, type PickListName } from './fields.ts'
import { readPickList, titleOf } from './pick-lists.ts'
import type { CustomField } from './raw-record.ts'
import { shapeOf } from './reading.ts'

/**
 * What is known of ConnectWise's entities: fields from a table of ours, as there is no call that describes them; custom fields and what
 * the pick lists offer from the system.
 */
export function createDescribing(
  client: ConnectwiseClient,
  catalogue: Catalogue,
): Pick<Connector, 'describe' | 'listEntities'> {
  return {
    listEntities: () => Promise.resolve(ok(Object.entries(knownFields).map(([name, { label }]) => ({ name, label })))),
    async describe(entity, context) {
      const shape = shapeOf(entity)
      if (!shape.ok) return shape
      const look = { ...context, purpose: 'look-up' as const }
      const { fields } = knownFields[entity] ?? { fields: [] }
      const lists = await readPickLists(client, fields, look)
      if (!lists.ok) return lists
      catalogue.customFields.forget(shape.value.path)
      const custom = await catalogue.customFields.get(shape.value.path, look)
      if (!custom.ok) return custom
      return ok({
        fields: [...fields.map((field) => toDescription(field, lists.value.values)), ...custom.value.map(toCustom)],
        remarks: lists.value.remarks,
      })
    },
  }
}

interface PickLists {
  readonly values: ReadonlyMap<PickListName, readonly PickListValue[]>
  readonly remarks: EntityDescription['remarks']
}

/** The lists that these fields take their values from. One that the API member may not see leaves its fields without; the rest goes on. */
async function readPickLists(
  client: ConnectwiseClient,
  fields: readonly KnownField[],
  context: CallContext,
): Promise<Result<PickLists>> {
  const names = new Set(fields.flatMap(({ pickList }) => (pickList === null ? [] : [pickList])))
  const values = new Map<PickListName, readonly PickListValue[]>()
  const remarks: string[] = []
  for (const name of names) {
    const read = await readPickList(client, name, context)
    if (read.ok) values.set(name, read.value)
    else if (isOwnFault(read.failure)) remarks.push(`What ${titleOf(name)} are is not known. ${read.failure.sentence}`)
    else return read
  }
  return ok({ values, remarks })
}

/** Something about this one table, and not about the connection. */
function isOwnFault(failure: Failure): boolean {
  return failure.class === 'permanent'
}

function toDescription({ pickList, ...field }: KnownField, lists: PickLists['values']): FieldDescription {
  const values = pickList === null ? null : (lists.get(pickList) ?? null)
  return { ...field, values: values === null ? null : [...values], restricted: values !== null }
}

/** As `CustomFieldValue` of the OpenAPI document (2022.1) names them; what is missing here is shown as "other". */
const customTypes: Readonly<Record<string, FieldType>> = {
  text: 'text',
  textarea: 'multiline',
  number: 'number',
  currency: 'number',
  percent: 'number',
  checkbox: 'boolean',
  date: 'date',
  hyperlink: 'url',
  ipaddress: 'text',
  button: 'other',
}

function toCustom({ caption, type }: CustomField): FieldDescription {
  return {
    name: `customFields/${caption}`,
    label: caption,
    type: customTypes[String(type ?? '').toLowerCase()] ?? 'other',
    required: false,
    length: null,
    readOnly: false,
    createOnly: false,
    values: null,
    restricted: false,
    referenceTo: null,
  }
}
