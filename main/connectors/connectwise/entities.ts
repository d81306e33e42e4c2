/** Where an entity of ConnectWise lives and how its records name their counterpart in Salesforce. */
export interface EntityShape {
  readonly path: string
  /** The field of the entity itself that keeps a foreign id; null: a custom field does. */
  readonly crossReferenceField: string | null
  /** Flat names of fields that an answer leaves out when they are empty; so absent means empty for them. */
  readonly optional: readonly string[]
  /** Fields that can be sent but are not in the answer. */
  readonly writeOnly: readonly string[]
}

const reference = (name: string, ...parts: readonly string[]) => ['id', ...parts].map((part) => `${name}/${part}`)

/** The entities Patchbay works with, in its own words. Fields after the vendor's OpenAPI document. */
export const entities: Readonly<Record<string, EntityShape>> = {
  company: {
    path: '/company/companies',
    crossReferenceField: null,
    optional: [
      ...[
        'addressLine1',
        'addressLine2',
        'city',
        'state',
        'zip',
        'phoneNumber',
        'faxNumber',
        'website',
        'accountNumber',
      ],
      ...['numberOfEmployees', 'annualRevenue', ...reference('country', 'name'), ...reference('market', 'name')],
      ...[
        ...reference('territory', 'name'),
        ...reference('defaultContact', 'name'),
        ...reference('parentCompany', 'identifier', 'name'),
      ],
    ],
    writeOnly: [],
  },
  contact: {
    path: '/company/contacts',
    crossReferenceField: null,
    optional: [
      ...['lastName', 'title', 'addressLine1', 'addressLine2', 'city', 'state', 'zip', 'nickName'],
      ...[
        ...reference('company', 'identifier', 'name'),
        ...reference('site', 'name'),
        ...reference('department', 'name'),
      ],
      ...[
        ...reference('country', 'name'),
        ...reference('relationship', 'name'),
        ...reference('managerContact', 'name'),
      ],
    ],
    writeOnly: ['ignoreDuplicates', 'typeIds'],
  },
  opportunity: {
    path: '/sales/opportunities',
    crossReferenceField: null,
    optional: [
      ...[
        'expectedCloseDate',
        'notes',
        'source',
        'customerPO',
        ...reference('contact', 'name'),
        ...reference('stage', 'name'),
      ],
      ...[
        ...reference('type', 'name'),
        ...reference('probability', 'name'),
        ...reference('campaign', 'name'),
        ...reference('rating', 'name'),
      ],
    ],
    writeOnly: [],
  },
  ticket: {
    path: '/service/tickets',
    crossReferenceField: 'externalXRef',
    optional: [
      ...[
        'externalXRef',
        'contactName',
        'contactPhoneNumber',
        'contactPhoneExtension',
        'contactEmailAddress',
        'requiredDate',
        'customerUpdatedFlag',
      ],
      ...[
        ...reference('contact', 'name'),
        ...reference('type', 'name'),
        ...reference('subType', 'name'),
        ...reference('item', 'name'),
      ],
      ...[
        ...reference('priority', 'name'),
        ...reference('owner', 'identifier', 'name'),
        ...reference('site', 'name'),
        ...reference('team', 'name'),
      ],
    ],
    writeOnly: [
      'initialDescription',
      'initialInternalAnalysis',
      'initialResolution',
      'processNotifications',
      'skipCallback',
    ],
  },
}
