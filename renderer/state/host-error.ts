/** The sentence to show for a call that failed. The host's own refusals already carry one. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error) || error.message === '') return 'Patchbay did not answer. Try again in a moment.'
  return error.message
}

/** The field the host refused, where it named one. */
export function refusedField(error: unknown): string | null {
  if (!(error instanceof Error) || !('data' in error)) return null
  const { data } = error
  if (typeof data !== 'object' || data === null || !('field' in data)) return null
  return typeof data.field === 'string' ? data.field : null
}
