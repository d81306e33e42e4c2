import type { Json, Values } from '#shared/domain/record.ts'
import type { CommunicationItem } from './raw-record.ts'

/** A contact's addresses and numbers, which ConnectWise keeps as a list of typed items and Patchbay shows as plain fields. */
interface ItemKind {
  readonly communicationType: 'Email' | 'Phone' | 'Fax'
  /** Names of the communication type, the usual one first; empty: any of its kind will do. */
  readonly typeNames: readonly string[]
}

const kinds: Readonly<Record<string, ItemKind>> = {
  email: { communicationType: 'Email', typeNames: [] },
  phone: { communicationType: 'Phone', typeNames: ['Direct'] },
  mobile: { communicationType: 'Phone', typeNames: ['Cell', 'Mobile'] },
  fax: { communicationType: 'Fax', typeNames: [] },
}

/** An entry of `/company/communicationTypes`. */
export interface CommunicationType {
  readonly id: number
  readonly name: string
  readonly kind: ItemKind['communicationType']
  readonly isDefault: boolean
}

/** True for the fields that stand for a communication item of a contact. */
export function isCommunicationField(field: string): boolean {
  return field in kinds
}

/** What `field` is called in a condition on the items. */
export function communicationKind(field: string): ItemKind['communicationType'] | null {
  return kinds[field]?.communicationType ?? null
}

/** The four plain fields; null where the contact has no such item. */
export function readCommunications(items: readonly CommunicationItem[]): Values {
  return Object.fromEntries(Object.keys(kinds).map((field) => [field, joinExtension(findItem(field, items))]))
}

/** The item that `field` stands for: the default one before others. */
export function findItem(field: string, items: readonly CommunicationItem[]): CommunicationItem | null {
  const kind = kinds[field]
  if (kind === undefined) return null
  const fitting = items.filter((item) => isOfKind(item, kind))
  return fitting.find((item) => item.defaultFlag === true) ?? fitting[0] ?? null
}

/** A new item for `field`; null when ConnectWise has no communication type for it. */
export function newItem(
  field: string,
  value: string,
  items: readonly CommunicationItem[],
  types: readonly CommunicationType[],
) {
  const kind = kinds[field]
  if (kind === undefined) return null
  const fitting = types.filter((type) => type.kind === kind.communicationType && hasTypeName(type.name, kind))
  const type = fitting.find((one) => one.isDefault) ?? fitting[0]
  if (type === undefined) return null
  const isFirst = !items.some((item) => isSame(item.communicationType ?? '', kind.communicationType))
  return {
    type: { id: type.id },
    communicationType: kind.communicationType,
    defaultFlag: isFirst,
    ...splitExtension(field, value),
  }
}

/** `+1 555 0100 x12` is kept as a number and an extension; only telephone numbers have one. */
export function splitExtension(field: string, value: string): { value: string; extension?: string } {
  const parts = field === 'email' ? null : /^(.*?)\s*(?:x|ext\.?)\s*(\d+)$/i.exec(value)
  return parts?.[1] === undefined || parts[2] === undefined ? { value } : { value: parts[1], extension: parts[2] }
}

function joinExtension(item: CommunicationItem | null): Json {
  if (item === null || !item.value) return null
  return item.extension ? `${item.value} x${item.extension}` : item.value
}

function isOfKind(item: CommunicationItem, kind: ItemKind): boolean {
  if (!isSame(item.communicationType ?? '', kind.communicationType)) return false
  return hasTypeName(item.type?.name ?? '', kind)
}

function hasTypeName(name: string, kind: ItemKind): boolean {
  return kind.typeNames.length === 0 || kind.typeNames.some((one) => isSame(one, name))
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
