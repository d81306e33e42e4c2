import { fromFailure, passed } from '#main/connectors/check.ts'
import { QueueClient } from '#main/connectors/connectwise/sql/queue-client.ts'
import type { Check } from '#main/connectors/connector.ts'
import type { SourceOf } from '#shared/domain/source.ts'
import { setAsideFinding, triggerFinding, versionFinding, type Finding } from './listener-finding.ts'

const noLease = '00000000-0000-0000-0000-000000000000'

/** Tries the queue without touching a row: sign-in, the scripts' version, the right to acknowledge, and the triggers. */
export async function checkQueue(source: SourceOf<'connectwise-sql'>, password: string): Promise<readonly Check[]> {
  const client = new QueueClient(source.settings, password)
  try {
    return await runChecks(client, source.settings)
  } finally {
    await client.close()
  }
}

async function runChecks(client: QueueClient, settings: { user: string; database: string }): Promise<readonly Check[]> {
  const status = await client.status()
  if (!status.ok) return [fromFailure('Sign-in and listener', status.failure)]
  const { pending, leased } = status.value
  const acknowledged = await client.acknowledge(noLease, [])
  const triggers = await client.triggers()
  return [
    passed('Sign-in', `The login ${settings.user} can open ${settings.database}.`),
    fromFinding('Listener', versionFinding(status.value), 'The listener has the version that this Patchbay needs.'),
    acknowledged.ok
      ? passed('Rights', 'The login may run the procedures of the queue.')
      : fromFailure('Rights', acknowledged.failure),
    triggers.ok
      ? fromFinding(
          'Triggers',
          triggerFinding(triggers.value),
          `All ${triggers.value.length} watched tables report their changes.`,
        )
      : fromFailure('Triggers', triggers.failure),
    fromFinding(
      'Queue',
      setAsideFinding(status.value),
      `${pending + leased} changes wait in the queue, none is set aside.`,
    ),
  ]
}

function fromFinding(name: string, finding: Finding | null, sentence: string): Check {
  return finding === null
    ? passed(name, sentence)
    : { name, ok: false, sentence: finding.reason, fix: finding.nextStep }
}
