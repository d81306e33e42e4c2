import * as z from 'zod'
import { connectionId } from './ids.ts'

/** How a connection's API calls are shared out, over 24 hours. */
const budgetSettings = z.object({
  /** The most calls that Patchbay itself may make; absent: as many as the system allows. */
  dailyCalls: z.number().int().min(100).optional(),
  /** Percent of the system's own limit that is left to people and other programs. */
  reserveForPeople: z.number().int().min(0).max(45).default(10),
  /** Percent that replays and backfills leave to live events. */
  reserveForLive: z.number().int().min(0).max(45).default(20),
})
export type BudgetSettings = z.infer<typeof budgetSettings>

/** Minutes between two looks for changes that nobody has announced; 0: never. */
const sweepMinutes = z.number().int().min(0).max(1_440).default(15)

/** Settings of a Salesforce connection. Secrets: `clientSecret` (client credentials) or `privateKey` (JWT bearer, PEM). */
export const salesforceSettings = z.object({
  /** My Domain address, such as https://acme.my.salesforce.com */
  loginUrl: z.url(),
  apiVersion: z
    .string()
    .regex(/^\d{2}\.0$/)
    .default('62.0'),
  grant: z.enum(['client-credentials', 'jwt-bearer']).default('client-credentials'),
  clientId: z.string().min(1),
  /** For jwt-bearer: the user to act as. */
  username: z.string().optional(),
  /** What the relay calls itself in `Sforce-Call-Options`; change events carry it back, so own writes are recognised. */
  callMark: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/)
    .default('Patchbay'),
  /** The External ID + Unique field that holds the ConnectWise id on each synced object. */
  externalIdField: z.string().default('ConnectWise_Id__c'),
  timeoutMs: z.number().int().min(1_000).default(20_000),
  sweepMinutes,
  ...budgetSettings.shape,
})
export type SalesforceSettings = z.infer<typeof salesforceSettings>

/** Settings of a ConnectWise connection. Secret: `privateKey`. */
export const connectwiseSettings = z.object({
  /** Up to and without `/apis/3.0`: https://cw.example.com/v4_6_release or https://api-na.myconnectwise.net/v2025_1 */
  baseUrl: z.url(),
  companyId: z.string().min(1),
  publicKey: z.string().min(1),
  /** GUID of the integration, sent as the `clientId` header. */
  clientId: z.string().min(1),
  /** Pinned model version for the Accept header; never newer than the server. */
  apiVersion: z
    .string()
    .regex(/^\d{4}\.\d{1,2}$/)
    .default('2025.1'),
  /** Login of the API member that the relay writes as. */
  memberId: z.string().min(1),
  /** Caption of the custom field that holds the Salesforce id where an entity has no field of its own for it. */
  crossReferenceCaption: z.string().default('SF Id'),
  timeoutMs: z.number().int().min(1_000).default(20_000),
  sweepMinutes,
  ...budgetSettings.shape,
})
export type ConnectwiseSettings = z.infer<typeof connectwiseSettings>

/** One configured set of address and credentials. Secrets are kept apart and never read back. */
export const connection = z.discriminatedUnion('kind', [
  z.object({ id: connectionId, kind: z.literal('salesforce'), name: z.string().min(1), settings: salesforceSettings }),
  z.object({
    id: connectionId,
    kind: z.literal('connectwise'),
    name: z.string().min(1),
    settings: connectwiseSettings,
  }),
])
export type Connection = z.infer<typeof connection>

/** How many deliveries to one connection are worked on at once: enough to keep busy, few enough not to press a customer's server. */
export const connectionConcurrency = 16
