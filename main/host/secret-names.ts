import type { Connection } from '#shared/domain/connection.ts'
import type { SourceKind } from '#shared/domain/source.ts'

/** The secrets that each kind of connection and source can have. */
const known: Readonly<Record<Connection['kind'] | SourceKind, readonly string[]>> = {
  salesforce: ['clientSecret', 'privateKey'],
  connectwise: ['privateKey'],
  'salesforce-webhook': ['signingSecret', 'signingSecret2', 'hmacSecret', 'pathToken'],
  'connectwise-callback': [],
  'connectwise-sql': ['password'],
}

/** Which secrets there could be, and which are set. */
export function secretsOf(
  kind: Connection['kind'] | SourceKind,
  set: readonly string[] = [],
): Record<string, { set: boolean }> {
  return Object.fromEntries([...known[kind], ...set].map((name) => [name, { set: set.includes(name) }]))
}
