import { readyMadeMappings } from '#main/mapping/ready-made/mappings.ts'
import { readyMadeRoutes } from '#main/mapping/ready-made/routes.ts'
import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import type { Relay } from '#main/relay.ts'
import { connection } from '#shared/domain/connection.ts'
import type { ConnectionId } from '#shared/domain/ids.ts'
import { source, type Source } from '#shared/domain/source.ts'
import type { Configuration } from './configuration.ts'

const who = 'patchbay'
const salesforce = 'salesforce' as ConnectionId
const connectwise = 'connectwise' as ConnectionId

/** Configures a relay for the simulated systems: connections, sources, and the mappings and routes that come with Patchbay. */
export async function furnishSandbox(relay: Relay, addresses: SandboxAddresses): Promise<void> {
  await connectSandbox(relay, addresses)
  await addSources(relay, addresses)
  await furnishRoutes(relay, { salesforce, connectwise })
}

/** Adds the ready-made mappings and routes. @param enabled false where a person should look first. */
export async function furnishRoutes(
  relay: Relay,
  connections: { readonly salesforce: ConnectionId; readonly connectwise: ConnectionId },
  enabled = true,
): Promise<void> {
  if (relay.hasRoutes()) return
  for (const document of readyMadeMappings()) {
    // One that is there may have been edited.
    if (!relay.hasMapping(document.id)) await relay.saveMapping(document, 'Comes with Patchbay.', who)
  }
  for (const route of readyMadeRoutes(connections)) await relay.saveRoute({ ...route, enabled }, who)
}

/**
 * Gives a relay whose two systems have just been joined what a technician would start from: a source for each side, and the
 * ready-made mappings and routes, switched off until somebody has looked at them. A kind of source that is there already is left alone.
 */
export async function furnishLive(
  relay: Relay,
  connections: { readonly salesforce: ConnectionId; readonly connectwise: ConnectionId },
  present: readonly Source[],
): Promise<void> {
  for (const made of [salesforceSource(connections.salesforce), connectwiseSource(connections.connectwise)]) {
    const isThere = present.some((one) => one.kind === made.kind || one.id === made.id)
    if (!isThere) await relay.saveSource(made, {}, who)
  }
  await furnishRoutes(relay, connections, false)
}

/** Answers with what to call after a connection was saved: once both systems are connected, all else is furnished, once at a time. */
export function furnisher(configuration: Configuration): (relay: Relay) => Promise<void> {
  let furnishing: Promise<void> | null = null
  return async (relay) => {
    if (relay.hasRoutes()) return
    const connections = [...configuration.connections.values()].map(({ value }) => value)
    const joined = {
      salesforce: connections.find(({ kind }) => kind === 'salesforce')?.id,
      connectwise: connections.find(({ kind }) => kind === 'connectwise')?.id,
    }
    if (joined.salesforce === undefined || joined.connectwise === undefined) return
    const { salesforce: here, connectwise: there } = joined
    const sources = [...configuration.sources.values()].map(({ value }) => value)
    furnishing ??= furnishLive(relay, { salesforce: here, connectwise: there }, sources).finally(
      () => (furnishing = null),
    )
    await furnishing
  }
}

function salesforceSource(connectionId: ConnectionId): Source {
  const settings = { connectionId }
  return source.parse({ id: 'salesforce', kind: 'salesforce-webhook', name: 'Salesforce events', settings })
}

function connectwiseSource(connectionId: ConnectionId): Source {
  const settings = { connectionId }
  return source.parse({ id: 'connectwise', kind: 'connectwise-callback', name: 'ConnectWise callbacks', settings })
}

async function connectSandbox(relay: Relay, addresses: SandboxAddresses): Promise<void> {
  const timeoutMs = 5_000
  await relay.saveConnection(
    connection.parse({
      id: salesforce,
      kind: 'salesforce',
      name: 'Salesforce (sandbox)',
      settings: { loginUrl: addresses.salesforceUrl, clientId: addresses.salesforce.clientId, timeoutMs },
    }),
    { clientSecret: addresses.salesforce.clientSecret },
    who,
  )
  const { baseUrl, companyId, publicKey, clientId, memberId, privateKey } = addresses.connectwise
  await relay.saveConnection(
    connection.parse({
      id: connectwise,
      kind: 'connectwise',
      name: 'ConnectWise (sandbox)',
      settings: { baseUrl, companyId, publicKey, clientId, memberId, timeoutMs },
    }),
    { privateKey },
    who,
  )
}

async function addSources(relay: Relay, addresses: SandboxAddresses): Promise<void> {
  const { host, port, database, user, password } = addresses.sqlServer
  const { signingSecret } = addresses
  await relay.saveSource(salesforceSource(salesforce), { signingSecret }, who)
  await relay.saveSource(connectwiseSource(connectwise), {}, who)
  await relay.saveSource(
    source.parse({
      id: 'connectwise-sql',
      kind: 'connectwise-sql',
      name: 'ConnectWise database queue',
      settings: { connectionId: connectwise, host, port, database, user, encrypt: false, idlePollMs: 2_000 },
    }),
    { password },
    who,
  )
}
