import type * as z from 'zod'
import type { mappingDocument } from '#shared/domain/mapping.ts'

/**
 * Case and service ticket. Statuses belong to a board in ConnectWise: these pairs are those of a help desk as it comes,
 * and a status without a pair stops with a dead letter that names it.
 */
export const caseTicket: z.input<typeof mappingDocument> = {
  id: 'case-ticket',
  name: 'Case ↔ ticket',
  salesforce: { entity: 'Case' },
  connectwise: { entity: 'ticket' },
  fields: [
    {
      salesforce: 'Subject',
      connectwise: 'summary',
      normalise: 'text',
      whenEmpty: 'default',
      default: { salesforce: null, connectwise: '(no subject)' },
      maxLength: { salesforce: 255, connectwise: 100 },
    },
    {
      salesforce: 'Description',
      connectwise: 'initialDescription',
      createOnly: true,
      normalise: 'html-to-text',
      maxLength: { salesforce: 32_000 },
      note: 'ConnectWise takes the first description only; what follows are notes.',
    },
    {
      salesforce: 'AccountId',
      connectwise: 'company/id',
      reference: { salesforce: 'Account', connectwise: 'company', required: true },
      whenEmpty: 'leave',
    },
    {
      salesforce: 'ContactId',
      connectwise: 'contact/id',
      reference: { salesforce: 'Contact', connectwise: 'contact', required: false },
      note: 'A ticket does not wait for its contact: it follows with the next change.',
    },
    {
      salesforce: 'Type',
      connectwise: 'board/name',
      direction: 'to-connectwise',
      createOnly: true,
      valueMap: { pairs: [], unmapped: 'default', defaults: { connectwise: 'Help Desk' } },
      whenEmpty: 'default',
      default: { connectwise: 'Help Desk' },
      note: 'Add pairs to send types of cases to other boards.',
    },
    {
      salesforce: 'Status',
      connectwise: 'status/name',
      whenEmpty: 'leave',
      valueMap: {
        pairs: [
          { salesforce: 'New', connectwise: 'New' },
          { salesforce: 'Working', connectwise: 'In Progress' },
          { salesforce: 'Working', connectwise: 'Assigned' },
          { salesforce: 'Working', connectwise: 'Scheduled' },
          { salesforce: 'Escalated', connectwise: 'Escalated' },
          { salesforce: 'Waiting on Customer', connectwise: 'Waiting on Client' },
          { salesforce: 'Waiting on Customer', connectwise: 'Waiting Customer' },
          { salesforce: 'Closed', connectwise: 'Completed' },
          { salesforce: 'Closed', connectwise: 'Closed' },
        ],
      },
    },
    {
      salesforce: 'Priority',
      connectwise: 'priority/name',
      whenEmpty: 'leave',
      valueMap: {
        pairs: [
          { salesforce: 'High', connectwise: 'Priority 2 - High' },
          { salesforce: 'High', connectwise: 'Priority 1 - Emergency' },
          { salesforce: 'High', connectwise: 'Priority 1 - Critical' },
          { salesforce: 'Medium', connectwise: 'Priority 3 - Medium' },
          { salesforce: 'Low', connectwise: 'Priority 4 - Low' },
        ],
      },
    },
    {
      salesforce: 'Origin',
      connectwise: 'source/name',
      direction: 'to-salesforce',
      createOnly: true,
      valueMap: { pairs: [], unmapped: 'default', defaults: { salesforce: 'ConnectWise' } },
      whenEmpty: 'default',
      default: { salesforce: 'ConnectWise' },
    },
  ],
}
