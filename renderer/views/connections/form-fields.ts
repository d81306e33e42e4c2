import * as z from 'zod'
import type { Json } from '#shared/domain/record.ts'
import { fieldTexts } from './field-texts.ts'

/** How one setting is asked for. */
export interface FormField {
  readonly name: string
  readonly label: string
  readonly help: string | null
  readonly control: 'text' | 'number' | 'switch' | 'choice' | 'lines' | 'connection'
  /** For `choice`. */
  readonly choices: readonly string[]
  readonly required: boolean
  /** Left empty it is null, which says something else than its default. */
  readonly nullable: boolean
  /** Stands among the settings that are rarely touched. */
  readonly rare: boolean
  readonly initial: Json | undefined
}

export type FormValues = Readonly<Record<string, Json | undefined>>

const plainProperty = z.object({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
})
const jsonProperty = plainProperty.extend({
  /** A setting that may be null is one of its own kind or null. */
  anyOf: z.array(plainProperty).optional(),
  default: z.json().optional(),
})

/**
 * The fields of a form, read from the schema of the settings. What has a default is rarely touched. `helps` and `labels` stand before the usual
 * ones.
 */
export function formFields(
  schema: z.ZodObject,
  helps: Readonly<Record<string, string>> = {},
  labels: Readonly<Record<string, string>> = {},
): FormField[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, raw]) => {
    const { anyOf, default: initial, ...own } = jsonProperty.parse(raw)
    const property = anyOf?.find((one) => one.type !== 'null') ?? own
    const texts = fieldTexts[name]
    const nullable = anyOf?.some((one) => one.type === 'null') === true
    return {
      name,
      label: labels[name] ?? texts?.label ?? spacedOut(name),
      help: helps[name] ?? texts?.help ?? null,
      control: name === 'connectionId' ? 'connection' : controlFor(property),
      choices: property.enum ?? [],
      required: required.includes(name) && !nullable,
      nullable,
      rare: initial !== undefined && texts?.common !== true,
      initial,
    }
  })
}

/** Values to start a new form with. */
export function initialValues(fields: readonly FormField[]): FormValues {
  return Object.fromEntries(fields.map((field) => [field.name, field.initial]))
}

/** What is wrong with the values, by field; empty when nothing is. */
export function formErrors(schema: z.ZodObject, values: FormValues): Record<string, string> {
  const result = schema.safeParse(filled(values))
  if (result.success) return {}
  return Object.fromEntries(result.error.issues.map((issue) => [String(issue.path[0] ?? ''), sentenceFor(issue)]))
}

/** The values without those left empty, which then take their default. */
export function filled(values: FormValues): Record<string, Json> {
  const entries = Object.entries(values).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined && entry[1] !== '',
  )
  return Object.fromEntries(entries)
}

function controlFor(property: z.infer<typeof plainProperty>): FormField['control'] {
  if (property.enum) return 'choice'
  if (property.type === 'boolean') return 'switch'
  if (property.type === 'integer' || property.type === 'number') return 'number'
  return property.type === 'array' ? 'lines' : 'text'
}

function sentenceFor(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'This is needed.'
  if (issue.code === 'invalid_format' && issue.format === 'url') return 'Enter a whole address, beginning with https://'
  return issue.message
}

export function spacedOut(name: string): string {
  const words = name.replace(/([A-Z])/g, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
