import type { Hold } from '#main/outbound/gate.ts'
import { countQueue, countSource, countWaitingFor } from '#main/store/counts.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import type { AlertCounts } from '#shared/domain/alert-counts.ts'
import type { Connection } from '#shared/domain/connection.ts'
import { pausedName } from '#main/store/pauses.ts'
import { pauseSentence, type Pause, type PauseScope } from '#shared/domain/pause.ts'
import type {
  Budget,
  ChannelHealth,
  ComponentHealth,
  ConnectionHealth,
  Health,
  HealthState,
  SourceHealth,
  Workspace,
} from '#shared/domain/health.ts'
import type { Source } from '#shared/domain/source.ts'

/** What the parts of the relay say of themselves. */
export interface HealthInput {
  readonly version: string
  readonly workspace: Workspace
  readonly startedAt: number
  readonly receiverUrl: string
  readonly sandbox: Health['sandbox']
  readonly connections: readonly {
    readonly connection: Connection
    readonly hold: Hold | null
    readonly budget: Budget | null
  }[]
  readonly storage: ComponentHealth
  readonly channels: readonly ChannelHealth[]
  /** What people have paused. */
  readonly pauses: readonly Pause[]
  /** Absent: nobody watches. */
  readonly alerts?: AlertCounts
  /** `reported`: what the source's poller, or the look at its callbacks, says; null when nothing does. */
  readonly sources: readonly { readonly source: Source; readonly reported: ComponentHealth | null }[]
}

/** Puts the health page together. */
export function describeHealth(tx: Transaction, input: HealthInput): Health {
  const { pauses } = input
  const connections = input.connections.map((one) => describeConnection(tx, one, pauses))
  const sources = input.sources.map((one) => describeSource(tx, input.receiverUrl, one, pauses))
  const wholly = find(pauses, 'everything', '')
  const queue = countQueue(tx)
  const { channels, storage } = input
  // Nobody is told of what a channel that is switched off would have carried: a person's will, and no word on the relay.
  const told = channels.filter((one) => one.state === 'degraded')
  const parts = [storage, ...connections, ...sources.filter((one) => one.state !== 'unknown'), ...told]
  const state = worst(parts.map((one) => one.state))
  return {
    state: wholly !== null ? 'paused' : state === 'ok' && queue.dead + queue.parked > 0 ? 'degraded' : state,
    sentence:
      wholly !== null
        ? `${pauseSentence(wholly)}. Events are received and wait.`
        : summarise(
            input.workspace,
            [{ ...storage, name: 'The database' }, ...connections, ...sources, ...told],
            queue.dead + queue.parked,
            pausedRoute(tx, pauses),
          ),
    version: input.version,
    workspace: input.workspace,
    startedAt: input.startedAt,
    receiverUrl: input.receiverUrl,
    sandbox: input.sandbox,
    connections,
    sources,
    queue,
    storage,
    channels: [...channels],
    pauses: [...pauses],
    ...(input.alerts !== undefined && { alerts: input.alerts }),
  }
}

/** The addresses of the simulated systems, without their secrets. */
export function publicAddresses(sandbox: SandboxAddresses): NonNullable<Health['sandbox']> {
  const { host, port, database, user } = sandbox.sqlServer
  return {
    salesforceUrl: sandbox.salesforceUrl,
    connectwiseUrl: sandbox.connectwiseUrl,
    sqlServer: { host, port, database, user },
  }
}

function find(pauses: readonly Pause[], scope: PauseScope, id: string): Pause | null {
  return pauses.find((one) => one.scope === scope && one.id === id) ?? null
}

function describePause(pause: Pause, name: string, meanwhile: string): ComponentHealth {
  return {
    state: 'paused',
    since: pause.pausedAt,
    reason: `${pauseSentence(pause, name)}.`,
    nextStep: `${meanwhile} Resume it when the reason is gone.`,
  }
}

const holdWords: Record<Hold['state'], string> = {
  down: 'does not answer',
  auth: 'refuses the sign-in',
  limited: 'is at its limit',
}

