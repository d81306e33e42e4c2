import * as z from 'zod'
import type { Clock } from '#main/base/clock.ts'
import { failed, ok, type Result } from '#shared/domain/failure.ts'
import type { Json, Values } from '#shared/domain/record.ts'
import { createCached, type Cached } from '../cached.ts'
import type { Subject } from '../rule-book.ts'
import { searchSubject } from '../subject.ts'
import type { ConnectwiseClient } from './client.ts'
import type { CommunicationType } from './communication.ts'
import { condition } from './conditions.ts'
import type { EntityShape } from './entities.ts'
import { rawRecord, type CustomField } from './raw-record.ts'
import { refuse } from './refusal.ts'

const oneHour = 3_600_000

/** What Patchbay has to know of ConnectWise's setup tables before it can write; kept for an hour. */
export interface Catalogue {
  /** By path of the entity: its custom fields, without values. */
  readonly customFields: Cached<readonly CustomField[]>
  /** Under the key ''. */
  readonly communicationTypes: Cached<readonly CommunicationType[]>
}

/** Opens the catalogue; `crossReferenceCaption` is looked for even where no record shows its custom fields yet. */
export function createCatalogue(client: ConnectwiseClient, crossReferenceCaption: string, clock: Clock): Catalogue {
  return {
    customFields: createCached({
      clock,
      ttlMs: oneHour,
      load: async (path, context) => {
        const subject = searchSubject('the custom fields', context)
        const look = { ...context, purpose: 'look-up' as const }
        // Every record carries all custom fields of its kind, also the empty ones, with the very ids a write needs.
        const records = await client.list(path, { fields: 'id,customFields' }, 1, subject, look)
        if (!records.ok) return records
        const record = rawRecord.safeParse(records.value[0])
        if (record.success) return ok((record.data.customFields ?? []).map((field) => ({ ...field, value: null })))
        const conditions = condition('caption', '=', crossReferenceCaption)
        const definitions = await client.list('/system/userDefinedFields', { conditions }, 1, subject, look)
        return definitions.ok
          ? ok(
              z
                .array(z.looseObject({ id: z.number(), caption: z.string() }))
                .catch([])
                .parse(definitions.value),
            )
          : definitions
      },
    }),
    communicationTypes: createCached({
      clock,
      ttlMs: oneHour,
      load: async (_, context) => {
        const subject = searchSubject('the communication types', context)
        const types = await client.list('/company/communicationTypes', {}, 1_000, subject, {
          ...context,
          purpose: 'look-up',
        })
        return types.ok ? ok(types.value.flatMap(readType)) : types
      },
    }),
  }
}

const communicationType = z.object({
  id: z.number().int(),
  description: z.string().nullish(),
  name: z.string().nullish(),
  phoneFlag: z.boolean().nullish(),
  faxFlag: z.boolean().nullish(),
  emailFlag: z.boolean().nullish(),
  communicationType: z.enum(['Email', 'Phone', 'Fax']).nullish().catch(null),
  defaultFlag: z.boolean().nullish(),
})

function readType(json: Json): CommunicationType[] {
  const type = communicationType.safeParse(json)
  if (!type.success) return []
  const { id, description, name, phoneFlag, faxFlag, emailFlag, communicationType: named, defaultFlag } = type.data
  // The vendor's schema has three flags; some versions name the kind instead, as communication items do.
  const kind = emailFlag ? 'Email' : faxFlag ? 'Fax' : phoneFlag ? 'Phone' : (named ?? null)
  return kind === null ? [] : [{ id, name: name ?? description ?? '', kind, isDefault: defaultFlag === true }]
}

/**
 * The whole array of custom fields with new values in it: ConnectWise takes the array only as a whole. Refuses a caption that
 * is not there, since ConnectWise would drop it without a word.
 */
export function withCustomValues(fields: readonly CustomField[], values: Values, subject: Subject): Result<Json> {
  const wanted = new Map(Object.entries(values).map(([caption, value]) => [caption.toLowerCase(), value]))
  const known = new Set(fields.map((field) => field.caption.toLowerCase()))
  const missing = Object.keys(values).find((caption) => !known.has(caption.toLowerCase()))
  if (missing !== undefined) return failed(refuse('NO_CUSTOM_FIELD', subject, { field: missing }))
  return ok(
    fields.map((field) => {
      const { id, caption, type, entryMethod, numberOfDecimals } = field
      const value = wanted.has(caption.toLowerCase()) ? wanted.get(caption.toLowerCase()) : field.value
      // They came as JSON; checking each again costs more than all the rest of a create.
      return withoutAbsent({ id, caption, type, entryMethod, numberOfDecimals, value: value ?? null } as Values)
    }),
  )
}

/** True when the entity can keep the id of its counterpart. */
export async function keepsCrossReference(
  catalogue: Catalogue,
  shape: EntityShape,
  caption: string,
  context: Parameters<Cached<unknown>['get']>[1],
): Promise<Result<boolean>> {
  if (shape.crossReferenceField !== null) return ok(true)
  const fields = await catalogue.customFields.get(shape.path, context)
  return fields.ok ? ok(fields.value.some((field) => field.caption.toLowerCase() === caption.toLowerCase())) : fields
}

function withoutAbsent(object: Values): Values {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined))
}
