import type { MappingDocument, NaturalKey } from '#shared/domain/mapping.ts'

type Pair = Pick<NaturalKey, 'salesforce' | 'connectwise'>

const between = ' ↔ '

export function pairName({ salesforce, connectwise }: Pair): string {
  return `${salesforce}${between}${connectwise}`
}

/** The pairs of fields that a record can be recognised by: those that rows join, each once. */
export function pairNames(document: MappingDocument): string[] {
  const joined = document.fields.filter((row) => row.salesforce !== '' && row.connectwise !== '')
  const named = document.naturalKeys.flatMap((key) => [key, ...(key.also ?? [])])
  return [...new Set([...joined, ...named].map(pairName))]
}

/** The first pair is searched by, the others have to agree. */
export function naturalKeyOf(names: readonly string[]): NaturalKey {
  const [first, ...also] = names.map((name): Pair => {
    const [salesforce = '', connectwise = ''] = name.split(between)
    return { salesforce, connectwise }
  })
  const key = first ?? { salesforce: '', connectwise: '' }
  return also.length === 0 ? key : { ...key, also }
}

export function withNaturalKeys(document: MappingDocument, naturalKeys: readonly NaturalKey[]): MappingDocument {
  return { ...document, naturalKeys: [...naturalKeys] }
}
