import type { EventContent } from '#shared/domain/event.ts'

/** One event as its parser read it; its dedupe keys are made afterwards. */
export interface ParsedItem {
  readonly content: EventContent
  /** This event's part of the request. */
  readonly body: Buffer
  /** Dedupe keys made of ids that the sender gave the event; empty where it gave none. */
  readonly ownKeys: readonly string[]
}

/** All events of one request, in the order in which they stand there. */
export interface ParsedBody {
  readonly format: 'json' | 'outbound-message'
  readonly items: readonly ParsedItem[]
  /** Salesforce organisation an Outbound Message names, 18 characters; null in every other format. */
  readonly organizationId: string | null
}

/** More events than this in one request are refused: no sender we know comes near (Outbound Messages hold up to 100). */
export const maxItems = 1_000
