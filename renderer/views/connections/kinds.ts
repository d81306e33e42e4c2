import type * as z from 'zod'
import { connectwiseSettings, salesforceSettings } from '#shared/domain/connection.ts'
import type { Connection } from '#shared/domain/connection.ts'
import type { SystemName } from '#shared/domain/record.ts'
import { connectwiseCallbackSettings, connectwiseSqlSettings, salesforceWebhookSettings } from '#shared/domain/source.ts'
import type { SourceKind } from '#shared/domain/source.ts'

export type Kind = Connection['kind'] | SourceKind

/** What the console knows about a kind of connection or source beyond its settings. */
export interface KindInfo {
  readonly title: string
  readonly about: string
  readonly schema: z.ZodObject
  /** Names of its secrets. */
  readonly secrets: readonly string[]
  /** For a source: the system whose connection it reads. */
  readonly readsFrom?: SystemName
}

export const kinds: Record<Kind, KindInfo> = {
  salesforce: {
    title: 'Salesforce',
    about: 'The Salesforce organisation that is read from and written to.',
    schema: salesforceSettings,
    secrets: ['clientSecret', 'privateKey'],
  },
  connectwise: {
    title: 'ConnectWise',
    about: 'The ConnectWise server that is read from and written to.',
    schema: connectwiseSettings,
    secrets: ['privateKey'],
  },
  'salesforce-webhook': {
    title: 'Salesforce webhook',
    about: 'Receives what Salesforce sends, through Hookdeck or directly.',
    schema: salesforceWebhookSettings,
    secrets: ['signingSecret', 'signingSecret2', 'hmacSecret'],
    readsFrom: 'salesforce',
  },
  'connectwise-callback': {
    title: 'ConnectWise callbacks',
    about: 'Receives the callbacks of ConnectWise.',
    schema: connectwiseCallbackSettings,
    secrets: [],
    readsFrom: 'connectwise',
  },
  'connectwise-sql': {
    title: 'ConnectWise SQL queue',
    about: 'Reads the queue table in the ConnectWise database.',
    schema: connectwiseSqlSettings,
    secrets: ['password'],
    readsFrom: 'connectwise',
  },
}

/** A free id for a new one: the kind, then the kind with a number. */
export function freeId(kind: Kind, taken: readonly string[]): string {
  if (!taken.includes(kind)) return kind
  let number = 2
  while (taken.includes(`${kind}-${number}`)) number += 1
  return `${kind}-${number}`
}
