import * as z from 'zod'
import type { Clock } from '#main/base/clock.ts'
import type { ConnectwiseSettings } from '#shared/domain/connection.ts'
import { fromFailure, inspectClock, passed } from '../check.ts'
import type { CallContext, Check } from '../connector.ts'
import { searchSubject } from '../subject.ts'
import { keepsCrossReference, type Catalogue } from './catalogue.ts'
import type { ConnectwiseClient } from './client.ts'
import { entities, type EntityShape } from './entities.ts'

export interface CheckOptions {
  readonly settings: ConnectwiseSettings
  readonly client: ConnectwiseClient
  readonly catalogue: Catalogue
  readonly clock: Clock
}

const systemInfo = z.object({ version: z.string() })

/** Tries sign-in, server version, clock, and for each entity the right to read it and a place for the cross-reference. */
export async function checkConnectwise(options: CheckOptions, context: CallContext): Promise<readonly Check[]> {
  const { settings, client, clock } = options
  const answered = await client.need(
    { method: 'GET', path: '/system/info' },
    searchSubject('the system information', context),
    context,
  )
  if (!answered.ok) return [fromFailure('Sign-in', answered.failure)]
  const checks: Check[] = [passed('Sign-in', `Signed in to ${settings.baseUrl} as company ${settings.companyId}.`)]
  const info = systemInfo.safeParse(answered.value.json)
  if (info.success) checks.push(inspectVersion(info.data.version, settings.apiVersion))
  checks.push(inspectClock(answered.value.headers['date'], 'ConnectWise', clock.now()))
  for (const [entity, shape] of Object.entries(entities))
    checks.push(await inspectEntity(options, entity, shape, context))
  return checks
}

/** Server versions read `v2025.1.12345`; a model version newer than the server is refused by it. */
function inspectVersion(server: string, pinned: string): Check {
  const [year = 0, release = 0] = /(\d{4})\.(\d+)/.exec(server)?.slice(1).map(Number) ?? []
  const [pinnedYear = 0, pinnedRelease = 0] = pinned.split('.').map(Number)
  const isNewer = year > 0 && (pinnedYear > year || (pinnedYear === year && pinnedRelease > release))
  if (!isNewer) return passed('Version', `The server has version ${server}; Patchbay asks for ${pinned}.`)
  const sentence = `Patchbay asks for API version ${pinned}, but the server only has ${server}.`
  return {
    name: 'Version',
    ok: false,
    sentence,
    fix: `Set the API version of the connection to ${year}.${release} or older.`,
  }
}

async function inspectEntity(
  { settings, client, catalogue }: CheckOptions,
  entity: string,
  shape: EntityShape,
  context: CallContext,
): Promise<Check> {
  const readable = await client.list(shape.path, { fields: 'id' }, 1, searchSubject(`any ${entity}`, context), context)
  if (!readable.ok) return fromFailure(entity, readable.failure)
  catalogue.customFields.forget(shape.path)
  const keeps = await keepsCrossReference(catalogue, shape, settings.crossReferenceCaption, context)
  if (!keeps.ok) return fromFailure(entity, keeps.failure)
  const place = shape.crossReferenceField ?? `the custom field "${settings.crossReferenceCaption}"`
  if (keeps.value) return passed(entity, `A ${entity} can be read, and ${place} is there to keep the Salesforce id.`)
  return {
    name: entity,
    ok: false,
    sentence: `A ${entity} can be read, but ${place} is missing, so Patchbay can not create one without the risk of doubles.`,
    fix: `Add a text custom field with the caption "${settings.crossReferenceCaption}" for it in ConnectWise (System, Setup Tables, Custom Fields).`,
  }
}
