import type * as z from 'zod'
import type { mappingDocument } from '#shared/domain/mapping.ts'

/**
 * The identifier of a new company: its name in upper-case letters and digits, and the end of the Salesforce id, which makes it
 * unique (its last three characters stand for the case of the others). 17 + 8 = the 25 characters ConnectWise allows.
 */
const identifier =
  '$substring($uppercase($replace(Name, /[^A-Za-z0-9]/, "")), 0, 17) & $uppercase($substring($recordId, $length($recordId) - 8))'

const firstLine = '$split($replace(BillingStreet, /\\r\\n?/, "\\n"), "\\n")[0]'
// Joined by a space: so the street that is read back differs in white space only, which does not count as a change.
const otherLines = '$join($split($replace(BillingStreet, /\\r\\n?/, "\\n"), "\\n")[[1..9]], " ")'
const street = '$join([addressLine1, addressLine2][$trim($) != ""], "\\n")'

/** Account and company; the lengths on the right are ConnectWise's, on the left Salesforce's. */
export const accountCompany: z.input<typeof mappingDocument> = {
  id: 'account-company',
  name: 'Account ↔ company',
  salesforce: { entity: 'Account' },
  connectwise: { entity: 'company' },
  naturalKeys: [{ salesforce: 'Name', connectwise: 'name' }],
  fields: [
    {
      salesforce: 'Name',
      connectwise: 'name',
      normalise: 'text',
      whenEmpty: 'leave',
      maxLength: { salesforce: 255, connectwise: 50 },
    },
    {
      salesforce: 'Name',
      connectwise: 'identifier',
      direction: 'to-connectwise',
      toConnectwise: identifier,
      createOnly: true,
      maxLength: { connectwise: 25 },
      note: 'Made once from the name and the Salesforce id; ConnectWise wants it unique.',
    },
    {
      salesforce: 'Type',
      connectwise: 'status/name',
      direction: 'to-connectwise',
      createOnly: true,
      valueMap: { pairs: [], unmapped: 'default', defaults: { connectwise: 'Active' } },
      whenEmpty: 'default',
      default: { connectwise: 'Active' },
      note: 'New companies begin as Active; add pairs to begin differently by the type of the account.',
    },
    {
      salesforce: 'Phone',
      connectwise: 'phoneNumber',
      normalise: 'phone',
      maxLength: { salesforce: 40, connectwise: 30 },
    },
    { salesforce: 'Fax', connectwise: 'faxNumber', normalise: 'phone', maxLength: { salesforce: 40, connectwise: 30 } },
    {
      salesforce: 'Website',
      connectwise: 'website',
      normalise: 'url',
      maxLength: { salesforce: 255, connectwise: 255 },
    },
    {
      salesforce: 'BillingStreet',
      connectwise: 'addressLine1',
      toConnectwise: firstLine,
      toSalesforce: street,
      normalise: 'multiline',
      maxLength: { salesforce: 255, connectwise: 50 },
    },
    {
      salesforce: 'BillingStreet',
      connectwise: 'addressLine2',
      direction: 'to-connectwise',
      toConnectwise: otherLines,
      normalise: 'text',
      maxLength: { connectwise: 50 },
      note: 'The lines of the street after the first one.',
    },
    {
      salesforce: 'BillingCity',
      connectwise: 'city',
      normalise: 'text',
      maxLength: { salesforce: 40, connectwise: 50 },
    },
    {
      salesforce: 'BillingState',
      connectwise: 'state',
      normalise: 'text',
      maxLength: { salesforce: 80, connectwise: 50 },
    },
    {
      salesforce: 'BillingPostalCode',
      connectwise: 'zip',
      normalise: 'text',
      maxLength: { salesforce: 20, connectwise: 12 },
    },
  ],
}