function describeConnection(
  tx: Transaction,
  input: HealthInput['connections'][number],
  pauses: readonly Pause[],
): ConnectionHealth {
  const { connection, hold, budget } = input
  const base = {
    id: connection.id,
    kind: connection.kind,
    name: connection.name,
    waiting: countWaitingFor(tx, connection.id),
    budget,
  }
  const pause = find(pauses, 'connection', connection.id)
  if (pause !== null)
    return { ...base, ...describePause(pause, connection.name, 'Events wait in order.'), heldUntil: null }
  if (hold === null) return { ...base, ...budgetState(connection.name, budget), heldUntil: null }
  return {
    ...base,
    state: hold.state === 'limited' ? 'degraded' : 'down',
    since: hold.since,
    reason: `${connection.name} ${holdWords[hold.state]}. ${hold.reason}`,
    nextStep: hold.fix ?? 'Nothing to do: events wait in order, and Patchbay tries again by itself.',
    heldUntil: hold.until,
  }
}

/** How a connection that works stands with its API calls. */
function budgetState(name: string, budget: Budget | null): ComponentHealth {
  if (budget === null || (budget.reached < 90 && budget.open === 'all'))
    return { state: 'ok', since: null, reason: null, nextStep: null }
  const used = `${Math.round((budget.used / budget.limit) * 100)} % of the API calls of 24 hours to ${name} are used.`
  return {
    state: 'degraded',
    since: null,
    reason: budget.open === 'all' ? used : `${used} Replays and backfills wait; the rest is kept for live events.`,
    nextStep: 'Look for what else uses them, or raise the limit.',
  }
}

function describeSource(
  tx: Transaction,
  receiverUrl: string,
  input: HealthInput['sources'][number],
  pauses: readonly Pause[],
): SourceHealth {
  const { source, reported } = input
  const counts = countSource(tx, source.id)
  const url = source.kind === 'connectwise-sql' ? null : `${receiverUrl}/hooks/${source.id}`
  return {
    id: source.id,
    kind: source.kind,
    name: source.name,
    url,
    ...counts,
    ...sourceState(source, reported, counts.lastEventAt, find(pauses, 'source', source.id)),
  }
}

function sourceState(
  source: Source,
  reported: ComponentHealth | null,
  lastEventAt: number | null,
  pause: Pause | null,
): ComponentHealth {
  if (pause !== null)
    return describePause(
      pause,
      source.name,
      'Senders are told to come back later; some give up in time. What it brought before waits in order.',
    )
  if (!source.enabled)
    return {
      state: 'paused',
      since: null,
      reason: 'Switched off by a person.',
      nextStep: 'Switch it on to receive again.',
    }
  if (reported !== null) return reported
  if (lastEventAt === null) {
    return {
      state: 'unknown',
      since: null,
      reason: 'No event has arrived yet.',
      nextStep: 'Give the address to the sender and change a record there.',
    }
  }
  return { state: 'ok', since: null, reason: null, nextStep: null }
}

const order: readonly HealthState[] = ['ok', 'unknown', 'paused', 'degraded', 'down']

function worst(states: readonly HealthState[]): HealthState {
  return states.reduce((one, other) => (order.indexOf(other) > order.indexOf(one) ? other : one), 'ok')
}

function summarise(
  workspace: Workspace,
  parts: readonly (ComponentHealth & { name: string })[],
  forPeople: number,
  route: string | null,
): string {
  if (workspace === 'unconfigured') return 'Nothing is connected yet.'
  const bad = parts.find((part) => part.state === 'down') ?? parts.find((part) => part.state === 'degraded')
  if (bad !== undefined) return bad.reason ?? `${bad.name} needs attention.`
  if (forPeople > 0) return forPeople === 1 ? 'One delivery needs a person.' : `${forPeople} deliveries need a person.`
  const paused = parts.find((part) => part.state === 'paused')
  const resting = paused?.name ?? route
  return resting === null ? 'All is well.' : `All is well; ${resting} is paused.`
}

/** The first route that somebody has paused, in words. */
function pausedRoute(tx: Transaction, pauses: readonly Pause[]): string | null {
  const pause = pauses.find(({ scope }) => scope === 'route')
  return pause === undefined ? null : `the route ${pausedName(tx, pause) ?? pause.id}`
}
