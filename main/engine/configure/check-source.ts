import { fromFailure, passed } from '#main/connectors/check.ts'
import type { CallbackReport } from '#main/connectors/connectwise/callbacks.ts'
import type { Check } from '#main/connectors/connector.ts'
import { checkQueue } from '#main/inbound/poll/check-queue.ts'
import type { Connection } from '#shared/domain/connection.ts'
import { systemTitle, type SystemName } from '#shared/domain/record.ts'
import type { Source, SourceKind, SourceOf } from '#shared/domain/source.ts'
import type { Callbacks } from './callbacks.ts'
import type { WithSecrets } from './configuration.ts'

/** The system that each kind of source hears from. */
const systemOf: Readonly<Record<SourceKind, SystemName>> = {
  'salesforce-webhook': 'salesforce',
  'connectwise-callback': 'connectwise',
  'connectwise-sql': 'connectwise',
}

/** Tries a source and explains what is wrong with it. Callbacks that are missing or switched off are mended on the way. */
export async function checkSource(
  { value: source, secrets }: WithSecrets<Source>,
  connection: Connection | undefined,
  callbacks: Callbacks,
): Promise<readonly Check[]> {
  const connected = checkConnection(source, connection)
  switch (source.kind) {
    case 'connectwise-sql':
      return [connected, ...(await checkQueue(source, secrets['password'] ?? ''))]
    case 'connectwise-callback':
      return connected.ok ? [connected, await checkCallbacks(source, callbacks)] : [connected]
    case 'salesforce-webhook':
      return [connected, checkSigning(secrets)]
  }
}

function checkConnection({ kind, settings }: Source, connection: Connection | undefined): Check {
  const system = systemOf[kind]
  if (connection?.kind === system) return passed('Connection', `It belongs to the connection ${connection.name}.`)
  return {
    name: 'Connection',
    ok: false,
    sentence:
      connection === undefined
        ? `There is no connection ${settings.connectionId}.`
        : `${connection.name} is not a connection to ${systemTitle[system]}.`,
    fix: `Choose a connection to ${systemTitle[system]} in the settings of the source.`,
  }
}

async function checkCallbacks(source: SourceOf<'connectwise-callback'>, callbacks: Callbacks): Promise<Check> {
  const name = 'Callbacks'
  if (!source.enabled) return passed(name, 'The source is switched off, so its callbacks were left as they are.')
  const result = await callbacks.ensure(source.id)
  if (result === null) {
    return passed(
      name,
      'No public address is set, so Patchbay leaves it to you to register its callbacks in ConnectWise.',
    )
  }
  return result.ok ? passed(name, describeReport(result.value)) : fromFailure(name, result.failure)
}

function describeReport({ kept, added, removed, enabledAgain }: CallbackReport): string {
  const done = [
    ['added', added],
    ['removed', removed],
    ['switched on again', enabledAgain],
  ] as const
  const changes = done.filter(([, types]) => types.length > 0).map(([what, types]) => `${what}: ${types.join(', ')}`)
  const count = `${kept + added.length} callbacks are registered in ConnectWise`
  return changes.length === 0 ? `${count}, and all of them are at work.` : `${count} (${changes.join('; ')}).`
}

function checkSigning(secrets: Readonly<Record<string, string>>): Check {
  const isSigned = ['signingSecret', 'signingSecret2', 'hmacSecret'].some((name) => (secrets[name] ?? '') !== '')
  if (isSigned) return passed('Signing secret', 'A secret is set that the signatures of events are checked with.')
  if ((secrets['pathToken'] ?? '') !== '') {
    return passed('Signing secret', 'None is set; Outbound Messages are let in by the token in their address.')
  }
  return {
    name: 'Signing secret',
    ok: false,
    sentence: 'No signing secret is set, so signed events are refused.',
    fix: 'Enter the signing secret of the Hookdeck project, or the secret that Salesforce signs its direct callouts with.',
  }
}
