import type * as z from 'zod'
import type { mappingDocument } from '#shared/domain/mapping.ts'

/** Salesforce has one pick list for what ConnectWise tells by stage and status: won and lost are statuses there. */
const closedStages = [
  { salesforce: 'Closed Won', connectwise: 'Won' },
  { salesforce: 'Closed Lost', connectwise: 'Lost' },
]

/** Opportunity and opportunity. The stages and the sales representative are the ones to adapt first. */
export const opportunityOpportunity: z.input<typeof mappingDocument> = {
  id: 'opportunity-opportunity',
  name: 'Opportunity ↔ opportunity',
  salesforce: { entity: 'Opportunity' },
  connectwise: { entity: 'opportunity' },
  fields: [
    {
      salesforce: 'Name',
      connectwise: 'name',
      normalise: 'text',
      whenEmpty: 'leave',
      maxLength: { salesforce: 120, connectwise: 100 },
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
      direction: 'to-connectwise',
      createOnly: true,
      reference: { salesforce: 'Contact', connectwise: 'contact', required: true },
      whenEmpty: 'leave',
      fromParent: { parent: 'company/id', entity: 'company', field: 'defaultContact/id' },
      note: 'Salesforce takes the contact of an opportunity at its creation only. ConnectWise wants one: without it the default contact of the company is taken.',
    },
    {
      salesforce: 'ContactId',
      connectwise: 'contact/id',
      direction: 'to-salesforce',
      createOnly: true,
      reference: { salesforce: 'Contact', connectwise: 'contact', required: false },
      whenEmpty: 'leave',
    },
    {
      salesforce: 'StageName',
      connectwise: 'stage/name',
      toConnectwise: 'StageName in ["Closed Won", "Closed Lost"] ? null : StageName',
      toSalesforce: 'status.name = "Won" ? "Won" : status.name in ["Lost", "No Decision"] ? "Lost" : stage.name',
      whenEmpty: 'leave',
      valueMap: {
        pairs: [
          { salesforce: 'Prospecting', connectwise: 'Prospect' },
          { salesforce: 'Qualification', connectwise: 'Qualification' },
          { salesforce: 'Proposal/Price Quote', connectwise: 'Quote' },
          { salesforce: 'Negotiation/Review', connectwise: 'Negotiation' },
          ...closedStages,
        ],
      },
      note: 'A won or lost opportunity keeps its stage in ConnectWise; its status says that it is closed.',
    },
    {
      salesforce: 'StageName',
      connectwise: 'status/name',
      direction: 'to-connectwise',
      whenEmpty: 'leave',
      valueMap: { pairs: closedStages, unmapped: 'default', defaults: { connectwise: 'Open' } },
    },
    {
      salesforce: 'CloseDate',
      connectwise: 'expectedCloseDate',
      normalise: 'date',
      whenEmpty: 'leave',
      note: 'A bare day on both sides, never moved through a time zone.',
    },
    {
      salesforce: 'OwnerId',
      connectwise: 'primarySalesRep/identifier',
      direction: 'to-connectwise',
      createOnly: true,
      valueMap: { pairs: [], unmapped: 'default', defaults: { connectwise: 'patchbay' } },
      whenEmpty: 'default',
      default: { connectwise: 'patchbay' },
      note: 'Add a pair for each owner: the id of the Salesforce user and the login of the ConnectWise member. Others fall to the API member.',
    },
  ],
}
