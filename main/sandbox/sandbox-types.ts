import type { SystemName, Values } from '#shared/domain/record.ts'

/** How to start the simulated systems. */
export interface SandboxOptions {
  /** Same seed, same people, companies and tickets. */
  readonly seed?: number
  /** SQLite file that keeps the simulated systems over a restart; absent: they live in memory only. */
  readonly file?: string
  /** Fixed ports on 127.0.0.1; 0 or absent: any free one (with `file`: the ones used last time, when they are still free). */
  readonly ports?: { readonly salesforce?: number; readonly connectwise?: number; readonly sqlServer?: number }
  /** Whether the callbacks set up by `announceTo` leave out changes of the relay's own member (default true); false shows raw echoes. */
  readonly selfSuppressed?: boolean
  /** API calls that the simulated Salesforce allows in 24 hours (default 100,000). */
  readonly callsADay?: number
}

/** What breaks in a simulated system. `times` counts requests it hits; absent: until healed. */
export interface Fault {
  readonly kind:
    | 'down' // the connection is cut without an answer
    | 'slow' // answers after `delayMs`
    | 'rate-limit' // 429 with Retry-After `retryAfter` seconds
    | 'server-error' // 500
    | 'lock' // UNABLE_TO_LOCK_ROW (Salesforce), 409 (ConnectWise)
    | 'validation' // the record is refused, naming `field`
    | 'quota' // REQUEST_LIMIT_EXCEEDED (Salesforce), 429 without end (ConnectWise)
    | 'unauthorized' // 401 on everything, and sign-in refused
    | 'timeout-after-write' // the write happens, the answer never comes
  readonly times?: number
  readonly delayMs?: number
  readonly retryAfter?: number
  readonly field?: string
  readonly message?: string
  /** Only requests about this entity, in the system's own word. */
  readonly entity?: string
  /** Only writes; default for lock, validation and timeout-after-write. */
  readonly writesOnly?: boolean
}

/** Where the simulated systems listen and how to sign in. All of it is made up and worth nothing outside. */
export interface SandboxAddresses {
  readonly salesforceUrl: string
  readonly connectwiseUrl: string
  readonly sqlServer: {
    readonly host: string
    readonly port: number
    readonly database: string
    readonly user: string
    readonly password: string
  }
  /** Hookdeck's project signing secret: base64 HMAC-SHA256 of the raw body goes into `x-hookdeck-signature`. */
  readonly signingSecret: string
  readonly salesforce: {
    readonly clientId: string
    readonly clientSecret: string
    readonly username: string
    readonly organizationId: string
  }
  readonly connectwise: {
    /** Up to and without `/apis/3.0`. */
    readonly baseUrl: string
    readonly companyId: string
    readonly publicKey: string
    readonly privateKey: string
    readonly clientId: string
    readonly memberId: string
  }
}

/** A record, with when and by whom it was changed last. */
export interface GlancedRecord {
  readonly id: string
  readonly values: Values
  /** ms since 1970. */
  readonly changedAt: number | null
  /** Whether the relay changed it last, not a person. */
  readonly byRelay: boolean
}

/** What of the records is wanted of a glance. */
export interface GlanceWish {
  /** Records of these entities only. */
  readonly entities: readonly string[] | null
  /** The most records of each. */
  readonly records: number
}

/** What a simulated system is up to and what it holds. */
export interface SystemGlance {
  readonly faults: readonly Fault[]
  readonly entities: readonly {
    readonly entity: string
    readonly count: number
    /** The last changed ones, newest change first. */
    readonly newest: readonly GlancedRecord[]
  }[]
}

/** Something that one simulated person is asked to do. */
export interface Deed {
  readonly entity: string
  readonly what: 'create' | 'change'
  /** The record to change; null: any. */
  readonly id: string | null
}

/** What came of a deed: the record as it is then, or a sentence that says why not. */
export type DeedDone =
  { readonly ok: true; readonly record: GlancedRecord } | { readonly ok: false; readonly reason: string }

/** The simulated systems at work. */
export interface Sandbox {
  readonly addresses: SandboxAddresses
  /** Send events for changes to this receiver (`http://127.0.0.1:7420`); null: keep them back. Resolves once callbacks are registered. */
  announceTo(receiverUrl: string | null): Promise<void>
  /** Simulated people make about this many changes a minute; 0 stops them. */
  setTraffic(perMinute: number): Promise<void>
  /** null heals everything in that system. */
  setFault(system: 'salesforce' | 'connectwise', fault: Fault | null): Promise<void>
  /** Takes away the faults of one kind; the others stay. */
  heal(system: SystemName, kind: Fault['kind']): Promise<void>
  look(wish: GlanceWish): Promise<Readonly<Record<SystemName, SystemGlance>>>
  /** Has one simulated person do something now. */
  act(system: SystemName, deed: Deed): Promise<DeedDone>
  close(): Promise<void>
}
