import * as z from 'zod'
import { auditEntry } from '../domain/audit.ts'
import { supportBundle, supportPart } from '../domain/support.ts'
import { base } from './base.ts'
import { page, pageQuery } from './page.ts'

export const auditCalls = {
  list: base
    .route({ method: 'GET', path: '/audit', summary: 'Who did what, newest first' })
    .input(
      z.object({
        ...pageQuery.shape,
        action: z.string().max(50).optional(),
        who: z.string().max(50).optional(),
        text: z.string().max(200).optional(),
      }),
    )
    .output(page(auditEntry)),
}

export const supportCalls = {
  preview: base
    .route({ method: 'GET', path: '/support', summary: 'What a support bundle would hold, without secrets and values' })
    .output(z.array(supportPart)),
  bundle: base
    .route({ method: 'POST', path: '/support/bundle', summary: 'The support bundle as one text file' })
    .output(supportBundle),
}
