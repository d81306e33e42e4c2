import { openConnectWise } from './connectwise/connectwise.ts'
import { relayMember } from './connectwise/catalogue.ts'
import { entityOf } from './connectwise/manage.ts'
import { doDeed } from './people/deed.ts'
import { populate } from './people/population.ts'
import { createTraffic } from './people/traffic.ts'
import type { Workplace } from './people/traffic.ts'
import { openSalesforce } from './salesforce/salesforce.ts'
import { recordId } from './salesforce/record-id.ts'
import { salesforceObjects } from './salesforce/schema.ts'
import type { Fault, GlanceWish, Sandbox, SandboxAddresses, SandboxOptions, SystemGlance } from './sandbox-types.ts'
import { startSqlServer } from './sqlserver/server.ts'
import { createFront } from './web/front.ts'
import type { SystemPages } from './web/front.ts'
import { startNear, startWebServer } from './web/web-server.ts'
import type { WebHandler, WebServer } from './web/web-server.ts'
import { seededRandom } from './world/random.ts'
import { idOf } from './world/record-table.ts'
import type { RecordTable } from './world/record-table.ts'
import { openWorld } from './world/world.ts'
import type { World } from './world/world.ts'

/** The made-up site: who signs in, and with what. */
const signingSecret = 'sandbox-signing-secret'
const salesforceSignIn: SandboxAddresses['salesforce'] = {
  clientId: '3MVG9.sandbox.patchbay',
  clientSecret: 'sandbox-client-secret',
  username: 'integration@cobalt.example',
  organizationId: recordId('00D', 1_001),
}
const connectwiseSignIn: Omit<SandboxAddresses['connectwise'], 'baseUrl'> = {
  companyId: 'cobalt',
  publicKey: 'sandboxpublic',
  privateKey: 'sandboxprivate',
  clientId: '5b3c1d7e-2f60-4c0f-9a57-0d1f5a2b9c11',
  memberId: relayMember,
}
const sqlCredentials = { database: 'cwwebapp_cobalt', user: 'patchbay_relay', password: 'Sandbox-only-1' }

const defaultSeed = 1

/**
 * Starts the simulated Salesforce, ConnectWise and SQL Server on 127.0.0.1. With a file they are, after a restart, where
 * they were: records, received calls, events not sent yet, and ports, as long as these are free.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world = openWorld(options.file)
  const seed = options.seed ?? defaultSeed
  const urls = { salesforce: '', connectwise: '' }
  const baseUrl = (): string => `${urls.connectwise}/v4_6_release`
  const sqlServer = await startSql(world, options)
  const setTraffic = (perMinute: number): void => traffic.set(perMinute)

  const salesforce = openSalesforce(
    world,
    { salesforce: salesforceSignIn, signingSecret },
    { url: () => urls.salesforce, setTraffic, onFaults: () => undefined },
    options.callsADay,
  )
  const connectwise = openConnectWise(
    world,
    { connectwise: { ...connectwiseSignIn, baseUrl: '' } },
    {
      url: () => urls.connectwise,
      setTraffic,
      // A server that is down takes its database along; a fault that hits only some requests does not.
      onFaults: (active) => sqlServer.setDown(active.some(isWholeServer)),
      queue: sqlServer.queue,
    },
  )
  if (world.setting('seed') === null) {
    world.database.transaction(() => {
      populate(salesforce.org, connectwise.manage, seed)
      world.keep('seed', seed)
    })()
  }
  const workplace: Workplace = {
    clock: world.clock,
    random: seededRandom(seed + world.nextNumber('traffic', 0)),
    salesforce: salesforce.people,
    connectwise: connectwise.people,
    table: (entity): RecordTable => {
      const object = salesforceObjects.get(entity)
      return object === undefined ? connectwise.manage.table(entityOf(entity)) : salesforce.org.table(object)
    },
    atomically: (work) => world.database.transaction(work)(),
  }
  const traffic = createTraffic(workplace)
  const servers = [
    await listen(world, 'salesforce', options.ports?.salesforce, createFront(salesforce.pages)),
    await listen(world, 'connectwise', options.ports?.connectwise, createFront(connectwise.pages)),
  ] as const
  urls.salesforce = servers[0].url
  urls.connectwise = servers[1].url
  const systems = { salesforce, connectwise }

  return {
    addresses: {
      salesforceUrl: urls.salesforce,
      connectwiseUrl: urls.connectwise,
      sqlServer: { host: '127.0.0.1', port: sqlServer.port, ...sqlCredentials },
      signingSecret,
      salesforce: salesforceSignIn,
      connectwise: { ...connectwiseSignIn, baseUrl: baseUrl() },
    },
    announceTo: async (receiverUrl) => {
      if (receiverUrl !== null) connectwise.registerCallbacks(receiverUrl, options.selfSuppressed ?? true)
      salesforce.events.sendTo(receiverUrl)
      connectwise.events.sendTo(receiverUrl)
    },
    setTraffic: async (perMinute) => setTraffic(perMinute),
    setFault: async (system, fault) => systems[system].pages.faults.set(fault),
    heal: async (system, kind) => systems[system].pages.faults.heal(kind),
    look: async (wish) => ({
      salesforce: glance(salesforce.pages, wish),
      connectwise: glance(connectwise.pages, wish),
    }),
    act: async (system, deed) => {
      const done = workplace.atomically(() => doDeed(workplace, system, deed))
      if (typeof done === 'string') return { ok: false, reason: done }
      return { ok: true, record: { id: idOf(done), values: done, changedAt: world.clock.now(), byRelay: false } }
    },
    close: async () => {
      traffic.stop()
      await Promise.all([...servers.map((server) => server.close()), sqlServer.close()])
      await Promise.all([salesforce.events.close(), connectwise.events.close()])
      world.close()
    },
  }
}

function glance({ faults, people }: SystemPages, wish: GlanceWish): SystemGlance {
  const most = (entity: string): number => (wish.entities?.includes(entity) === false ? 0 : wish.records)
  const entities = people.entities.map((entity) => ({ entity, ...people.glance(entity, most(entity)) }))
  return { faults: faults.list(), entities }
}

function isWholeServer(fault: Fault): boolean {
  return fault.kind === 'down' && fault.times === undefined && fault.entity === undefined && fault.writesOnly !== true
}

/** Listens on the port that was asked for, else on the one of the last start when it is free, else on any. */
async function listen(world: World, name: string, wanted: number | undefined, handler: WebHandler): Promise<WebServer> {
  const isFixed = wanted !== undefined && wanted !== 0
  const server = isFixed ? await startWebServer(wanted, handler) : await startNear(keptPort(world, name), handler)
  world.keep(`port.${name}`, server.port)
  return server
}

function keptPort(world: World, name: string): number {
  const kept = world.setting(`port.${name}`)
  return typeof kept === 'number' ? kept : 0
}

async function startSql(world: World, options: SandboxOptions) {
  const { database } = world
  const wanted = options.ports?.sqlServer ?? 0
  const kept = keptPort(world, 'sqlServer')
  const start = (port: number) => startSqlServer({ port, database, credentials: sqlCredentials })
  const server = await start(wanted === 0 ? kept : wanted).catch((thrown: unknown) => {
    if (wanted !== 0 || kept === 0) throw thrown
    return start(0)
  })
  world.keep('port.sqlServer', server.port)
  return server
}
