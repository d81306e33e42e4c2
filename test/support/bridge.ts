import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'
import type { AlertRule } from '#shared/domain/alert.ts'
import type { EventDetail } from '#shared/contract/event-calls.ts'
import type { EventSummary } from '#shared/domain/event.ts'
import { startHeadless, type Headless } from './headless.ts'
import { temporaryFolder } from './temporary.ts'
import { until } from './until.ts'
import { sendSalesforce } from './webhooks.ts'

export type Fields = Record<string, unknown>

/** A relay in the sandbox, in a process of its own, with hands on both simulated systems. */
export interface Bridge {
  readonly host: Headless
  readonly sandbox: SandboxAddresses
  /** What a simulated system holds. */
  records(system: 'salesforce' | 'connectwise', entity: string): Promise<Fields[]>
  record(system: 'salesforce' | 'connectwise', entity: string, id: string | number): Promise<Fields>
  /**
   * A change by a simulated person, without credentials. ConnectWise tells of it by callback alone: by both of its ways, either may come
   * first.
   */
  change(
    system: 'salesforce' | 'connectwise',
    entity: string,
    id: string | number,
    fields: Fields,
    via?: 'callback' | 'queue',
  ): Promise<void>
  create(system: 'salesforce' | 'connectwise', entity: string, fields: Fields): Promise<Fields>
  remove(system: 'salesforce' | 'connectwise', entity: string, id: string | number): Promise<void>
  /** Takes a record out of Salesforce's recycle bin. */
  restore(entity: string, id: string): Promise<void>
  /** Merges `loser` into `winner`, as a person would. */
  merge(system: 'salesforce' | 'connectwise', entity: string, winner: string | number, loser: string): Promise<void>
  break(system: 'salesforce' | 'connectwise', fault: Fields | null): Promise<void>
  /** The writes that a simulated system has received. */
  calls(system: 'salesforce' | 'connectwise'): Promise<Fields[]>
  /** Sends a signed Salesforce event. */
  send(event: unknown, options?: { eventId?: string; signature?: string }): Promise<{ status: number; text: string }>
  /** Newest first. */
  events(query?: string, limit?: number): Promise<EventSummary[]>
  event(id: number): Promise<EventDetail>
  /** Resolves when nothing is on its way any more: all that the systems announced is stored, and all that is stored has ended. */
  settled(withinMs?: number): Promise<void>
  close(): Promise<void>
}

/**
 * Both simulated systems with Patchbay between. `tells`: rules are judged and alerts shown as notices; both come at the turn of a minute, in
 * the middle of any other walk.
 */
export async function openBridge({ tells = false } = {}): Promise<Bridge> {
  const folder = temporaryFolder()
  const host = await startHeadless(['--sandbox', '--data-dir', folder.path, '--receiver-port', '0', '--host-port', '0'])
  const { sandbox } = host
  if (sandbox === undefined) throw new Error('the host did not start in the sandbox')
  if (!tells) await switchRulesOff(host)
  const base = { salesforce: sandbox.salesforceUrl, connectwise: sandbox.connectwiseUrl }
  const announcements = async (system: 'salesforce' | 'connectwise') =>
    (await ask<{ waiting: number }>(`${base[system]}/sandbox/announcements`)).waiting
  const bridge: Bridge = {
    host,
    sandbox,
    records: (system, entity) => ask(`${base[system]}/sandbox/records/${entity}`),
    record: (system, entity, id) => ask(`${base[system]}/sandbox/records/${entity}/${id}`),
    change: async (system, entity, id, fields, via = 'callback') => {
      await ask(`${base[system]}/sandbox/records/${entity}/${id}?via=${via}`, 'PATCH', fields)
    },
    create: (system, entity, fields) => ask(`${base[system]}/sandbox/records/${entity}?via=callback`, 'POST', fields),
    remove: (system, entity, id) => ask(`${base[system]}/sandbox/records/${entity}/${id}?via=callback`, 'DELETE'),
    restore: async (entity, id) => {
      await ask(`${base.salesforce}/sandbox/records/${entity}/${id}/restore`, 'POST', {})
    },
    merge: async (system, entity, winner, loser) => {
      await ask(`${base[system]}/sandbox/records/${entity}/${winner}/merge?via=callback`, 'POST', { loser })
    },
    break: async (system, fault) => {
      await ask(`${base[system]}/sandbox/faults`, 'POST', fault ?? { kind: null })
    },
    calls: (system) => ask(`${base[system]}/sandbox/calls`),
    send: (event, options) => sendSalesforce(host.receiverUrl, sandbox.signingSecret, event, options),
    events: async (query = '', limit = 500) =>
      (await host.api<{ items: EventSummary[] }>(`/events?limit=${limit}${query}`)).items,
    event: (id) => host.api<EventDetail>(`/events/${id}`),
    settled: async (withinMs) => {
      const look = async () => {
        // In the order of their ways: what goes one step on between two questions is met by the next. A write of the relay may be
        // announced, too, and be stored before anyone asks for it: then another event is the newest.
        const [before] = await bridge.events('', 1)
        const stored = await bridge.events('&state=stored')
        const open = await bridge.events('&state=open')
        const salesforce = await announcements('salesforce')
        const connectwise = await announcements('connectwise')
        const [after] = await bridge.events('', 1)
        const count = { stored: stored.length, open: open.length, salesforce, connectwise }
        if (Object.values(count).some((one) => one > 0)) throw new Error(JSON.stringify(count))
        return before?.id === after?.id
      }
      await until('nothing is on its way', look, withinMs)
    },
    close: async () => {
      await host.stop()
      folder.remove()
    },
  }
  return bridge
}

async function ask<T>(url: string, method = 'GET', body?: unknown): Promise<T> {
  const answer = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${text}`)
  return (text === '' ? null : JSON.parse(text)) as T
}

async function switchRulesOff(host: Headless): Promise<void> {
  for (const rule of await host.api<AlertRule[]>('/alert-rules'))
    await host.api('/alert-rules', { method: 'POST', body: { ...rule, enabled: false } })
}
