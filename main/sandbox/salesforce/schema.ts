import type { Json } from '#shared/domain/record.ts'

export type FieldType =
  | 'id'
  | 'string'
  | 'textarea'
  | 'phone'
  | 'url'
  | 'email'
  | 'picklist'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'double'
  | 'currency'
  | 'percent'
  | 'reference'

/** A field of a simulated Salesforce object, as far as its validation and describe go. */
export interface SalesforceField {
  readonly name: string
  readonly label: string
  readonly type: FieldType
  /** Longest text, in characters; 0 for kinds that have none. */
  readonly length: number
  readonly required: boolean
  /** Set by the system; no caller may send it. */
  readonly readOnly: boolean
  readonly values: readonly string[]
  /** Only the listed values are taken. */
  readonly restricted: boolean
  readonly externalId: boolean
  readonly unique: boolean
  readonly referenceTo: string | null
  readonly defaultValue: Json
}

export interface SalesforceObject {
  readonly name: string
  readonly plural: string
  readonly keyPrefix: string
  readonly writable: boolean
  readonly fields: ReadonlyMap<string, SalesforceField>
  /** Paths looked up often. */
  readonly indexes: readonly string[]
}

const plain = {
  length: 0,
  required: false,
  readOnly: false,
  values: [],
  restricted: false,
  externalId: false,
  unique: false,
  referenceTo: null,
  defaultValue: null,
} as const

type Extra = Partial<Omit<SalesforceField, 'name' | 'type'>>

function field(name: string, type: FieldType, extra: Extra = {}): SalesforceField {
  return { ...plain, name, type, label: labelOf(name), ...extra }
}

function labelOf(name: string): string {
  const words = name.replace(/__c$/, '').replaceAll('_', ' ')
  return words.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/ Id$/, ' ID')
}

function text(name: string, length: number, extra: Extra = {}): SalesforceField {
  return field(name, 'string', { length, ...extra })
}

function reference(name: string, to: string, extra: Extra = {}): SalesforceField {
  return field(name, 'reference', { length: 18, referenceTo: to, ...extra })
}

/** Of a record that was merged away: the one it lives on in. */
function merged(to: string): SalesforceField {
  return reference('MasterRecordId', to, { readOnly: true })
}

function picklist(name: string, values: readonly string[], extra: Extra = {}): SalesforceField {
  return field(name, 'picklist', { length: 255, values, ...extra })
}

function address(prefix: string): SalesforceField[] {
  return [
    field(`${prefix}Street`, 'textarea', { length: 255 }),
    text(`${prefix}City`, 40),
    text(`${prefix}State`, 80),
    text(`${prefix}PostalCode`, 20),
    text(`${prefix}Country`, 80),
  ]
}

/** On every object: the system's own fields, and the two external ids (the second one may repeat). */
function common(): SalesforceField[] {
  const readOnly = { readOnly: true }
  return [
    field('Id', 'id', { length: 18, ...readOnly }),
    field('IsDeleted', 'boolean', readOnly),
    reference('OwnerId', 'User'),
    field('CreatedDate', 'datetime', readOnly),
    reference('CreatedById', 'User', readOnly),
    field('LastModifiedDate', 'datetime', readOnly),
    reference('LastModifiedById', 'User', readOnly),
    field('SystemModstamp', 'datetime', readOnly),
    text('ConnectWise_Id__c', 40, { externalId: true, unique: true }),
    text('Import_Key__c', 40, { externalId: true }),
  ]
}

/** Stages of an opportunity with what Salesforce computes from them. */
export const stages: Readonly<Record<string, { probability: number; isClosed: boolean; isWon: boolean }>> = {
  Prospecting: { probability: 10, isClosed: false, isWon: false },
  Qualification: { probability: 25, isClosed: false, isWon: false },
  'Proposal/Price Quote': { probability: 60, isClosed: false, isWon: false },
  'Negotiation/Review': { probability: 80, isClosed: false, isWon: false },
  'Closed Won': { probability: 100, isClosed: true, isWon: true },
  'Closed Lost': { probability: 0, isClosed: true, isWon: false },
}

/** Statuses of a case; the last one closes it. */
export const caseStatuses = ['New', 'Working', 'Waiting on Customer', 'Escalated', 'Closed'] as const
export const casePriorities = ['High', 'Medium', 'Low'] as const
export const accountTypes = ['Prospect', 'Customer', 'Vendor', 'Partner', 'Other'] as const
const industries = ['Construction', 'Education', 'Finance', 'Healthcare', 'Legal', 'Manufacturing', 'Retail', 'Other']

