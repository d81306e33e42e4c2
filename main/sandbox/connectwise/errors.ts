import type { WebAnswer } from '#main/sandbox/web/web-server.ts'

/** One complaint inside an error answer of ConnectWise. */
export interface Complaint {
  readonly code: string
  readonly message: string
  readonly resource: string
  readonly field: string
}

/** An error answer in the form of ConnectWise: `{code, message, errors}`. */
export function errorAnswer(
  status: number,
  code: string,
  message: string,
  errors: readonly Complaint[] = [],
): WebAnswer {
  return { status, body: { code, message, errors } }
}

/** The answer to a record that does not pass its checks. */
export function invalidObject(resource: string, errors: readonly Complaint[]): WebAnswer {
  return errorAnswer(400, 'InvalidObject', `${resource} object is invalid`, errors)
}

export function recordNotFound(resource: string, id: string | number): WebAnswer {
  const name = resource.charAt(0).toUpperCase() + resource.slice(1)
  return errorAnswer(404, 'NotFound', `${name} ${id} not found`)
}
