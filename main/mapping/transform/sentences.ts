import type { Failure } from '#shared/domain/failure.ts'

/** A failure of the transform that trying again unchanged can't help. */
export function permanent(code: string, sentence: string, fix: string): Failure {
  return { class: 'permanent', stage: 'transform', code, sentence, fix }
}
