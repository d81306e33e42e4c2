import type { SalesforceField, SalesforceObject } from './schema.ts'

/** The short entry of an object in the list of objects. */
export function describeBriefly(object: SalesforceObject, base: string): Record<string, unknown> {
  const address = `${base}/sobjects/${object.name}`
  return {
    name: object.name,
    label: object.name,
    labelPlural: object.plural,
    keyPrefix: object.keyPrefix,
    custom: false,
    queryable: true,
    retrieveable: true,
    createable: object.writable,
    updateable: object.writable,
    deletable: object.writable,
    triggerable: object.writable,
    urls: { sobject: address, describe: `${address}/describe`, rowTemplate: `${address}/{ID}` },
  }
}

/** The full description of an object with its fields. */
export function describeObject(object: SalesforceObject, base: string): Record<string, unknown> {
  return {
    ...describeBriefly(object, base),
    fields: [...object.fields.values()].map((field) => describeField(field, object.writable)),
    childRelationships: [],
    recordTypeInfos: [],
  }
}

const soapTypes: Readonly<Record<string, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
}

function describeField(field: SalesforceField, isWritable: boolean): Record<string, unknown> {
  const mayWrite = isWritable && !field.readOnly
  return {
    name: field.name,
    label: field.label,
    type: field.type,
    soapType: soapTypes[field.type] ?? 'xsd:string',
    length: field.length,
    byteLength: field.length * 3,
    nillable: !field.required && !field.readOnly && field.type !== 'boolean',
    createable: mayWrite,
    updateable: mayWrite,
    custom: field.name.endsWith('__c'),
    calculated: false,
    defaultedOnCreate: field.defaultValue !== null || field.name === 'OwnerId',
    defaultValue: field.defaultValue,
    externalId: field.externalId,
    idLookup: field.type === 'id' || field.externalId,
    unique: field.unique,
    caseSensitive: false,
    filterable: field.length <= 4_000,
    sortable: field.length <= 4_000,
    restrictedPicklist: field.restricted,
    picklistValues: field.values.map((value) => ({
      value,
      label: value,
      active: true,
      defaultValue: value === field.defaultValue,
      validFor: null,
    })),
    referenceTo: field.referenceTo === null ? [] : [field.referenceTo],
    relationshipName: field.referenceTo === null ? null : field.name.replace(/Id$/, ''),
  }
}
