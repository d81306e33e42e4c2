import type * as z from 'zod'
import { connectwiseSettings, salesforceSettings } from '#shared/domain/connection.ts'
import type { Connection } from '#shared/domain/connection.ts'
import type { SystemName } from '#shared/domain/record.ts'
import {
  connectwiseCallbackSettings,
  connectwiseSqlSettings,
  salesforceWebhookSettings,
} from '#shared/domain/source.ts'
import type { SourceKind } from '#shared/domain/source.ts'
import type { FormValues } from './form-fields.ts'

export type Kind = Connection['kind'] | SourceKind

export interface SecretInfo {
  readonly name: string
  readonly label: string
  readonly help: string
  /** A text of several lines, such as a PEM key. */
  readonly isLong?: true
  /** Nothing works without it. */
  readonly isNeeded?: true
}

/** What the console knows about a kind of connection or source beyond its settings. */
export interface KindInfo {
  readonly title: string
  readonly about: string
  readonly schema: z.ZodObject
  readonly secrets: readonly SecretInfo[]
  /** Settings and secrets that these settings have no use for. */
  readonly unused?: (settings: FormValues) => readonly string[]
  /** What helps to fill in settings that mean something else here than elsewhere. */
  readonly helps?: Readonly<Record<string, string>>
  /** What settings are called here, where that is not what they are called elsewhere. */
  readonly labels?: Readonly<Record<string, string>>
  /** For a source: the system whose connection it reads. */
  readonly readsFrom?: SystemName
}

export const kinds: Record<Kind, KindInfo> = {
  salesforce: {
    title: 'Salesforce',
    about: 'The Salesforce organisation that is read from and written to.',
    schema: salesforceSettings,
    helps: { clientId: 'The consumer key of the app.' },
    secrets: [
      { name: 'clientSecret', label: 'Client secret', help: 'Consumer secret of the app.', isNeeded: true },
      {
        name: 'privateKey',
        label: 'Private key',
        help: 'PEM text, from BEGIN to END, that belongs to the certificate in the app.',
        isLong: true,
        isNeeded: true,
      },
    ],
    unused: ({ grant }) => (grant === 'jwt-bearer' ? ['clientSecret'] : ['username', 'privateKey']),
  },
  connectwise: {
    title: 'ConnectWise',
    about: 'The ConnectWise server that is read from and written to.',
    schema: connectwiseSettings,
    helps: { clientId: 'GUID from the ConnectWise developer site.' },
    secrets: [
      {
        name: 'privateKey',
        label: 'Private key',
        help: 'Of the API member; ConnectWise shows it once, when it is made.',
        isNeeded: true,
      },
    ],
  },
  'salesforce-webhook': {
    title: 'Salesforce webhook',
    about: 'Receives what Salesforce sends, through Hookdeck or directly.',
    schema: salesforceWebhookSettings,
    helps: {
      publicUrl: 'Where this source is reached from outside, such as https://hooks.example.com/hooks/salesforce',
    },
    secrets: [
      { name: 'signingSecret', label: 'Hookdeck signing secret', help: 'Hookdeck → Settings → Secrets.' },
      { name: 'signingSecret2', label: 'Second signing secret', help: 'Only while the secret is being changed.' },
      { name: 'hmacSecret', label: 'HMAC secret', help: 'For calls that come directly from Salesforce.' },
      {
        name: 'pathToken',
        label: 'Address token',
        help: 'For Outbound Messages sent directly: add ?token= and this to the address in Salesforce. The organisation id has to be set, too.',
      },
    ],
    readsFrom: 'salesforce',
  },
  'connectwise-callback': {
    title: 'ConnectWise callbacks',
    about: 'Receives the callbacks of ConnectWise.',
    schema: connectwiseCallbackSettings,
    helps: {
      publicUrl:
        'Where ConnectWise reaches this source, such as https://hooks.example.com/hooks/connectwise. With it, Patchbay registers ' +
        'its callbacks and keeps them working; without, you do that yourself.',
    },
    secrets: [],
    readsFrom: 'connectwise',
  },
  'connectwise-sql': {
    title: 'ConnectWise SQL queue',
    about: 'Reads the queue table in the ConnectWise database.',
    schema: connectwiseSqlSettings,
    secrets: [{ name: 'password', label: 'Password of the SQL login', help: '', isNeeded: true }],
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

export const connectionKinds = ['salesforce', 'connectwise'] as const satisfies readonly Kind[]
export const sourceKinds = [
  'salesforce-webhook',
  'connectwise-callback',
  'connectwise-sql',
] as const satisfies readonly Kind[]

export function isConnectionKind(kind: Kind): kind is Connection['kind'] {
  return kind === 'salesforce' || kind === 'connectwise'
}
