import type { FailureClass } from '#shared/domain/failure.ts'

/** Kinds of failures, as a person would sort them. */
export const failureClassWords: Record<FailureClass, string> = {
  permanent: 'Refused',
  dependency: 'Another record is missing',
  auth: 'Sign-in refused',
  limited: 'Limit reached',
  transient: 'Passing trouble',
  unknown: 'Outcome not known',
}
