import type { FieldDescription, FieldType } from '#shared/domain/schema.ts'

/** Which setup table a reference takes its names from; see pick-lists.ts. */
export type PickListName =
  | 'boards'
  | 'companyStatuses'
  | 'members'
  | 'opportunityStages'
  | 'opportunityStatuses'
  | 'opportunityTypes'
  | 'priorities'
  | 'ticketSources'
  | 'ticketStatuses'
  | 'ticketTypes'

/** A field as this table writes it down. ConnectWise has no call that describes its records. */
export interface KnownField extends Omit<FieldDescription, 'values' | 'restricted'> {
  readonly pickList: PickListName | null
}

const plain = {
  required: false,
  length: null,
  readOnly: false,
  createOnly: false,
  referenceTo: null,
  pickList: null,
} as const

type Extra = Partial<Omit<KnownField, 'name' | 'label' | 'type'>>

function field(name: string, label: string, type: FieldType, extra: Extra = {}): KnownField {
  return { ...plain, name, label, type, ...extra }
}

function text(name: string, label: string, length: number, extra: Extra = {}): KnownField {
  return field(name, label, 'text', { length, ...extra })
}

/** A reference can be written by the id of what it names, or by the word that people know it by. */
function reference(
  name: string,
  label: string,
  referenceTo: string,
  extra: Extra & { readonly word?: string } = {},
): KnownField[] {
  const { word = 'name', ...rest } = extra
  const type: FieldType = rest.pickList === undefined ? 'text' : 'picklist'
  return [
    field(`${name}/id`, `${label} (id)`, 'reference', { ...rest, pickList: null, referenceTo }),
    field(`${name}/${word}`, label, type, rest),
  ]
}

const id = field('id', 'Id', 'number', { readOnly: true })
const address = [
  text('addressLine1', 'Address line 1', 50),
  text('addressLine2', 'Address line 2', 50),
  text('city', 'City', 50),
  text('state', 'State', 50),
  text('zip', 'Zip', 12),
  ...reference('country', 'Country', 'country'),
]
const required = { required: true } as const
const createOnly = { createOnly: true } as const

/**
 * Fields by entity; custom fields are read from the system.
 *
 * Names, types and lengths follow the OpenAPI document of the ConnectWise PSA REST API (2022.1). It states no lengths for contacts, nor
 * which references a new record needs; those are as the community's PowerShell module ConnectWiseManageAPI has them for models 2019.1 to
 * 2021.2. What neither of them states has no length here, so that nothing is cut short on a guess.
 */
