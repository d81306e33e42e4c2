import type { Connection } from '#shared/domain/connection.ts'
import type { ConnectionHealth } from '#shared/domain/health.ts'
import { os } from '../implementer.ts'
import { granted } from '../refusals.ts'
import { secretsOf } from '../secret-names.ts'

export const connections = {
  list: os.connections.list.handler(async ({ context: { host } }) => {
    const reader = host.reader()
    const [stored, secrets] = await Promise.all([reader.read('listConnections'), reader.read('secretsSet')])
    const known = new Map(host.workspaces.relay.health().connections.map((one) => [one.id, one]))
    return stored.map((connection) => ({
      connection,
      secrets: secretsOf(connection.kind, secrets[`connection:${connection.id}`]),
      health: known.get(connection.id) ?? notSeenYet(connection),
    }))
  }),
  save: os.connections.save.handler(async ({ input, context }) =>
    granted(await context.host.workspaces.relay.saveConnection(input.connection, input.secrets, context.who)),
  ),
  remove: os.connections.remove.handler(async ({ input: { id, withOpen }, context }) => ({
    openDeliveries: granted(await context.host.workspaces.relay.removeConnection(id, withOpen, context.who)),
  })),
  findMissed: os.connections.findMissed.handler(async ({ input, context }) => ({
    found: granted(await context.host.workspaces.relay.findMissed(input.id)),
  })),
  test: os.connections.test.handler(async ({ input, context }) => ({
    checks: [...granted(await context.host.workspaces.relay.testConnection(input.id))],
  })),
}

/** Stored a moment ago, so that the relay has no word on it yet. */
function notSeenYet({ id, kind, name }: Connection): ConnectionHealth {
  return {
    id,
    kind,
    name,
    state: 'unknown',
    since: null,
    reason: null,
    nextStep: null,
    waiting: 0,
    heldUntil: null,
    budget: null,
  }
}
