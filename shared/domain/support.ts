import * as z from 'zod'

/** One part of what a support bundle holds, already without secrets. */
export const supportPart = z.object({
  name: z.string(),
  /** What it is and what it is good for, in a sentence. */
  sentence: z.string(),
  /** JSON or plain text. */
  text: z.string(),
})
export type SupportPart = z.infer<typeof supportPart>

/** One text file with all parts, to be saved and sent by a person. */
export const supportBundle = z.object({ fileName: z.string(), contentType: z.string(), text: z.string() })
export type SupportBundle = z.infer<typeof supportBundle>
