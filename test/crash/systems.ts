import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'

export type Doc = Readonly<Record<string, unknown>>
export type System = 'salesforce' | 'connectwise'

/** What simulated people and onlookers can do with both systems, without credentials and whatever is broken there. */
export interface Systems {
  list(system: System, entity: string): Promise<Doc[]>
  create(system: System, entity: string, values: Doc): Promise<Doc>
  update(system: System, entity: string, id: string, values: Doc): Promise<void>
  /** The writes received, oldest first. */
  calls(system: System): Promise<Doc[]>
}

/**
 * Changes in ConnectWise are told by queue and callback: a callback alone is given up by ConnectWise when the receiver is away for
 * long, and nobody promises to catch those.
 */
export function reach(addresses: SandboxAddresses): Systems {
  const url = { salesforce: addresses.salesforceUrl, connectwise: addresses.connectwiseUrl }
  const records = (system: System, rest: string): string => `${url[system]}/sandbox/records/${rest}`
  return {
    list: (system, entity) => ask(records(system, entity)),
    create: (system, entity, values) => ask(`${records(system, entity)}?via=both`, 'POST', values),
    update: (system, entity, id, values) => ask(`${records(system, entity)}/${id}?via=both`, 'PATCH', values),
    calls: (system) => ask(`${url[system]}/sandbox/calls`),
  }
}

async function ask<T>(url: string, method = 'GET', body?: unknown): Promise<T> {
  const answer = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${text}`)
  return JSON.parse(text) as T
}

/** The id of the Salesforce record that a ConnectWise record says it belongs to; null for none. */
export function salesforceIdOf(doc: Doc): string | null {
  const fields = doc['customFields'] as { caption: string; value?: unknown }[] | undefined
  const value = doc['externalXRef'] ?? fields?.find((field) => field.caption === 'SF Id')?.value
  return typeof value === 'string' && value !== '' ? value : null
}
