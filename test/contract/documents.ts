import { connection } from '#shared/domain/connection.ts'
import { mappingDocument } from '#shared/domain/mapping.ts'
import { route } from '#shared/domain/route.ts'
import { source } from '#shared/domain/source.ts'

/** A small configuration, as a person would save it. */
export const connectwise = connection.parse({
  id: 'connectwise',
  kind: 'connectwise',
  name: 'ConnectWise',
  settings: {
    baseUrl: 'https://cw.acme.test/v4_6_release',
    companyId: 'acme',
    publicKey: 'pub',
    clientId: 'guid',
    memberId: 'patchbay',
  },
})

export const sqlQueue = source.parse({
  id: 'connectwise-sql',
  kind: 'connectwise-sql',
  name: 'SQL queue',
  settings: { connectionId: 'connectwise', host: 'cwsql', database: 'cwwebapp_acme', user: 'patchbay_reader' },
})

export const webhook = source.parse({
  id: 'salesforce',
  kind: 'salesforce-webhook',
  name: 'Salesforce',
  settings: { connectionId: 'salesforce' },
})

export const accounts = mappingDocument.parse({
  id: 'accounts',
  name: 'Account and company',
  salesforce: { entity: 'Account' },
  connectwise: { entity: 'company' },
  fields: [{ salesforce: 'Name', connectwise: 'name' }],
})

export const accountRoute = route.parse({
  id: 'accounts',
  name: 'Accounts to companies',
  from: 'salesforce',
  match: { entity: 'Account', actions: ['created', 'updated'] },
  mappingId: 'accounts',
  connectionId: 'connectwise',
  sourceConnectionId: 'salesforce',
})
