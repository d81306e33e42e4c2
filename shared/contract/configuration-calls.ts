import * as z from 'zod'
import { importReceipt } from '../domain/configuration-import.ts'
import { base } from './base.ts'

/** All mappings and routes as one file. */
export const configurationCalls = {
  export: base
    .route({
      method: 'GET',
      path: '/configuration',
      summary: 'All mappings and routes as one text that is the same as long as they are; holds no secrets',
    })
    .output(z.object({ fileName: z.string(), text: z.string() })),
  import: base
    .route({
      method: 'POST',
      path: '/configuration',
      summary: 'What such a text would change, and unless `dryRun`, the change; nothing is removed',
    })
    .input(z.object({ text: z.string().max(1_500_000), dryRun: z.boolean().default(true) }))
    .output(importReceipt),
}
