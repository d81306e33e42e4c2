import type { WebRequest } from '#main/sandbox/web/web-server.ts'
import type { Doc } from '#main/sandbox/world/world.ts'
import type { Org, Writer } from './org.ts'
import { salesforceObjects } from './schema.ts'
import type { SalesforceObject } from './schema.ts'

/** A request to `/services/data/vXX.0/...`, taken apart. */
export interface RestCall {
  readonly org: Org
  readonly request: WebRequest
  /** `/services/data/vXX.0`, without a slash at the end. */
  readonly base: string
  /** The path behind `base`. */
  readonly path: readonly string[]
  readonly writer: Writer
  readonly usage: { readonly used: number; readonly limit: number }
  /** Runs `work` in a transaction of its own; throwing undoes it. */
  atomically<T>(work: () => T): T
}

/** A record as an answer shows it: its attributes, then the wanted fields; `Account.Name` looks through a reference. */
export function project(call: RestCall, object: SalesforceObject, doc: Doc, fields: readonly string[] | null): unknown {
  const id = String(doc['Id'])
  const attributes = { type: object.name, url: `${call.base}/sobjects/${object.name}/${id}` }
  const shown: Record<string, unknown> = { attributes }
  for (const path of fields ?? object.fields.keys()) {
    const [first = '', second] = path.split('.')
    if (second === undefined) shown[first] = doc[first] ?? null
    else shown[first] = throughReference(call, object, doc, first, second, shown[first])
  }
  return shown
}

function throughReference(
  call: RestCall,
  object: SalesforceObject,
  doc: Doc,
  relation: string,
  field: string,
  shown: unknown,
): unknown {
  const target = salesforceObjects.get(object.fields.get(`${relation}Id`)?.referenceTo ?? '')
  const id = doc[`${relation}Id`]
  const other = target === undefined || typeof id !== 'string' ? null : call.org.table(target).get(id)
  if (target === undefined || other === null) return null
  const url = `${call.base}/sobjects/${target.name}/${String(id)}`
  const before = typeof shown === 'object' && shown !== null ? shown : { attributes: { type: target.name, url } }
  return { ...before, [field]: other[field] ?? null }
}
