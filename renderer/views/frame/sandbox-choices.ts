import type { SandboxInfo } from '#shared/domain/health.ts'
import type { SystemName } from '#shared/domain/record.ts'

/** Speeds of the simulated people, in changes a minute. */
export const trafficMarks: readonly number[] = [0, 6, 30, 120, 600, 3_000, 10_000]

const entities: Record<SystemName, readonly string[]> = {
  salesforce: ['Account', 'Contact', 'Opportunity', 'Case'],
  connectwise: ['company', 'contact', 'opportunity', 'ticket'],
}

/** Addresses at which the simulated systems show their records. */
export function recordLinks(info: SandboxInfo): { system: SystemName; links: { label: string; url: string }[] }[] {
  const base: Record<SystemName, string> = { salesforce: info.salesforceUrl, connectwise: info.connectwiseUrl }
  return (['salesforce', 'connectwise'] as const).map((system) => ({
    system,
    links: entities[system].map((entity) => ({ label: entity, url: `${base[system]}/sandbox/records/${entity}` })),
  }))
}
