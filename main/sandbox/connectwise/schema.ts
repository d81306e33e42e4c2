/** How a field's value is checked and stored. */
export type FieldKind =
  'text' | 'number' | 'boolean' | 'instant' | 'reference' | 'references' | 'communications' | 'custom' | 'tags'

/** A field of a simulated ConnectWise record. */
export interface ConnectWiseField {
  readonly name: string
  readonly kind: FieldKind
  /** Longest text, in characters; 0 means no bound. */
  readonly maxLength: number
  readonly required: boolean
  /** Set by the system; what callers send is passed over. */
  readonly readOnly: boolean
  /** Taken when the record is made, passed over afterwards. */
  readonly createOnly: boolean
  /** Taken, but never shown in an answer. */
  readonly hidden: boolean
  /** Entity that a reference names. */
  readonly to: string | null
}

/** A custom field as `/system/userDefinedFields` defines it. */
export interface CustomField {
  readonly id: number
  readonly caption: string
  readonly type: 'Text' | 'Number'
}

export interface ConnectWiseEntity {
  /** Singular, as in callbacks: `company`, `ticket`. */
  readonly name: string
  /** Address under `/apis/3.0`, `{parent}` standing for the id of the owner. */
  readonly path: string
  readonly writable: boolean
  readonly fields: ReadonlyMap<string, ConnectWiseField>
  readonly customFields: readonly CustomField[]
  /** Paths looked up often. */
  readonly indexes: readonly string[]
}

const plain = {
  maxLength: 0,
  required: false,
  readOnly: false,
  createOnly: false,
  hidden: false,
  to: null,
} as const

type Extra = Partial<Omit<ConnectWiseField, 'name' | 'kind'>>

function field(name: string, kind: FieldKind, extra: Extra = {}): ConnectWiseField {
  return { ...plain, name, kind, ...extra }
}

function text(name: string, maxLength: number, extra: Extra = {}): ConnectWiseField {
  return field(name, 'text', { maxLength, ...extra })
}

function flag(name: string, extra: Extra = {}): ConnectWiseField {
  return field(name, 'boolean', extra)
}

function reference(name: string, to: string, extra: Extra = {}): ConnectWiseField {
  return field(name, 'reference', { to, ...extra })
}

const required = { required: true }
const address = [
  text('addressLine1', 50),
  text('addressLine2', 50),
  text('city', 50),
  text('state', 50),
  text('zip', 12),
]

function entity(
  name: string,
  path: string,
  fields: readonly ConnectWiseField[],
  extra: Partial<Pick<ConnectWiseEntity, 'writable' | 'customFields' | 'indexes'>> = {},
): ConnectWiseEntity {
  const all = [field('id', 'number', { readOnly: true }), ...fields]
  const map = new Map(all.map((one) => [one.name, one]))
  return { name, path, fields: map, writable: true, customFields: [], indexes: [], ...extra }
}

const changing = ['_info.lastUpdated']

const company = entity(
  'company',
  'company/companies',
  [
    text('identifier', 25, required),
    text('name', 50, required),
    reference('status', 'companyStatus'),
    field('types', 'references', { to: 'companyType', createOnly: true }),
    ...address,
    text('phoneNumber', 30),
    text('faxNumber', 30),
    text('website', 255),
    field('numberOfEmployees', 'number'),
    field('annualRevenue', 'number'),
    text('userDefinedField1', 50),
    text('userDefinedField2', 50),
    field('dateAcquired', 'instant'),
    flag('deletedFlag', { readOnly: true }),
    reference('defaultContact', 'contact'),
    field('integratorTags', 'tags'),
    field('customFields', 'custom'),
  ],
  {
    indexes: [...changing, 'identifier', 'name'],
    customFields: [
      { id: 1, caption: 'SF Id', type: 'Text' },
      { id: 2, caption: 'Region', type: 'Text' },
    ],
  },
)

const contact = entity(
  'contact',
  'company/contacts',
  [
    text('firstName', 30, required),
    text('lastName', 30),
    reference('company', 'company'),
    text('title', 100),
    ...address,
    flag('inactiveFlag'),
    flag('defaultFlag'),
    flag('unsubscribeFlag'),
    field('communicationItems', 'communications'),
    field('integratorTags', 'tags'),
    field('customFields', 'custom'),
  ],
  {
    indexes: [...changing, 'company.id'],
    customFields: [
      { id: 3, caption: 'SF Id', type: 'Text' },
      { id: 4, caption: 'Birthday', type: 'Text' },
    ],
  },
)

