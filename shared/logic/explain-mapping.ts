import type { OutputChange, MappingRule, RowResult } from '#shared/domain/mapping-draft.ts'
import type { MappingDocument, MappingField } from '#shared/domain/mapping.ts'
import type { Json } from '#shared/domain/record.ts'
import { otherSystem } from '#shared/domain/record.ts'
import { applyMapping, expressionTo, rowsTo, type MappingRun } from './apply-mapping.ts'
import { evaluate } from './expression.ts'
import { isEmpty, sameJson } from './json.ts'
import { normalise } from './normalise.ts'
import { translate } from './value-map.ts'

/** What each row that writes to a system makes of a record. Unlike a delivery it goes on after a row that fails. */
export async function explainMapping(run: MappingRun): Promise<RowResult[]> {
  const results: RowResult[] = []
  for (const row of rowsTo(run.document, run.to)) results.push(await explainRow(row, run))
  return results
}

async function explainRow(row: MappingField, run: MappingRun): Promise<RowResult> {
  const { document, to, source, isCreate } = run
  const from = otherSystem(to)
  const sourceValue = source[row[from]]
  const base = {
    row: document.fields.indexOf(row),
    source: row[from],
    ...(sourceValue === undefined ? {} : { sourceValue }),
    field: row[to],
    failure: null,
    warning: null,
  }
  if (row.createOnly && !isCreate) return { ...base, outcome: 'left', rules: ['create-only'] }
  const { rules, warning } = await traceRules(row, run)
  const mapped = await mapRow(row, run)
  if (!mapped.ok) return { ...base, outcome: 'failed', rules, failure: mapped.failure }
  const { value } = mapped
  if (value === undefined) return { ...base, outcome: 'left', rules, warning }
  if (row.fromParent !== undefined && isCreate && to === 'connectwise' && isEmpty(value)) {
    const { field, parent } = row.fromParent
    return {
      ...base,
      outcome: 'left',
      rules: [...rules, 'from-parent'],
      warning: `It is taken from ${field} of ${parent}.`,
    }
  }
  return { ...base, outcome: isEmpty(value) ? 'cleared' : 'set', value, rules, warning }
}

/** What one row alone comes to, by the very code that deliveries run. */
async function mapRow(row: MappingField, run: MappingRun) {
  const mapped = await applyMapping({ ...run, document: { ...run.document, fields: [row] } })
  return mapped.ok ? { ok: true as const, value: mapped.value[row[run.to]] } : mapped
}

interface Trace {
  readonly rules: MappingRule[]
  readonly warning: string | null
}

/** Names what takes part in a row's value. Only for people to read: what the value is, `applyMapping` says. */
async function traceRules(row: MappingField, run: MappingRun): Promise<Trace> {
  const { to, source, sourceId, isCreate, isFull } = run
  const expression = expressionTo(row, to)
  const first: MappingRule = expression === undefined ? 'copy' : 'expression'
  let value: Json | undefined = source[row[otherSystem(to)]] ?? null
  if (expression !== undefined) {
    const evaluation = isFull ? await evaluate(expression, source, sourceId) : null
    if (evaluation?.ok === false) return { rules: [first], warning: null }
    value = evaluation?.value
  } else if (!Object.hasOwn(source, row[otherSystem(to)]) && !isCreate) value = undefined
  if (value === undefined) return { rules: ['not-known'], warning: null }
  if (isEmpty(value)) return { rules: [first, row.whenEmpty], warning: null }
  if (row.reference !== undefined) return { rules: [first, 'reference'], warning: null }
  return traceCarried(row, value, [first], run)
}

function traceCarried(row: MappingField, value: Json, rules: MappingRule[], { document, to }: MappingRun): Trace {
  let translated = value
  if (row.valueMap !== undefined) {
    const { kind, ...translation } = translate(row.valueMap, value, to)
    if (kind === 'leave') return { rules: [...rules, 'leave'], warning: null }
    const isPaired = translate({ ...row.valueMap, unmapped: 'fail' }, value, to).kind === 'value'
    const other = { default: 'value-map-default', pass: 'passed-on', fail: 'value-map', leave: 'leave' } as const
    rules.push(isPaired ? 'value-map' : other[row.valueMap.unmapped])
    if (!('value' in translation)) return { rules, warning: null }
    translated = translation.value
  }
  const country = document.phoneCountry
  const written = normalise(translated, row.normalise, country === undefined ? { to } : { to, phoneCountry: country })
  if (!sameJson(written, translated)) rules.push('normalise')
  if (isEmpty(written)) return { rules: [...rules, row.whenEmpty], warning: null }
  const limit = row.maxLength[to]
  if (typeof written !== 'string' || limit === undefined || written.length <= limit) return { rules, warning: null }
  if (row.whenTooLong === 'truncate') rules.push('truncate')
  return { rules, warning: `It is cut from ${written.length} to ${limit} characters.` }
}

/**
 * What two documents make differently of one record. `failing`: the second one fails on it, `failingBefore`: the first one does. To wait for
 * another record is not to fail.
 */
export async function compareOutputs(
  run: Omit<MappingRun, 'document'>,
  before: MappingDocument | null,
  after: MappingDocument,
): Promise<{ readonly changes: readonly OutputChange[]; readonly failing: boolean; readonly failingBefore: boolean }> {
  const old = before === null ? new Map<string, Output>() : await outputs({ ...run, document: before })
  const now = await outputs({ ...run, document: after })
  const fields = [...new Set([...old.keys(), ...now.keys()])]
  const changes = fields.flatMap((field) => {
    const [was, is] = [old.get(field) ?? nothing, now.get(field) ?? nothing]
    return isSame(was, is) ? [] : [toChange(field, was, is)]
  })
  return { changes, failing: fails(now), failingBefore: fails(old) }
}

function fails(found: ReadonlyMap<string, Output>): boolean {
  return [...found.values()].some((output) => output.failure !== undefined && output.waits !== true)
}

interface Output {
  readonly value?: Json
  readonly failure?: string
  /** The failure is that another record has to be there first. */
  readonly waits?: boolean
}

const nothing: Output = {}

/** By field; where several rows write the same one, the last that has a value for it counts, as in a delivery. */
async function outputs(run: MappingRun): Promise<Map<string, Output>> {
  const found = new Map<string, Output>()
  for (const row of rowsTo(run.document, run.to)) {
    if (row.createOnly && !run.isCreate) continue
    const mapped = await mapRow(row, run)
    if (!mapped.ok) {
      const { sentence, class: kind } = mapped.failure
      found.set(row[run.to], { failure: sentence, waits: kind === 'dependency' })
    } else if (mapped.value !== undefined) found.set(row[run.to], { value: mapped.value })
  }
  return found
}

function isSame(one: Output, other: Output): boolean {
  if (one.failure !== undefined || other.failure !== undefined) return one.failure === other.failure
  if (one.value === undefined || other.value === undefined) return one.value === other.value
  return sameJson(one.value, other.value)
}

function toChange(field: string, was: Output, is: Output): OutputChange {
  return {
    field,
    ...(was.value === undefined ? {} : { before: was.value }),
    ...(is.value === undefined ? {} : { after: is.value }),
    ...(was.failure === undefined ? {} : { failureBefore: was.failure }),
    ...(is.failure === undefined ? {} : { failureAfter: is.failure }),
  }
}
