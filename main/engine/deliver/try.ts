import type { Facts } from '#main/mapping/transform/prepared.ts'
import type { WorkItem } from '#main/outbound/work-item.ts'
import type { AttemptRecord } from '#main/outcomes/attempts.ts'
import type { Known } from '#main/outcomes/conclude.ts'
import type { Outcome } from '#main/outcomes/record.ts'
import type { Exchange } from '#shared/domain/delivery.ts'
import type { MappingVersion } from '#shared/domain/mapping.ts'
import { readTitle } from '#shared/logic/record-title.ts'

/** What a try was made of, besides its outcome. */
export interface Try {
  readonly outcome: Outcome
  readonly facts: Facts
}

/** What is known of a try that ended before the transform. */
export const noFacts: Facts = {
  sourceValues: null,
  sourceVersion: null,
  mappedValues: null,
  beforeValues: null,
  changes: [],
  steps: [],
}

/** The facts with the name that the destination record has or was to get. */
export function known(facts: Facts): Known {
  return { ...facts, destinationTitle: readTitle({ ...facts.beforeValues, ...facts.mappedValues }) }
}

/** The attempt's row; none where nothing was tried, or where the same uncounted failure stands on the delivery already. */
export function describeTry(
  { outcome, facts }: Try,
  item: WorkItem,
  exchanges: Exchange[],
  mapping: MappingVersion,
  startedAt: number,
  durationMs: number,
): AttemptRecord | null {
  if (outcome.kind === 'joined' || outcome.kind === 'held' || outcome.kind === 'again') return null
  if (outcome.kind === 'failed' && !outcome.next.counts) {
    if (exchanges.length === 0 || outcome.failure.code === item.failureCode) return null
  }
  const failure = outcome.kind === 'failed' || outcome.kind === 'parked' ? outcome.failure : null
  const result = failure !== null ? 'failed' : outcome.kind === 'skipped' ? 'skipped' : 'succeeded'
  return {
    startedAt,
    durationMs,
    result,
    failure,
    mappingId: mapping.mappingId,
    mappingVersion: mapping.version,
    sourceValues: facts.sourceValues,
    mappedValues: facts.mappedValues,
    beforeValues: facts.beforeValues,
    changes: [...facts.changes],
    steps: [...facts.steps],
    exchanges,
  }
}
