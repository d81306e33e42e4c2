import type { Clock } from '#main/base/clock.ts'
import { createRedactor } from '#main/base/redactor.ts'
import type { SalesforceSettings } from '#shared/domain/connection.ts'
import type { Connector } from '../connector.ts'
import { createHttpClient } from '../http/http-client.ts'
import { createCalls } from './call.ts'
import { checkSalesforce } from './checks.ts'
import { createShapes } from './describe.ts'
import { createDescribing } from './describing.ts'
import { createReading } from './reading.ts'
import { createSessions, type SalesforceSecrets } from './session.ts'
import { RelayTransport } from './transport.ts'
import { createWriting } from './writing.ts'

export interface SalesforceConnectorOptions {
  readonly settings: SalesforceSettings
  readonly secrets: SalesforceSecrets
  readonly clock: Clock
}

/** Salesforce through jsforce. What it calls, needs and assumes stands in README.md beside this file. */
export function createSalesforceConnector({ settings, secrets, clock }: SalesforceConnectorOptions): Connector {
  const redactor = createRedactor(Object.values(secrets))
  const http = createHttpClient({ clock, redactor, timeoutMs: settings.timeoutMs })
  const sessions = createSessions({ settings, secrets, clock, redactor, transport: new RelayTransport(http) })
  const calls = createCalls(sessions, clock)
  const shapes = createShapes(calls, clock)
  const { externalIdField } = settings
  const reading = createReading({ calls, shapes, clock, externalIdField })
  const writing = createWriting({
    calls,
    shapes,
    clock,
    externalIdField,
    fetch: reading.fetch,
    findByCrossReference: reading.findByCrossReference,
  })
  return {
    system: 'salesforce',
    ...reading,
    ...writing,
    ...createDescribing(calls, clock),
    check: (context) => checkSalesforce({ settings, sessions, calls, shapes, clock }, context),
    budget: calls.budget,
    close: http.close,
  }
}
