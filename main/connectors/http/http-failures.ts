import type { Failure } from '#shared/domain/failure.ts'
import type { Subject } from '../rule-book.ts'
import type { NoAnswer } from './http-client.ts'
import type { NoAnswerReason } from './no-answer.ts'

interface NoAnswerText {
  readonly code: string
  readonly sentence: string
  readonly fix?: string
}

/** `{system}` is the system's name. */
const texts: Record<NoAnswerReason, NoAnswerText> = {
  unreachable: {
    code: 'UNREACHABLE',
    sentence: '{system} could not be reached',
    fix: 'Check that {system} is running, that this computer is on the network, and that the address in the connection is right.',
  },
  certificate: {
    code: 'CERTIFICATE',
    sentence:
      'The secure connection to {system} was refused, because its certificate is not trusted or does not fit the address',
    fix: "Check the address in the connection, the certificate of the {system} server, and this computer's date.",
  },
  timeout: { code: 'TIMEOUT', sentence: '{system} did not answer in time' },
  cut: { code: 'CONNECTION_CUT', sentence: 'The connection to {system} broke before the answer was complete' },
  aborted: { code: 'ABORTED', sentence: 'The call to {system} was stopped' },
  'too-large': { code: 'ANSWER_TOO_LARGE', sentence: 'The answer of {system} was too large to read' },
}

/**
 * What a missing answer means: nothing happened when the request never left or was only a question; unknown when it was a
 * write that may have arrived.
 */
export function explainNoAnswer(outcome: NoAnswer, system: string, subject: Subject): Failure {
  const { code, sentence, fix } = texts[outcome.reason]
  const named = `${sentence.replaceAll('{system}', system)} (${outcome.detail})`
  if (subject.write && outcome.sent) {
    return {
      class: 'unknown',
      stage: subject.stage,
      code,
      sentence: `${named}, so it is not known whether ${subject.record} was written. Patchbay looks before it tries again.`,
    }
  }
  return {
    class: 'transient',
    stage: subject.stage,
    code,
    sentence: `${named}. ${subject.write ? 'Nothing was written; ' : ''}Patchbay tries again.`,
    ...(fix === undefined ? {} : { fix: fix.replaceAll('{system}', system) }),
  }
}
