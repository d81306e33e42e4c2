import type { Hold } from '#main/outbound/gate.ts'
import { countQueue, countSource, countWaitingFor } from '#main/store/counts.ts'
import type { Transaction } from '#main/store/transaction.ts'
import type { Connection } from '#shared/domain/connection.ts'
import type {
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
    readonly budget: { readonly used: number; readonly limit: number } | null
  }[]
  /** `reported`: what the source's poller, or the look at its callbacks, says; null when nothing does. */
  readonly sources: readonly { readonly source: Source; readonly reported: ComponentHealth | null }[]
}

/** Puts the health page together. */
export function describeHealth(tx: Transaction, input: HealthInput): Health {
  const connections = input.connections.map((one) => describeConnection(tx, one))
  const sources = input.sources.map((one) => describeSource(tx, input.receiverUrl, one))
  const queue = countQueue(tx)
  const state = worst([...connections, ...sources.filter((one) => one.state !== 'unknown')].map((one) => one.state))
  return {
    state: state === 'ok' && queue.dead > 0 ? 'degraded' : state,
    sentence: summarise(input.workspace, [...connections, ...sources], queue.dead),
    version: input.version,
    workspace: input.workspace,
    startedAt: input.startedAt,
    receiverUrl: input.receiverUrl,
    sandbox: input.sandbox,
    connections,
    sources,
    queue,
  }
}

const holdWords: Record<Hold['state'], string> = {
  down: 'does not answer',
  auth: 'refuses the sign-in',
  limited: 'asked for a pause',
}

function describeConnection(tx: Transaction, input: HealthInput['connections'][number]): ConnectionHealth {
  const { connection, hold, budget } = input
  const base = {
    id: connection.id,
    kind: connection.kind,
    name: connection.name,
    waiting: countWaitingFor(tx, connection.id),
    budget,
  }
  if (hold === null) return { ...base, state: 'ok', since: null, reason: null, nextStep: null, heldUntil: null }
  return {
    ...base,
    state: hold.state === 'limited' ? 'degraded' : 'down',
    since: hold.since,
    reason: `${connection.name} ${holdWords[hold.state]}. ${hold.reason}`,
    nextStep: hold.fix ?? 'Nothing to do: events wait in order, and Patchbay tries again by itself.',
    heldUntil: hold.until,
  }
}

function describeSource(tx: Transaction, receiverUrl: string, input: HealthInput['sources'][number]): SourceHealth {
  const { source, reported } = input
  const counts = countSource(tx, source.id)
  const url = source.kind === 'connectwise-sql' ? null : `${receiverUrl}/hooks/${source.id}`
  return {
    id: source.id,
    kind: source.kind,
    name: source.name,
    url,
    ...counts,
    ...sourceState(source, reported, counts.lastEventAt),
  }
}

function sourceState(source: Source, reported: ComponentHealth | null, lastEventAt: number | null): ComponentHealth {
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

function summarise(workspace: Workspace, parts: readonly (ComponentHealth & { name: string })[], dead: number): string {
  if (workspace === 'unconfigured') return 'Nothing is connected yet.'
  const bad = parts.find((part) => part.state === 'down') ?? parts.find((part) => part.state === 'degraded')
  if (bad !== undefined) return bad.reason ?? `${bad.name} needs attention.`
  if (dead > 0) return dead === 1 ? 'One delivery needs a person.' : `${dead} deliveries need a person.`
  const paused = parts.find((part) => part.state === 'paused')
  if (paused !== undefined) return `All is well; ${paused.name} is switched off.`
  return 'All is well.'
}
