import type { Arrival } from '#shared/domain/arrival.ts'
import type { EventContent } from '#shared/domain/event.ts'
import type { SourceId } from '#shared/domain/ids.ts'

/** An event of a Salesforce Account as a Flow would send it; `change` overrides what a test is about. */
export function arrivalOf(key: string, change: Partial<EventContent> & { via?: Arrival['via'] } = {}): Arrival {
  const { via, ...content } = change
  return {
    sourceId: 'salesforce' as SourceId,
    system: 'salesforce',
    via: via ?? 'webhook',
    receivedAt: 1_700_000_000_000,
    contentType: 'application/json',
    headers: { 'user-agent': 'test' },
    verifiedBy: 'a test',
    items: [
      {
        dedupeKeys: [key],
        body: new TextEncoder().encode(JSON.stringify({ key })),
        content: {
          recordId: '001000000000001AAA',
          entity: 'Account',
          action: 'updated',
          title: 'Acme',
          version: null,
          occurredAt: null,
          actor: null,
          ownMark: false,
          fields: null,
          full: false,
          ...content,
        },
      },
    ],
  }
}
