import type { MessagePortMain } from 'electron'
import type { RelayStatus } from '#shared/contract/shell.ts'

/** A relay as the shell deals with it: one in a process of its own, or that of another Patchbay on this machine. */
export interface RelaySide {
  readonly status: RelayStatus
  /** Hears each change of `status`; answers with the way to stop that. */
  onStatus(listener: (status: RelayStatus) => void): () => void
  /** One end of a line to the relay; resolves once there is a relay that answers. */
  openLine(): Promise<MessagePortMain>
  /** The last lines of its log, oldest first. */
  lines(): readonly string[]
  restart(): void
  /** The machine is about to sleep. */
  suspend(): void
  resume(): void
  /** Lets the relay finish what it holds and ends it; resolves when it is gone. */
  stop(): Promise<void>
  /** Ends it at once, as a crash would. */
  kill(): void
}
