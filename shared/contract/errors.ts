import * as z from 'zod'

/** The closed list of refusals a client can meet; the message is a sentence for a person. */
export const hostErrors = {
  NOT_FOUND: { status: 404, data: z.object({ what: z.string() }) },
  CONFLICT: { status: 409, data: z.object({ reason: z.string() }) },
  INVALID: { status: 422, data: z.object({ field: z.string().optional(), reason: z.string() }) },
  UNAVAILABLE: { status: 503, data: z.object({ reason: z.string() }) },
} as const