const opportunity = entity(
  'opportunity',
  'sales/opportunities',
  [
    text('name', 100, required),
    reference('company', 'company', required),
    reference('contact', 'contact', required),
    reference('primarySalesRep', 'member', required),
    reference('type', 'opportunityType'),
    reference('stage', 'opportunityStage'),
    reference('status', 'opportunityStatus'),
    field('expectedCloseDate', 'instant'),
    text('notes', 0),
    text('source', 50),
    text('customerPO', 25),
    field('locationId', 'number'),
    field('businessUnitId', 'number'),
    field('integratorTags', 'tags'),
    field('customFields', 'custom'),
  ],
  {
    indexes: [...changing, 'name', 'company.id'],
    customFields: [
      { id: 5, caption: 'SF Id', type: 'Text' },
      { id: 6, caption: 'Amount', type: 'Number' },
    ],
  },
)

/** The real API takes the initial texts with a POST only and never returns them: they become notes of the ticket. */
const initialText = { createOnly: true, hidden: true }

const ticket = entity(
  'ticket',
  'service/tickets',
  [
    text('summary', 100, required),
    reference('company', 'company', required),
    reference('board', 'board'),
    reference('status', 'status'),
    reference('priority', 'priority'),
    reference('contact', 'contact'),
    reference('owner', 'member'),
    text('recordType', 20, { createOnly: true }),
    text('initialDescription', 0, initialText),
    text('initialInternalAnalysis', 0, initialText),
    text('initialResolution', 0, initialText),
    text('externalXRef', 100),
    text('contactEmailAddress', 250),
    field('requiredDate', 'instant'),
    flag('closedFlag', { readOnly: true }),
    reference('mergedParentTicket', 'ticket', { readOnly: true }),
    flag('processNotifications', { hidden: true }),
    flag('skipCallback', { hidden: true }),
    field('integratorTags', 'tags'),
    field('customFields', 'custom'),
  ],
  {
    indexes: [...changing, 'externalXRef', 'company.id', 'summary'],
    customFields: [{ id: 7, caption: 'Contract No', type: 'Text' }],
  },
)

const note = entity('note', 'service/tickets/{parent}/notes', [
  field('ticketId', 'number', { readOnly: true }),
  text('text', 0),
  flag('detailDescriptionFlag'),
  flag('internalAnalysisFlag'),
  flag('resolutionFlag'),
  flag('internalFlag'),
  flag('externalFlag'),
  flag('processNotifications', { hidden: true }),
  reference('member', 'member'),
  reference('contact', 'contact'),
])

const callback = entity('callback', 'system/callbacks', [
  text('description', 100),
  text('url', 2000, required),
  field('objectId', 'number', required),
  text('type', 30, required),
  text('level', 30, required),
  field('memberId', 'number'),
  text('payloadVersion', 10, { readOnly: true }),
  flag('inactiveFlag'),
  flag('isSoapCallbackFlag'),
  flag('isSelfSuppressedFlag'),
  text('signingKey', 0, { readOnly: true, hidden: true }),
])

function catalogue(name: string, path: string, fields: readonly ConnectWiseField[] = []): ConnectWiseEntity {
  return entity(name, path, [text('name', 100), ...fields], { writable: false })
}

/** Everything the simulated ConnectWise knows, by entity name. */
export const connectwiseEntities: ReadonlyMap<string, ConnectWiseEntity> = new Map(
  [
    company,
    contact,
    opportunity,
    ticket,
    note,
    callback,
    catalogue('companyStatus', 'company/companies/statuses', [flag('defaultFlag'), flag('inactiveFlag')]),
    catalogue('companyType', 'company/companies/types', [flag('defaultFlag'), flag('vendorFlag')]),
    catalogue('communicationType', 'company/communicationTypes', [
      text('description', 100),
      text('communicationType', 10),
    ]),
    catalogue('opportunityStatus', 'sales/opportunities/statuses', [
      flag('wonFlag'),
      flag('lostFlag'),
      flag('closedFlag'),
    ]),
    catalogue('opportunityType', 'sales/opportunities/types', [text('description', 100)]),
    catalogue('opportunityStage', 'sales/stages', [field('sequenceNumber', 'number')]),
    catalogue('board', 'service/boards', [flag('inactiveFlag')]),
    catalogue('status', 'service/boards/{parent}/statuses', [
      reference('board', 'board'),
      field('sortOrder', 'number'),
      flag('defaultFlag'),
      flag('closedStatus'),
    ]),
    catalogue('type', 'service/boards/{parent}/types', [reference('board', 'board'), flag('inactiveFlag')]),
    catalogue('source', 'service/sources', [flag('defaultFlag')]),
    catalogue('priority', 'service/priorities', [field('sortOrder', 'number'), flag('defaultFlag')]),
    catalogue('member', 'system/members', [
      text('identifier', 15),
      text('firstName', 30),
      text('lastName', 30),
      text('licenseClass', 5),
    ]),
    catalogue('userDefinedField', 'system/userDefinedFields', [
      text('caption', 25),
      field('podId', 'number'),
      text('fieldTypeIdentifier', 20),
    ]),
  ].map((one) => [one.name, one]),
)

/** Entities whose changes are announced by callback and by queue row. */
export const announcedEntities: readonly string[] = ['company', 'contact', 'opportunity', 'ticket']
