import type { MappingDocument } from '#shared/domain/mapping.ts'
import type { SystemName } from '#shared/domain/record.ts'
import type { FieldDescription, SamplePath } from '#shared/domain/schema.ts'

/** A field as the editor shows it: what the system says of it, and what real events held. */
export interface KnownField extends FieldDescription {
  readonly examples: readonly string[]
  /** Events that had it; 0: none of the latest did. */
  readonly seen: number
  /** The system describes it; else it is known from events alone. */
  readonly isDescribed: boolean
}

/** All fields of one entity, in the system's order; those that the system sets itself come later, and those that only events told of last. */
export function knownFields(described: readonly FieldDescription[], sampled: readonly SamplePath[]): KnownField[] {
  const samples = new Map(sampled.map((one) => [one.path, one]))
  const fields = described.map((field): KnownField => {
    const sample = samples.get(field.name)
    return { ...field, examples: sample?.examples ?? [], seen: sample?.count ?? 0, isDescribed: true }
  })
  const names = new Set(described.map(({ name }) => name))
  const others = sampled.filter(({ path, types }) => !names.has(path) && isPlain(path, types)).map(fromSample)
  return [...fields.filter(({ readOnly }) => !readOnly), ...fields.filter(({ readOnly }) => readOnly), ...others]
}

/** Samples of several sources of one system as one. */
export function joinSamples(samples: readonly (readonly SamplePath[])[]): SamplePath[] {
  const joined = new Map<string, SamplePath>()
  for (const one of samples.flat()) {
    const known = joined.get(one.path)
    joined.set(one.path, {
      path: one.path,
      types: [...new Set([...(known?.types ?? []), ...one.types])],
      count: (known?.count ?? 0) + one.count,
      examples: [...new Set([...(known?.examples ?? []), ...one.examples])].slice(0, 5),
    })
  }
  return [...joined.values()]
}

/** Fields under the part of their name that they share (`company` of `company/id`); the others each by itself. */
export interface FieldBranch {
  readonly name: string
  readonly label: string
  readonly fields: readonly KnownField[]
}

/** The tree of fields that match the words, in the order of the list. */
export function fieldTree(fields: readonly KnownField[], words: string): FieldBranch[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const branches = new Map<string, KnownField[]>()
  for (const field of fields) {
    const text = `${field.name} ${field.label} ${field.examples.join(' ')}`.toLowerCase()
    if (!wanted.every((word) => text.includes(word))) continue
    const head = field.name.includes('/') ? (field.name.split('/', 1)[0] ?? field.name) : field.name
    branches.set(head, [...(branches.get(head) ?? []), field])
  }
  return [...branches].map(([name, group]) => ({ name, label: branchLabel(group), fields: group }))
}

/** The names of fields that a mapping reads or writes at one side. */
export function usedFields(document: MappingDocument, system: SystemName): ReadonlySet<string> {
  return new Set(document.fields.map((row) => row[system]))
}

/** A field's name as an expression writes it: dots for depth, quotes where the name is no plain word. */
export function inExpression(name: string): string {
  return name
    .split('/')
    .map((part) => (/^[A-Za-z_]\w*$/.test(part) ? part : `\`${part}\``))
    .join('.')
}

/** The field at the other side that goes by the same name; null when none does. */
export function namesake(
  name: string,
  label: string,
  others: readonly Pick<KnownField, 'name' | 'label' | 'readOnly'>[],
): string | null {
  const words = [plain(name), plain(label)]
  const found = others.find((other) => !other.readOnly && words.includes(plain(other.name)))
  return (found ?? others.find((other) => !other.readOnly && words.includes(plain(other.label))))?.name ?? null
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

function branchLabel(group: readonly KnownField[]): string {
  const [first] = group
  if (first === undefined) return ''
  if (first.name.startsWith('customFields/')) return 'Custom fields'
  return first.label.replace(/ \(.*\)$/, '')
}

/** Lists and objects are read by expressions, not by rows. */
function isPlain(path: string, types: SamplePath['types']): boolean {
  return !path.includes('[]') && types.every((type) => type !== 'list' && type !== 'object')
}

function fromSample({ path, types, count, examples }: SamplePath): KnownField {
  const [first] = types.filter((type) => type !== 'empty')
  return {
    name: path,
    label: path,
    type: first === 'number' || first === 'boolean' ? first : 'text',
    required: false,
    length: null,
    readOnly: false,
    createOnly: false,
    values: null,
    restricted: false,
    referenceTo: null,
    examples,
    seen: count,
    isDescribed: false,
  }
}
