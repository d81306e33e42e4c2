import { ok } from '#shared/domain/failure.ts'
import type { Connector } from '../connector.ts'
import { createCatalogue } from './catalogue.ts'
import { checkConnectwise } from './checks.ts'
import { createConnectwiseClient, type ConnectwiseClientOptions } from './client.ts'
import { createRecord } from './creating.ts'
import { createReading } from './reading.ts'
import { updateRecord } from './updating.ts'

/** ConnectWise PSA through its REST API. What it calls, needs and assumes stands in README.md beside this file. */
export function createConnectwiseConnector({ settings, secrets, clock }: ConnectwiseClientOptions): Connector {
  const client = createConnectwiseClient({ settings, secrets, clock })
  const { crossReferenceCaption } = settings
  const catalogue = createCatalogue(client, crossReferenceCaption, clock)
  const reading = createReading({ client, clock, crossReferenceCaption })
  const options = { client, reading, catalogue, crossReferenceCaption }
  return {
    system: 'connectwise',
    fetch: reading.fetch,
    findByCrossReference: reading.findByCrossReference,
    findByField: reading.findByField,
    // A merged company is gone without a trace; a merged ticket stays and says so itself (see toRemoteRecord).
    findWinner: () => Promise.resolve(ok(null)),
    create: (order, context) => createRecord(options, order, context),
    update: (order, context) => updateRecord(options, order, context),
    check: (context) => checkConnectwise({ settings, client, catalogue, clock }, context),
    // ConnectWise does not say how much of its allowance is used.
    budget: () => null,
    close: client.close,
  }
}
