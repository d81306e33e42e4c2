import { setImmediate } from 'node:timers/promises'
import type { MatchCount } from '#shared/contract/route-calls.ts'
import type { EventRecord } from '#shared/domain/event-record.ts'
import type { Match } from '#shared/domain/match.ts'
import { judgeMatch, judgeRecord } from '#shared/logic/match.ts'

/** Matching events that are named. */
const mostExamples = 10
/** Records judged before other work has its turn. */
const atOnce = 10

/** Judges a match on events, as far as what is known of their records tells. Without a last state of the pair, `changed` is met. */
export async function countMatches(match: Match, records: readonly EventRecord[]): Promise<MatchCount> {
  const count: MatchCount = { events: 0, matching: 0, unknown: 0, failing: 0, failure: null, examples: [] }
  for (const record of records) {
    count.events += 1
    const judged = await judge(match, record)
    if (!judged.ok) {
      count.failing += 1
      count.failure ??= judged.reason
    } else if (judged.verdict === 'unknown') count.unknown += 1
    else if (judged.verdict === 'yes') {
      count.matching += 1
      if (count.examples.length < mostExamples) count.examples.push(exampleOf(record))
    }
    if (count.events % atOnce === 0) await setImmediate()
  }
  return count
}

function judge(match: Match, { entity, action, values, isFull, recordId }: EventRecord) {
  if (values !== null && isFull) return judgeRecord(match, { entity, action, fields: values }, recordId)
  return { ok: true as const, verdict: judgeMatch(match, { entity, action, fields: values }) }
}

function exampleOf({
  eventId,
  entity,
  recordId,
  action,
  title,
  receivedAt,
}: EventRecord): MatchCount['examples'][number] {
  return { id: eventId, entity, recordId, action, title, receivedAt }
}
