import type { Clock } from '#main/base/clock.ts'
import type { Logger } from '#main/base/logger.ts'
import type { SandboxMood } from '#main/relay.ts'
import type { SandboxAddresses } from '#main/sandbox/sandbox-types.ts'

/** What a relay is started with. */
export interface EngineOptions {
  readonly databaseFile: string
  readonly dataKey: Uint8Array
  readonly receiverPort: number
  readonly version: string
  readonly logger: Logger
  readonly clock: Clock
  /** Bytes kept aside for the moment when the disk is full; 0 or absent for none. */
  readonly reserveBytes?: number
  /** The whole address that opens the console at a place such as `#/alerts/12`; absent, or null: there is none to give. */
  readonly linkTo?: (hash: string) => string | null
  /** Set when the relay works on the simulated systems. */
  readonly sandbox: SandboxAddresses | null
  /** What the simulated people and systems are up to, for the health page. */
  readonly sandboxMood?: () => SandboxMood
}
