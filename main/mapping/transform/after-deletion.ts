import { failed, ok } from '#shared/domain/failure.ts'
import type { Result } from '#shared/domain/failure.ts'
import type { Link } from '#shared/domain/link.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import { otherSystem } from '#shared/domain/record.ts'
import { nameOf } from '#shared/logic/record-name.ts'
import type { Prepared, PreparePorts } from './prepared.ts'
import { permanent } from './sentences.ts'

/** A record of a linked pair that is not there any more. */
export interface Loss {
  readonly link: Link
  readonly gone: RecordRef
  /** Whether the delivery is about something else and goes on once the link is settled. */
  readonly rest: 'done' | 'again'
}

/** What a linked record's disappearance means: it was merged and its winner inherits the link, or it was deleted and the link ends. */
export async function afterDeletion(loss: Loss, ports: PreparePorts): Promise<Result<Prepared>> {
  const winner = await ports.findWinner(loss.gone)
  if (!winner.ok) return winner
  return winner.value === null ? unlink(loss) : inherit(loss, { ...loss.gone, id: winner.value }, ports)
}

/**
 * Gives the loser's link to the winner of a merge. When both have a counterpart, a person has to bring those together first:
 * choosing one would leave the other side with a record that nobody keeps in step.
 */
export async function inherit(loss: Loss, winner: RecordRef, ports: PreparePorts): Promise<Result<Prepared>> {
  const { gone, link, rest } = loss
  const left = leftOf(loss)
  const record = await ports.fetch(winner, 'look-up')
  if (!record.ok) return record
  if (record.value === null) return unlink(loss)
  const own = ports.findLink(winner)
  const live = own === null || own.endedAt !== null ? null : own[left.system].id
  const taken = live ?? record.value.crossReference
  if (taken === null || taken === left.id) {
    const reason = `${nameOf(gone)} was merged into ${nameOf(winner)}, which is linked with ${nameOf(left)} now.`
    return ok({ kind: 'move', link, loser: gone, winner, rest, reason })
  }
  const counterpart = await ports.fetch(left, 'look-up')
  if (!counterpart.ok) return counterpart
  if (counterpart.value === null) return unlink(loss)
  return failed(
    permanent(
      'merged-both-linked',
      `${nameOf(gone)} was merged into ${nameOf(winner)}, but both have a counterpart: ${nameOf(left)} and ${nameOf({ ...left, id: taken })}.`,
      `Merge ${nameOf(left)} into ${nameOf({ ...left, id: taken })}, or delete it, then replay.`,
    ),
  )
}

function unlink(loss: Loss): Result<Prepared> {
  const { gone, link } = loss
  const reason = `${nameOf(gone)} was deleted. ${nameOf(leftOf(loss))} was left as it is and is not synced any more.`
  return ok({ kind: 'unlink', link, gone, reason })
}

function leftOf({ gone, link }: Loss): RecordRef {
  const system = otherSystem(gone.system)
  return { system, entity: link[system].entity, id: link[system].id }
}
