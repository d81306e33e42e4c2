import type { Failure, Result } from '#shared/domain/failure.ts'
import { labelled } from '#shared/logic/record-name.ts'
import { readTitle } from '#shared/logic/record-title.ts'
import type { CallContext, Connector, WriteReceipt } from '../connector.ts'

/** Codes under which Salesforce names records that stand in the way, by nothing but their ids. */
const codes = new Set(['MULTIPLE_CHOICES', 'DUPLICATE_VALUE'])

/** Records that are looked up for one failure. */
const mostNamed = 5

/** Adds to a refused write the names of the records that stand in its way. Where they can't be read the ids stay alone. */
export async function nameTwins(
  result: Result<WriteReceipt>,
  entity: string,
  ownId: string | null,
  fetch: Connector['fetch'],
  context: CallContext,
): Promise<Result<WriteReceipt>> {
  if (result.ok || !codes.has(result.failure.code)) return result
  let { sentence } = result.failure
  for (const id of mentionedIds(result.failure, ownId)) {
    const twin = await fetch(entity, id, { ...context, purpose: 'look-up' })
    const title = twin.ok && twin.value !== null ? readTitle(twin.value.values) : null
    sentence = sentence.replace(id, () => labelled(id, title))
  }
  return { ok: false, failure: { ...result.failure, sentence } }
}

/** Ids are of 15 or 18 letters and digits; no word is that long and has digits in it. */
function mentionedIds({ sentence }: Failure, ownId: string | null): string[] {
  const words = sentence.match(/\b[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?\b/gu) ?? []
  return [...new Set(words)].filter((word) => /\d/u.test(word) && word !== ownId).slice(0, mostNamed)
}