export const knownFields: Readonly<Record<string, { readonly label: string; readonly fields: readonly KnownField[] }>> =
  {
    company: {
      label: 'Company',
      fields: [
        id,
        text('identifier', 'Company ID', 25, required),
        text('name', 'Name', 50, required),
        ...reference('status', 'Status', 'companyStatus', { pickList: 'companyStatuses' }),
        ...address,
        field('phoneNumber', 'Phone', 'phone', { length: 30 }),
        field('faxNumber', 'Fax', 'phone', { length: 30 }),
        field('website', 'Website', 'url', { length: 255 }),
        ...reference('market', 'Market', 'market'),
        ...reference('territory', 'Territory', 'location'),
        field('accountNumber', 'Account number', 'text'),
        ...reference('defaultContact', 'Default contact', 'contact'),
        ...reference('parentCompany', 'Parent company', 'company', { word: 'identifier' }),
        field('dateAcquired', 'Date acquired', 'instant'),
        field('numberOfEmployees', 'Number of employees', 'number'),
        field('annualRevenue', 'Annual revenue', 'number'),
        ...Array.from({ length: 10 }, (_, at) => text(`userDefinedField${at + 1}`, `User defined field ${at + 1}`, 50)),
        field('deletedFlag', 'Deleted', 'boolean', { readOnly: true }),
      ],
    },
    contact: {
      label: 'Contact',
      fields: [
        id,
        text('firstName', 'First name', 30, required),
        text('lastName', 'Last name', 30),
        ...reference('company', 'Company', 'company', { word: 'identifier' }),
        ...reference('site', 'Site', 'site'),
        ...reference('department', 'Department', 'department'),
        ...reference('relationship', 'Relationship', 'relationship'),
        ...reference('managerContact', 'Manager', 'contact'),
        text('title', 'Title', 100),
        text('nickName', 'Nickname', 30),
        field('email', 'E-mail', 'email', { length: 250 }),
        field('phone', 'Direct phone', 'phone', { length: 250 }),
        field('mobile', 'Mobile phone', 'phone', { length: 250 }),
        field('fax', 'Fax', 'phone', { length: 250 }),
        ...address,
        field('inactiveFlag', 'Inactive', 'boolean'),
        field('defaultFlag', 'Default contact of the company', 'boolean'),
        field('unsubscribeFlag', 'Unsubscribed', 'boolean'),
      ],
    },
    opportunity: {
      label: 'Opportunity',
      fields: [
        id,
        text('name', 'Name', 100, required),
        ...reference('company', 'Company', 'company', { word: 'identifier', ...required }),
        ...reference('contact', 'Contact', 'contact', required),
        ...reference('primarySalesRep', 'Primary sales rep', 'member', {
          word: 'identifier',
          pickList: 'members',
          ...required,
        }),
        ...reference('type', 'Type', 'opportunityType', { pickList: 'opportunityTypes' }),
        ...reference('stage', 'Stage', 'opportunityStage', { pickList: 'opportunityStages' }),
        ...reference('status', 'Status', 'opportunityStatus', { pickList: 'opportunityStatuses' }),
        ...reference('probability', 'Probability', 'probability'),
        ...reference('campaign', 'Campaign', 'campaign'),
        ...reference('rating', 'Rating', 'rating'),
        field('expectedCloseDate', 'Expected close date', 'instant'),
        field('notes', 'Notes', 'multiline'),
        text('source', 'Source', 50),
        text('customerPO', 'Customer PO', 25),
        field('locationId', 'Location id', 'number'),
        field('businessUnitId', 'Business unit id', 'number'),
      ],
    },
    ticket: {
      label: 'Service ticket',
      fields: [
        id,
        text('summary', 'Summary', 100, required),
        ...reference('company', 'Company', 'company', { word: 'identifier', ...required }),
        ...reference('contact', 'Contact', 'contact'),
        text('contactName', 'Contact name', 62),
        field('contactPhoneNumber', 'Contact phone', 'phone', { length: 20 }),
        text('contactPhoneExtension', 'Contact phone extension', 15),
        field('contactEmailAddress', 'Contact e-mail', 'email', { length: 250 }),
        ...reference('site', 'Site', 'site'),
        ...reference('board', 'Board', 'board', { pickList: 'boards' }),
        ...reference('status', 'Status', 'status', { pickList: 'ticketStatuses' }),
        ...reference('type', 'Type', 'type', { pickList: 'ticketTypes' }),
        ...reference('subType', 'Subtype', 'subType'),
        ...reference('item', 'Item', 'item'),
        ...reference('priority', 'Priority', 'priority', { pickList: 'priorities' }),
        ...reference('source', 'Source', 'source', { pickList: 'ticketSources' }),
        ...reference('owner', 'Owner', 'member', { word: 'identifier', pickList: 'members' }),
        ...reference('team', 'Team', 'team'),
        field('recordType', 'Record type', 'text', createOnly),
        field('initialDescription', 'Initial description', 'multiline', createOnly),
        field('initialInternalAnalysis', 'Initial internal analysis', 'multiline', createOnly),
        field('initialResolution', 'Initial resolution', 'multiline', createOnly),
        text('externalXRef', 'External reference', 100),
        field('requiredDate', 'Required date', 'instant'),
        field('closedFlag', 'Closed', 'boolean', { readOnly: true }),
      ],
    },
  }
