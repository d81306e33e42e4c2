import { ok } from '#shared/domain/failure.ts'
import type { Connector } from '../connector.ts'
import { createCatalogue } from './catalogue.ts'
import { checkConnectwise } from './checks.ts'
import { createConnectwiseClient, type ConnectwiseClientOptions } from './client.ts'
import { createRecord } from './creating.ts'
import { createDescribing } from './describing.ts'
import { createReading } from './reading.ts'
import { nameTwin } from './twins.ts'
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
    changedSince: reading.changedSince,
    findByField: reading.findByField,
    // A merged company is gone without a trace; a merged ticket stays and says so itself (see toRemoteRecord).
    findWinner: () => Promise.resolve(ok(null)),
    create: async (order, context) => nameTwin(await createRecord(options, order, context), order, reading, context),
    update: async (order, context) =>
      nameTwin(await updateRecord(options, order, context), { ...order, values: order.changes }, reading, context),
    ...createDescribing(client, catalogue),
    check: (context) => checkConnectwise({ settings, client, catalogue, clock }, context),
    // ConnectWise does not say how much of its allowance is used.
    budget: () => null,
    close: client.close,
  }
}
