import type { DeliveryDetail, Exchange } from '#shared/domain/delivery.ts'
import type { SupportBundle, SupportPart } from '#shared/domain/support.ts'
import { maskBody, maskValues } from '#shared/logic/mask-values.ts'
import { redactText } from '#shared/logic/redact.ts'
import type { HostContext } from './host-context.ts'

/** Failures and deeds that a bundle holds. */
const failuresShown = 20
const deedsShown = 100

/** What goes into a support bundle: no secrets, and of records no values. */
export async function supportParts({ workspaces, reader, clock }: HostContext): Promise<SupportPart[]> {
  const { relay } = workspaces
  const read = reader()
  const health = relay.health()
  const { items: dead } = await read.read('listDeliveries', { state: 'dead', ...newest(failuresShown) })
  const failures = await Promise.all(dead.map(({ id }) => read.read('deliveryDetail', id)))
  const [connections, sources, routes, mappings, secrets, deeds] = await Promise.all([
    read.read('listConnections'),
    read.read('listSources'),
    read.read('listRoutes'),
    read.read('listMappings'),
    read.read('secretsSet'),
    read.read('listAudit', newest(deedsShown)),
  ])
  const { version, workspace, startedAt } = health
  const { node, v8, sqlite } = process.versions
  const memoryBytes = process.memoryUsage.rss()
  const machine = { platform: process.platform, arch: process.arch, node, v8, sqlite, memoryBytes }
  return [
    part('version', 'Which Patchbay runs, since when, and on what.', {
      version,
      workspace,
      startedAt,
      now: clock.now(),
      machine,
    }),
    part('health', 'How the parts are, as the health page tells it.', health),
    part('waiting', 'What waits and why.', await relay.insight.backlog()),
    part('configuration', 'Connections, sources, routes and mappings; of secrets only which are set.', {
      connections,
      sources,
      routes,
      mappings,
      secrets,
    }),
    part(
      'failures',
      'The newest dead letters with their attempts. Values are left out; a sentence may name a record.',
      failures.map(maskDelivery),
    ),
    part('storage', 'The database, its room and its backups.', relay.storage()),
    part('audit', 'What people did last.', deeds.items),
    { name: 'log', sentence: 'The last lines of the log.', text: redactText(relay.insight.logLines().join('\n')) },
  ]
}

/** All parts in one file that a person can read before it is sent. */
export function bundleOf(parts: readonly SupportPart[], now: number): SupportBundle {
  const text = parts.map((one) => `===== ${one.name}: ${one.sentence}\n${one.text}\n`).join('\n')
  const day = new Date(now).toISOString().slice(0, 16).replaceAll(':', '-')
  return { fileName: `patchbay-support-${day}.txt`, contentType: 'text/plain; charset=utf-8', text }
}

function newest(limit: number) {
  return { before: Number.MAX_SAFE_INTEGER, limit }
}

function part(name: string, sentence: string, content: object): SupportPart {
  const plain = (_: string, value: unknown): unknown => (value instanceof Map ? Object.fromEntries(value) : value)
  return { name, sentence, text: redactText(JSON.stringify(content, plain, 2)) }
}

function maskDelivery(delivery: DeliveryDetail | null): object | null {
  if (delivery === null) return null
  const attempts = delivery.attempts.map(
    ({ sourceValues, mappedValues, beforeValues, changes, exchanges, ...attempt }) => ({
      ...attempt,
      sourceValues: maskValues(sourceValues),
      mappedValues: maskValues(mappedValues),
      beforeValues: maskValues(beforeValues),
      changes: changes.map(({ field }) => field),
      exchanges: exchanges.map(maskExchange),
    }),
  )
  const { edited, conflicts, title: _title, ...rest } = delivery
  return { ...rest, isEdited: edited !== null && edited !== undefined, conflicts: conflicts.length, attempts }
}

/** Of a refusal the answer is kept: it says what was wrong. */
function maskExchange(exchange: Exchange): Exchange {
  const isRefusal = (exchange.status ?? 0) >= 400
  const responseBody = isRefusal ? exchange.responseBody : maskBody(exchange.responseBody)
  // What a search asks for stands in the address.
  const url = exchange.url.replace(/\?.*$/u, '?…')
  return { ...exchange, url, requestBody: maskBody(exchange.requestBody), responseBody }
}
