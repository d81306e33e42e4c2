import type { WebAnswer } from '#main/sandbox/web/web-server.ts'

/** An error in Salesforce's form, with the HTTP status it goes out with when it stands alone. */
export interface SalesforceError {
  readonly status: number
  readonly errorCode: string
  readonly message: string
  readonly fields: readonly string[]
}

export function salesforceError(
  status: number,
  errorCode: string,
  message: string,
  fields: readonly string[] = [],
): SalesforceError {
  return { status, errorCode, message, fields }
}

/** The answer to a request that failed: always an array, also for one error. `fields` is left out when it says nothing. */
export function errorAnswer(...errors: readonly SalesforceError[]): WebAnswer {
  const body = errors.map(({ message, errorCode, fields }) =>
    fields.length === 0 ? { message, errorCode } : { message, errorCode, fields },
  )
  return { status: errors[0]?.status ?? 400, body }
}

export const notFound = salesforceError(404, 'NOT_FOUND', 'The requested resource does not exist')
