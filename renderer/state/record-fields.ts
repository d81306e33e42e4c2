import type { ComparedField, RecordComparison } from '#shared/domain/known-record.ts'
import type { Link } from '#shared/domain/link.ts'
import type { MappingDocument } from '#shared/domain/mapping.ts'

/** One row of both records side by side. Without a verdict it was not compared, only remembered. */
export interface FieldPair extends Pick<ComparedField, 'salesforce' | 'connectwise' | 'direction' | 'note'> {
  readonly verdict: ComparedField['verdict'] | null
}

/** What differs first, then what is the same, then what could not be compared; each in the order of the mapping. */
export function comparedPairs({ fields }: Pick<RecordComparison, 'fields'>): FieldPair[] {
  return fields.toSorted((one, other) => rank(one) - rank(other))
}

/** Nothing stands on either side. */
export function isBare({ salesforce, connectwise }: FieldPair): boolean {
  return [salesforce.value, connectwise.value].every((value) => value === null || value === '')
}

export function isDifferent({ verdict }: Pick<FieldPair, 'verdict'>): boolean {
  return verdict !== null && verdict !== 'equal' && verdict !== 'not-compared'
}

/**
 * The values that both sides had when they were last in step, paired by the rows of the mapping; what it does not
 * know of both is left out. */
export function rememberedPairs(link: Link, document: Pick<MappingDocument, 'fields'>): FieldPair[] {
  const { salesforce, connectwise } = link
  return document.fields.flatMap((row): FieldPair[] => {
    const here = salesforce.synced[row.salesforce]
    const there = connectwise.synced[row.connectwise]
    if (here === undefined || there === undefined) return []
    const pair = {
      salesforce: { field: row.salesforce, value: here },
      connectwise: { field: row.connectwise, value: there },
    }
    return [{ ...pair, direction: row.direction, note: null, verdict: null }]
  })
}

/** The mapping that a pair goes by; null where there is none (any more). */
export function mappingOf<One extends { readonly document: MappingDocument }>(
  { salesforce, connectwise }: Pick<Link, 'salesforce' | 'connectwise'>,
  mappings: readonly One[],
): One | null {
  const fits = ({ document }: One) =>
    document.salesforce.entity === salesforce.entity && document.connectwise.entity === connectwise.entity
  return mappings.find(fits) ?? null
}

function rank(field: ComparedField): number {
  if (isDifferent(field)) return 0
  return field.verdict === 'equal' ? 1 : 2
}
