import type { Source, SourceOf } from '#shared/domain/source.ts'

/** A source as the receiver needs it. Never changed in place: a source that was edited is a new object. */
export interface ConfiguredSource {
  readonly source: Source
  /** Secrets by name, in the clear. */
  readonly secrets: Readonly<Record<string, string>>
  /**
   * How changes made by Patchbay itself are marked in this source's events: the connection's `callMark` for Salesforce, its
   * `memberId` for ConnectWise. Null while the connection isn't there.
   */
  readonly ownMark: string | null
  /** Why a person has paused it; absent while it is not paused. */
  readonly paused?: string
}

/** The sources that have a door here. */
export type WebhookSource = SourceOf<'salesforce-webhook'> | SourceOf<'connectwise-callback'>
