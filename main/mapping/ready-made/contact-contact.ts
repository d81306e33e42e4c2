import type * as z from 'zod'
import type { mappingDocument } from '#shared/domain/mapping.ts'

/**
 * Contact and contact. ConnectWise keeps e-mail and phones as communication items; the connector shows the default ones as
 * the fields `email`, `phone`, `mobile`.
 */
export const contactContact: z.input<typeof mappingDocument> = {
  id: 'contact-contact',
  name: 'Contact ↔ contact',
  salesforce: { entity: 'Contact' },
  connectwise: { entity: 'contact' },
  // E-mail alone would take one person for another where a company shares a mailbox.
  naturalKeys: [
    {
      salesforce: 'Email',
      connectwise: 'email',
      also: [
        { salesforce: 'AccountId', connectwise: 'company/id' },
        { salesforce: 'FirstName', connectwise: 'firstName' },
        { salesforce: 'LastName', connectwise: 'lastName' },
      ],
    },
  ],
  fields: [
    {
      salesforce: 'FirstName',
      connectwise: 'firstName',
      normalise: 'text',
      whenEmpty: 'default',
      default: { salesforce: null, connectwise: '-' },
      maxLength: { salesforce: 40, connectwise: 30 },
      note: 'ConnectWise wants a first name; a dash stands for none.',
    },
    {
      salesforce: 'LastName',
      connectwise: 'lastName',
      normalise: 'text',
      whenEmpty: 'default',
      default: { salesforce: '-', connectwise: null },
      maxLength: { salesforce: 80, connectwise: 30 },
      note: 'Salesforce wants a last name; a dash stands for none.',
    },
    {
      salesforce: 'AccountId',
      connectwise: 'company/id',
      reference: { salesforce: 'Account', connectwise: 'company', required: true },
      whenEmpty: 'leave',
    },
    { salesforce: 'Title', connectwise: 'title', normalise: 'text', maxLength: { salesforce: 128, connectwise: 100 } },
    { salesforce: 'Email', connectwise: 'email', normalise: 'email', maxLength: { salesforce: 80, connectwise: 250 } },
    { salesforce: 'Phone', connectwise: 'phone', normalise: 'phone', maxLength: { salesforce: 40, connectwise: 250 } },
    {
      salesforce: 'MobilePhone',
      connectwise: 'mobile',
      normalise: 'phone',
      maxLength: { salesforce: 40, connectwise: 250 },
    },
  ],
}
