import { failed, ok } from '#shared/domain/failure.ts'
import type { Result } from '#shared/domain/failure.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import { otherSystem, recordKey, systemTitle } from '#shared/domain/record.ts'
import type { ResolveReference } from '#shared/logic/apply-mapping.ts'
import { nameOf } from '#shared/logic/record-name.ts'
import type { PreparePorts, Trace } from './prepared.ts'
import { permanent } from './sentences.ts'

/**
 * Translates references by the link table. A parent that is not linked is looked at once, as it may name its counterpart
 * itself; after that the delivery waits for it, if the reference is required.
 */
export function referenceResolver(ports: Pick<PreparePorts, 'fetch' | 'findLink'>, trace: Trace): ResolveReference {
  return async (parent, entity, required) => {
    const link = ports.findLink(parent)
    const linked = link?.[otherSystem(parent.system)].id ?? null
    if (linked !== null && link?.endedAt === null) return ok(linked)
    const record = await trace.time('look-up', () => ports.fetch(parent, 'look-up'))
    if (!record.ok) return record
    const named = record.value?.crossReference ?? null
    // What an ended link was about has been deleted, though the parent may still name it.
    if (named !== null && named !== linked) return ok(named)
    if (!required) return ok(null)
    return record.value === null ? gone(parent) : notLinkedYet(parent, entity)
  }
}

function gone(parent: RecordRef): Result<null> {
  return failed(
    permanent(
      'parent-gone',
      `It belongs to ${nameOf(parent)}, which does not exist any more.`,
      'Give the record another parent, then replay.',
    ),
  )
}

function notLinkedYet(parent: RecordRef, entity: string): Result<null> {
  const there = systemTitle[otherSystem(parent.system)]
  return failed({
    class: 'dependency',
    stage: 'transform',
    code: 'parent-not-linked',
    sentence: `It waits for ${nameOf(parent)}, which has no ${entity} in ${there} yet.`,
    fix: `Save ${nameOf(parent)} once, so that it is carried over first; this goes on by itself then.`,
    waitsFor: recordKey(parent),
  })
}
