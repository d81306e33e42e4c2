import { failed, ok } from '#shared/domain/failure.ts'
import type { Result } from '#shared/domain/failure.ts'
import type { Link } from '#shared/domain/link.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import { judgeCondition, judgeMatch, judgeRecord } from '#shared/logic/match.ts'
import { nameOf } from '#shared/logic/record-name.ts'
import type { PrepareInput } from './prepared.ts'
import type { SourceReading } from './read-source.ts'
import { permanent } from './sentences.ts'

/**
 * Judges the route's conditions on the whole record; the event alone may have been too thin for it. Why the record does not meet
 * them, in a sentence; null when it does, or when too little of it is known.
 */
export async function unmetCondition(
  { event, route }: PrepareInput,
  source: RecordRef,
  link: Link | null,
  reading: SourceReading,
): Promise<Result<string | null>> {
  const { match, name } = route
  const synced = link === null ? {} : { synced: link[event.system].synced }
  const subject = { entity: event.entity, action: event.action, fields: reading.values, ...synced }
  if (!reading.isFull) return ok(judgeMatch(match, subject) === 'no' ? unmetSentence() : null)
  const judged = await judgeRecord(match, subject, source.id)
  if (!judged.ok) {
    const sentence = `The expression that the route "${name}" matches by failed on ${nameOf(source)}: ${judged.reason}.`
    return failed(permanent('bad-match-expression', sentence, 'Correct the expression of the route, then replay.'))
  }
  return ok(judged.verdict === 'yes' ? null : unmetSentence())

  function unmetSentence(): string {
    const plain = `${nameOf(source)} does not meet the condition of the route "${name}"`
    if (match.combine === 'any' && match.conditions.length > 1) return `${plain}: none of them holds.`
    const unmet = match.conditions.find((condition) => judgeCondition(condition, subject) !== 'yes')
    return unmet === undefined ? `${plain}.` : `${plain} on ${unmet.field}.`
  }
}
