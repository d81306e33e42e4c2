import type { Facts, Prepared } from '#main/mapping/transform/prepared.ts'
import type { Failure, Result } from '#shared/domain/failure.ts'
import { otherSystem, type RecordRef } from '#shared/domain/record.ts'
import type { ReplayPreview } from '#shared/domain/replay.ts'
import { nameOf } from '#shared/logic/record-name.ts'

type Verdict = Pick<ReplayPreview, 'kind' | 'destination' | 'changes' | 'sentence'>

/** Says what a dry run came to. */
export function describePrepared(result: Result<Prepared>, facts: Facts, record: RecordRef): Verdict {
  const none = { destination: null, changes: [] }
  if (!result.ok) return { ...none, ...describeFailure(result.failure) }
  const prepared = result.value
  switch (prepared.kind) {
    case 'create':
      return {
        ...none,
        kind: 'create',
        changes: [...facts.changes],
        sentence: `A new ${prepared.entity} would be made.`,
      }
    case 'update': {
      const { ref } = prepared.destination
      const sentence = prepared.isNewLink ? `${nameOf(ref)} would be linked with it.` : null
      return { kind: 'update', destination: ref, changes: [...facts.changes], sentence }
    }
    case 'unchanged': {
      const sentence = prepared.isNewLink ? 'The two would be linked; nothing else changes.' : null
      return { ...none, kind: 'unchanged', destination: prepared.destination, sentence }
    }
    case 'park': {
      const there = otherSystem(record.system)
      const changes = prepared.conflicts.map((one) => ({ field: one.field, from: one[there], to: one[record.system] }))
      return { ...none, kind: 'conflict', changes, sentence: prepared.reason }
    }
    case 'skip':
      return { ...none, kind: 'skip', sentence: prepared.reason }
    case 'unlink':
    case 'move':
      return { ...none, kind: 'unlink', sentence: prepared.reason }
    case 'wait-lane':
      return { ...none, kind: 'unknown', sentence: 'Its counterpart is changing hands just now; look again.' }
  }
}

/** What trying again could mend is no forecast: it can only be said that nothing can be said now. */
function describeFailure(failure: Failure): Pick<Verdict, 'kind' | 'sentence'> {
  const kinds = { permanent: 'will-fail', dependency: 'wait' } as const
  const kind = failure.class === 'permanent' || failure.class === 'dependency' ? kinds[failure.class] : 'unknown'
  return { kind, sentence: failure.fix === undefined ? failure.sentence : `${failure.sentence} ${failure.fix}` }
}
