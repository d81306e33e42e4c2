import { systemTitle, type RecordRef, type RemoteRecord } from '../domain/record.ts'
import { readTitle } from './record-title.ts'

/** A record as sentences name it: "Salesforce Account 001…". */
export function nameOf(ref: RecordRef): string {
  return `${systemTitle[ref.system]} ${ref.entity} ${ref.id}`
}

/** A record's id with its title, where it has one, as twins have to be told apart: `001… "Acme"`. */
export function labelOf({ ref, values }: Pick<RemoteRecord, 'ref' | 'values'>): string {
  return labelled(ref.id, readTitle(values))
}

export function labelled(id: string, title: string | null): string {
  return title === null ? id : `${id} "${title}"`
}
