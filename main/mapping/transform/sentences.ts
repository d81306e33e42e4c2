import type { Failure } from '#shared/domain/failure.ts'
import type { RecordRef } from '#shared/domain/record.ts'
import { systemTitle } from '#shared/domain/record.ts'

/** A record as sentences name it: "Salesforce Account 001…". */
export function nameOf(ref: RecordRef): string {
  return `${systemTitle[ref.system]} ${ref.entity} ${ref.id}`
}

/** A failure of the transform that trying again unchanged can't help. */
export function permanent(code: string, sentence: string, fix: string): Failure {
  return { class: 'permanent', stage: 'transform', code, sentence, fix }
}
