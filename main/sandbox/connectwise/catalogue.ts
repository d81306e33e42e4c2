import type { Doc } from '#main/sandbox/world/world.ts'
import { connectwiseEntities } from './schema.ts'

/** A catalogue record before it is stored; `parent` is the board of a status. */
export interface CatalogueRecord {
  readonly entity: string
  readonly id: number
  readonly parent: number | null
  readonly values: Doc
}

/** The relay's own API member; changes made by it are what self-suppressed callbacks leave out. */
export const relayMember = 'patchbay'
/** People who change records in ConnectWise. */
export const people = ['jmiller', 'sgarcia', 'tnguyen', 'kbrown'] as const

/** Names that the seeds and the traffic use. */
export const boards = ['Help Desk', 'Network Operations', 'Alerts'] as const
export const ticketStatuses = ['New', 'In Progress', 'Waiting on Client', 'Escalated', 'Completed', 'Closed'] as const
const ticketTypes = ['Break-fix', 'Service Request', 'Question'] as const
const ticketSources = ['Phone', 'Email', 'Portal', 'Salesforce'] as const
export const priorities = [
  'Priority 1 - Emergency',
  'Priority 2 - High',
  'Priority 3 - Medium',
  'Priority 4 - Low',
] as const
export const opportunityStages = ['Prospect', 'Qualification', 'Quote', 'Negotiation', 'Won', 'Lost'] as const
export const opportunityStatuses = ['Open', 'Won', 'Lost', 'No Decision'] as const
export const companyTypes = ['Prospect', 'Client', 'Vendor', 'Partner', 'Other'] as const
export const companyStatuses = ['Active', 'Inactive', 'Not-Approved', 'Imported'] as const

function named(
  entity: string,
  names: readonly string[],
  more: (name: string, place: number) => Doc,
): CatalogueRecord[] {
  return names.map((name, place) => ({ entity, id: place + 1, parent: null, values: { name, ...more(name, place) } }))
}

/** Ids differ from board to board, as in the real system: the same word is another status on another board. */
function statusesOf(board: string, place: number): CatalogueRecord[] {
  return ticketStatuses.map((name, sortOrder) => ({
    entity: 'status',
    id: (place + 1) * 100 + sortOrder + 1,
    parent: place + 1,
    values: {
      name,
      board: { id: place + 1, name: board },
      sortOrder,
      defaultFlag: sortOrder === 0,
      closedStatus: name === 'Completed' || name === 'Closed',
    },
  }))
}

function typesOf(board: string, place: number): CatalogueRecord[] {
  return ticketTypes.map((name, at) => ({
    entity: 'type',
    id: (place + 1) * 100 + at + 1,
    parent: place + 1,
    values: { name, board: { id: place + 1, name: board }, inactiveFlag: false },
  }))
}

function members(): CatalogueRecord[] {
  const rows = [
    [relayMember, 'Patchbay', 'Integration', 'A'],
    ['jmiller', 'Jordan', 'Miller', 'F'],
    ['sgarcia', 'Sofia', 'Garcia', 'F'],
    ['tnguyen', 'Tam', 'Nguyen', 'F'],
    ['kbrown', 'Kim', 'Brown', 'F'],
  ] as const
  return rows.map(([identifier, firstName, lastName, licenseClass], place) => ({
    entity: 'member',
    id: 150 + place,
    parent: null,
    values: { identifier, firstName, lastName, name: `${firstName} ${lastName}`, licenseClass },
  }))
}

function userDefinedFields(): CatalogueRecord[] {
  const pods: Readonly<Record<string, number>> = { company: 1, contact: 2, opportunity: 3, ticket: 4 }
  return [...connectwiseEntities.values()].flatMap((entity) =>
    entity.customFields.map((custom) => ({
      entity: 'userDefinedField',
      id: custom.id,
      parent: null,
      values: {
        name: custom.caption,
        caption: custom.caption,
        podId: pods[entity.name] ?? 0,
        fieldTypeIdentifier: custom.type,
      },
    })),
  )
}

/** The communication types; the first of each kind is the one a plain e-mail or phone gets. */
export const communicationTypes = [
  { id: 1, name: 'Email', communicationType: 'Email' },
  { id: 2, name: 'Direct', communicationType: 'Phone' },
  { id: 4, name: 'Mobile', communicationType: 'Phone' },
  { id: 3, name: 'Fax', communicationType: 'Fax' },
] as const

/** Every record of the read-only catalogues. */
export function catalogueRecords(): CatalogueRecord[] {
  return [
    ...named('companyStatus', companyStatuses, (name) => ({
      defaultFlag: name === 'Active',
      inactiveFlag: name === 'Inactive',
    })),
    ...named('companyType', companyTypes, (name) => ({
      defaultFlag: name === 'Prospect',
      vendorFlag: name === 'Vendor',
    })),
    ...named('opportunityStatus', opportunityStatuses, (name) => ({
      wonFlag: name === 'Won',
      lostFlag: name === 'Lost',
      closedFlag: name !== 'Open',
    })),
    ...named('opportunityType', ['New Business', 'Existing Business', 'Renewal'], (name) => ({ description: name })),
    ...named('opportunityStage', opportunityStages, (_, place) => ({ sequenceNumber: place + 1 })),
    ...named('board', boards, () => ({ inactiveFlag: false })),
    ...boards.flatMap(statusesOf),
    ...boards.flatMap(typesOf),
    ...named('source', ticketSources, (name) => ({ defaultFlag: name === 'Phone' })),
    ...named('priority', priorities, (name, place) => ({
      sortOrder: place,
      defaultFlag: name === 'Priority 3 - Medium',
    })),
    ...members(),
    ...communicationTypes.map(({ id, name, communicationType }) => ({
      entity: 'communicationType',
      id,
      parent: null,
      values: { name, description: name, communicationType },
    })),
    ...userDefinedFields(),
  ]
}
