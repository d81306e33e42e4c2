import type { Clock } from '#main/base/clock.ts'
import type { Connection } from '#shared/domain/connection.ts'
import { createConnectwiseConnector } from './connectwise/connectwise-connector.ts'
import type { Connector } from './connector.ts'
import { createSalesforceConnector } from './salesforce/salesforce-connector.ts'

/** The connector for a connection. A secret that is missing shows as a failure of class `auth` when it is first needed. */
export function createConnector(
  connection: Connection,
  secrets: Readonly<Record<string, string>>,
  clock: Clock,
): Connector {
  switch (connection.kind) {
    case 'salesforce': {
      const { clientSecret, privateKey } = secrets
      const given = {
        ...(clientSecret === undefined ? {} : { clientSecret }),
        ...(privateKey === undefined ? {} : { privateKey }),
      }
      return createSalesforceConnector({ settings: connection.settings, secrets: given, clock })
    }
    case 'connectwise':
      return createConnectwiseConnector({
        settings: connection.settings,
        secrets: { privateKey: secrets['privateKey'] ?? '' },
        clock,
      })
  }
}
