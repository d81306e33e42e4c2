import { readyMadeMappings } from '#main/mapping/ready-made/mappings.ts'
import { readyMadeRoutes } from '#main/mapping/ready-made/routes.ts'
import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import type { Headless } from './headless.ts'

const connections = { salesforce: 'salesforce' as ConnectionId, connectwise: 'connectwise' as ConnectionId }

/** Configures a host over its REST API for simulated systems that live in another process, as a technician would for real ones. */
export async function furnishHost(
  host: Headless,
  addresses: SandboxAddresses,
  options: { readonly timeoutMs?: number; readonly sql?: boolean } = {},
): Promise<void> {
  const put = (path: string, body: unknown): Promise<unknown> => host.api(path, { method: 'PUT', body })
  const { timeoutMs = 3_000 } = options
  const { clientId, clientSecret } = addresses.salesforce
  await put('/connections', {
    connection: {
      id: connections.salesforce,
      kind: 'salesforce',
      name: 'Salesforce',
      settings: { loginUrl: addresses.salesforceUrl, clientId, timeoutMs },
    },
    secrets: { clientSecret },
  })
  const { privateKey, ...settings } = addresses.connectwise
  await put('/connections', {
    connection: {
      id: connections.connectwise,
      kind: 'connectwise',
      name: 'ConnectWise',
      settings: { ...settings, timeoutMs },
    },
    secrets: { privateKey },
  })
  await put('/sources', {
    source: {
      id: 'salesforce',
      kind: 'salesforce-webhook',
      name: 'Salesforce',
      settings: { connectionId: 'salesforce' },
    },
    secrets: { signingSecret: addresses.signingSecret },
  })
  await put('/sources', {
    source: {
      id: 'connectwise',
      kind: 'connectwise-callback',
      name: 'ConnectWise',
      settings: { connectionId: 'connectwise' },
    },
  })
  if (options.sql === true) await addQueue(put, addresses)
  for (const document of readyMadeMappings()) await put('/mappings', { document })
  for (const route of readyMadeRoutes(connections))
    await put('/routes', { ...route, retry: { ...route.retry, baseMs: 100, capMs: 2_000 } })
}

async function addQueue(
  put: (path: string, body: unknown) => Promise<unknown>,
  addresses: SandboxAddresses,
): Promise<void> {
  const { password, ...server } = addresses.sqlServer
  await put('/sources', {
    source: {
      id: 'connectwise-sql',
      kind: 'connectwise-sql',
      name: 'Queue',
      settings: {
        connectionId: 'connectwise',
        ...server,
        encrypt: false,
        busyPollMs: 100,
        idlePollMs: 500,
        leaseSeconds: 5,
      },
    },
    secrets: { password },
  })
}
