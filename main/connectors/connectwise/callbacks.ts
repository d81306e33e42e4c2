import * as z from 'zod'
import { ok, type Result } from '#shared/domain/failure.ts'
import type { CallContext } from '../connector.ts'
import type { Subject } from '../rule-book.ts'
import { searchSubject } from '../subject.ts'
import type { ConnectwiseClient } from './client.ts'
import { condition } from './conditions.ts'

/** What was done to have exactly one working callback for each entity. */
export interface CallbackReport {
  readonly kept: number
  readonly added: readonly string[]
  readonly removed: readonly string[]
  /** ConnectWise had switched these off after days of failed deliveries; events of that time were lost to the callback. */
  readonly enabledAgain: readonly string[]
}

export interface CallbackOrder {
  /** Where ConnectWise is to post to, without a query: `https://relay.example.com/hooks/connectwise`. */
  readonly url: string
  readonly entities: readonly string[]
}

const callback = z.object({
  id: z.number().int(),
  url: z.string(),
  type: z.string(),
  level: z.string(),
  objectId: z.number().int(),
  inactiveFlag: z.boolean().nullish(),
})
type Callback = z.infer<typeof callback>

const path = '/system/callbacks'

/**
 * Brings the callbacks at `url` in line with the wanted entities: adds what is missing, removes what is double or no longer
 * wanted, and switches on what ConnectWise has switched off. Callbacks of others are left alone. Safe to repeat.
 */
export async function ensureCallbacks(
  client: ConnectwiseClient,
  order: CallbackOrder,
  context: CallContext,
): Promise<Result<CallbackReport>> {
  const subject: Subject = { ...searchSubject('the callbacks', context), write: true }
  const conditions = condition('url', 'contains', order.url)
  const listed = await client.list(path, { conditions }, 1_000, searchSubject('the callbacks', context), {
    ...context,
    purpose: 'look-up',
  })
  if (!listed.ok) return listed
  const ours = listed.value.flatMap((json) => callback.safeParse(json).data ?? []).filter((one) => isAt(one, order.url))

  const report = { kept: 0, added: [] as string[], removed: [] as string[], enabledAgain: [] as string[] }
  const covered = new Set<string>()
  for (const one of ours) {
    const entity = order.entities.find(
      (wanted) => wanted === one.type.toLowerCase() && isForAll(one) && one.url === registeredUrl(order.url),
    )
    if (entity === undefined || covered.has(entity)) {
      const removed = await client.need({ method: 'DELETE', path: `${path}/${one.id}` }, subject, context)
      if (!removed.ok) return removed
      report.removed.push(one.type)
      continue
    }
    covered.add(entity)
    report.kept += 1
    if (one.inactiveFlag !== true) continue
    const body = [{ op: 'replace', path: 'inactiveFlag', value: false }]
    const enabled = await client.need({ method: 'PATCH', path: `${path}/${one.id}`, body }, subject, context)
    if (!enabled.ok) return enabled
    report.enabledAgain.push(entity)
  }
  for (const entity of order.entities.filter((wanted) => !covered.has(wanted))) {
    const added = await client.need({ method: 'POST', path, body: toBody(entity, order.url) }, subject, context)
    // Someone else was quicker; there is one now.
    if (!added.ok && added.failure.code !== 'ObjectExists') return added
    report.added.push(entity)
  }
  return ok(report)
}

/** ConnectWise appends the record's id and the action to the address as it was registered. */
function registeredUrl(url: string): string {
  return `${url}?recordId=`
}

/** `level: owner, objectId: 1` means every record of the type. */
function toBody(entity: string, url: string) {
  return {
    description: `Patchbay: every ${entity}`,
    url: registeredUrl(url),
    type: entity,
    level: 'owner',
    objectId: 1,
    inactiveFlag: false,
    isSoapCallbackFlag: false,
    // Changes made by this API member, which is the one Patchbay writes as, raise no callback.
    isSelfSuppressedFlag: true,
  }
}

function isForAll(one: Callback): boolean {
  return one.level.toLowerCase() === 'owner' && one.objectId === 1
}

function isAt(one: Callback, url: string): boolean {
  return one.url === url || one.url.startsWith(`${url}?`)
}
