import {
  listenerVersion,
  type QueueClient,
  type QueueStatus,
  type TriggerState,
} from '#main/connectors/connectwise/sql/queue-client.ts'
import { ok, type Result } from '#shared/domain/failure.ts'

/** Something about the listener in the database that a person should see to, while polling itself goes on. */
export interface Finding {
  readonly reason: string
  readonly nextStep: string
}

/** Looks whether changes still reach the queue, and whether rows were set aside. Fails only when the queue can't be asked. */
export async function inspectListener(client: QueueClient): Promise<Result<Finding | null>> {
  const status = await client.status()
  if (!status.ok) return status
  const triggers = await client.triggers()
  if (!triggers.ok && triggers.failure.class === 'transient') return triggers
  if (!triggers.ok) {
    const nextStep = triggers.failure.fix ?? 'Let an administrator run verify.sql of this source.'
    return ok({ reason: `The triggers can't be checked: ${triggers.failure.sentence}`, nextStep })
  }
  return ok(versionFinding(status.value) ?? triggerFinding(triggers.value) ?? setAsideFinding(status.value))
}

/** A finding when the scripts in the database are of another version than this Patchbay's. */
export function versionFinding(status: QueueStatus): Finding | null {
  if (status.listener_version === listenerVersion) return null
  return {
    reason: `The listener in the database is version ${status.listener_version ?? 'unknown'}; this Patchbay needs version ${listenerVersion}.`,
    nextStep: 'Let an administrator run install.sql of this source again.',
  }
}

/** A finding when the trigger of a watched table is not at work: its changes then don't arrive. */
export function triggerFinding(triggers: readonly TriggerState[]): Finding | null {
  const idle = triggers.filter((one) => one.state !== 'ok' && one.state !== 'unknown')
  if (idle.length === 0) return null
  const list = idle.map((one) => `${one.table_name} (${one.problem ?? one.state})`).join(', ')
  return {
    reason: `Changes of these tables don't reach the queue: ${list}.`,
    nextStep:
      'A ConnectWise upgrade may have removed or disabled the triggers. Let an administrator run install.sql of this source again.',
  }
}

/** A finding when rows wait for a person. */
export function setAsideFinding(status: QueueStatus): Finding | null {
  if (status.dead === 0) return null
  const rows = status.dead === 1 ? 'One row' : `${status.dead} rows`
  return {
    reason: `${rows} of the queue could not be understood and stand${status.dead === 1 ? 's' : ''} aside.`,
    nextStep: "See why: SELECT * FROM patchbay.event_queue WHERE status = 'dead'. Delete them once they are settled.",
  }
}