function object(
  name: string,
  plural: string,
  keyPrefix: string,
  fields: readonly SalesforceField[],
  extra: { readonly writable?: boolean; readonly indexes?: readonly string[] } = {},
): SalesforceObject {
  return {
    name,
    plural,
    keyPrefix,
    writable: extra.writable ?? true,
    fields: new Map(fields.map((one) => [one.name, one])),
    indexes: extra.indexes ?? [],
  }
}

const account = object(
  'Account',
  'Accounts',
  '001',
  [
    ...common(),
    text('Name', 255, { required: true }),
    merged('Account'),
    field('Phone', 'phone', { length: 40 }),
    field('Fax', 'phone', { length: 40 }),
    field('Website', 'url', { length: 255 }),
    picklist('Type', accountTypes),
    picklist('Industry', industries),
    text('AccountNumber', 40),
    field('Description', 'textarea', { length: 32_000 }),
    field('NumberOfEmployees', 'double'),
    reference('ParentId', 'Account'),
    ...address('Billing'),
    ...address('Shipping'),
  ],
  { indexes: ['ConnectWise_Id__c', 'Import_Key__c', 'Name', 'SystemModstamp'] },
)

const contact = object(
  'Contact',
  'Contacts',
  '003',
  [
    ...common(),
    text('Name', 121, { readOnly: true }),
    merged('Contact'),
    text('FirstName', 40),
    text('LastName', 80, { required: true }),
    text('Salutation', 40),
    reference('AccountId', 'Account'),
    field('Email', 'email', { length: 80 }),
    field('Phone', 'phone', { length: 40 }),
    field('MobilePhone', 'phone', { length: 40 }),
    field('Fax', 'phone', { length: 40 }),
    text('Title', 128),
    text('Department', 80),
    field('Description', 'textarea', { length: 32_000 }),
    ...address('Mailing'),
  ],
  { indexes: ['ConnectWise_Id__c', 'Import_Key__c', 'Email', 'AccountId', 'SystemModstamp'] },
)

const opportunity = object(
  'Opportunity',
  'Opportunities',
  '006',
  [
    ...common(),
    text('Name', 120, { required: true }),
    reference('AccountId', 'Account'),
    reference('ContactId', 'Contact'),
    picklist('StageName', Object.keys(stages), { required: true, restricted: true }),
    field('CloseDate', 'date', { required: true }),
    field('Amount', 'currency'),
    field('Probability', 'percent'),
    picklist('Type', ['New Business', 'Existing Business', 'Renewal']),
    text('NextStep', 255),
    field('Description', 'textarea', { length: 32_000 }),
    field('IsClosed', 'boolean', { readOnly: true }),
    field('IsWon', 'boolean', { readOnly: true }),
  ],
  { indexes: ['ConnectWise_Id__c', 'Import_Key__c', 'Name', 'AccountId', 'SystemModstamp'] },
)

const caseObject = object(
  'Case',
  'Cases',
  '500',
  [
    ...common(),
    text('CaseNumber', 30, { readOnly: true }),
    merged('Case'),
    reference('AccountId', 'Account'),
    reference('ContactId', 'Contact'),
    text('Subject', 255),
    field('Description', 'textarea', { length: 32_000 }),
    picklist('Status', caseStatuses, { restricted: true, defaultValue: 'New' }),
    picklist('Priority', casePriorities, { restricted: true, defaultValue: 'Medium' }),
    picklist('Origin', ['Phone', 'Email', 'Web', 'ConnectWise'], { defaultValue: 'Phone' }),
    picklist('Type', ['Problem', 'Question', 'Request']),
    field('SuppliedEmail', 'email', { length: 80 }),
    field('ClosedDate', 'datetime', { readOnly: true }),
    field('IsClosed', 'boolean', { readOnly: true }),
  ],
  { indexes: ['ConnectWise_Id__c', 'Import_Key__c', 'CaseNumber', 'AccountId', 'SystemModstamp'] },
)

const user = object(
  'User',
  'Users',
  '005',
  [
    field('Id', 'id', { length: 18 }),
    text('Name', 121),
    text('Username', 80),
    field('Email', 'email', { length: 128 }),
    field('IsActive', 'boolean'),
    text('TimeZoneSidKey', 40),
  ],
  { writable: false },
)

const organization = object(
  'Organization',
  'Organizations',
  '00D',
  [
    field('Id', 'id', { length: 18 }),
    text('Name', 80),
    text('OrganizationType', 40),
    field('IsSandbox', 'boolean'),
    text('InstanceName', 5),
  ],
  { writable: false },
)

/** The objects of the simulated org, by name. */
export const salesforceObjects: ReadonlyMap<string, SalesforceObject> = new Map(
  [account, contact, opportunity, caseObject, user, organization].map((one) => [one.name, one]),
)
