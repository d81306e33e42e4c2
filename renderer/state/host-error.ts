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

/** Whether the host refused because of how things stand, so that a person may decide otherwise. */
export function isConflict(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'CONFLICT'
}

/** All that is known of a failure, as text that can be sent to somebody who helps: when, what, the host's code and data. */
export function detailOf(what: string, error: unknown, at?: number): string {
  const lines = at === undefined ? [what] : [new Date(at).toISOString(), what]
  if (!(error instanceof Error)) return [...lines, String(error)].join('\n')
  lines.push(`${error.name}: ${error.message}`)
  const { code, status, data } = error as { code?: unknown; status?: unknown; data?: unknown }
  if (typeof code === 'string') lines.push(`Code: ${code}${typeof status === 'number' ? ` (${status})` : ''}`)
  if (data !== undefined && data !== null) lines.push(`Data: ${JSON.stringify(data)}`)
  return lines.join('\n')
}
