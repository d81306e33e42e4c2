import jsonata from 'jsonata'
import * as z from 'zod'
import type { Json, Values } from '#shared/domain/record.ts'
import { nestedView } from './record-view.ts'
import { GuardedRegExp } from './regex-guard.ts'

/** What an expression gave; a reason is a clause for a sentence that names the row. */
export type Evaluation = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly reason: string }

/**
 * Bounds of one evaluation: steps, nested calls, items in a list. Host and window share one thread with it. Steps and not time, as a busy
 * machine, or one that slept, is no fault of the expression; so many take about a third of a second.
 */
const maxSteps = 50_000
const limits = { stack: 500, sequence: 10_000 } as const

/** Takes code from text, or gives something else each time, so that a mapping would never settle. */
const forbiddenFunctions = ['eval', 'random', 'shuffle']

/** `names`: what it reads, by the names in its text; null when these don't tell. */
type Compiled =
  { readonly expression: jsonata.Expression; readonly names: ReadonlySet<string> | null } | ExpressionFault

/** Why a text is no expression, and up to where it could be read (characters from its start); null when that is not known. */
export interface ExpressionFault {
  readonly reason: string
  readonly position: number | null
}

const cache = new Map<string, Compiled>()
const cacheSize = 1_000
const json = z.json()

function reasonOf(thrown: unknown): string {
  const error: { code?: unknown; message?: unknown } = typeof thrown === 'object' && thrown !== null ? thrown : {}
  if (thrown instanceof TooManySteps) return `it takes more than ${maxSteps.toLocaleString('en')} steps`
  if (error.code === 'D1011') return 'it calls itself too often'
  const message = typeof error.message === 'string' && error.message !== '' ? error.message : String(thrown)
  return message.charAt(0).toLowerCase() + message.slice(1)
}

function positionOf(thrown: unknown): number | null {
  const position = typeof thrown === 'object' && thrown !== null && 'position' in thrown ? thrown.position : null
  return typeof position === 'number' && position >= 0 ? position : null
}

/** JSONata's own functions are JavaScript's; those that an expression makes are marked objects. */
function isFunction(given: unknown): boolean {
  return typeof given === 'function' || (typeof given === 'object' && given !== null && '_jsonata_lambda' in given)
}

/** Adds every name in the text; false when it can read fields without naming them. */
function addNames(node: unknown, names: Set<string>): boolean {
  if (typeof node !== 'object' || node === null) return true
  if (Array.isArray(node)) return node.every((part) => addNames(part, names))
  const { type, value } = node as { type?: unknown; value?: unknown }
  const readsAnything = type === 'wildcard' || type === 'descendant' || (type === 'variable' && value === '$')
  if (readsAnything) return false
  if (type === 'name' && typeof value === 'string') names.add(value)
  return Object.values(node).every((part) => addNames(part, names))
}

class TooManySteps extends Error {}

/** Where JSONata looks for what it is to call at each step; `assign` takes any key, though its type says text. */
const atEachStep = Symbol.for('jsonata.__evaluate_entry') as unknown as string

/** Counts the steps of each evaluation by itself: `base` is there once for each. */
function countSteps(): (part: unknown, input: unknown, environment: { readonly base: object }) => void {
  const steps = new WeakMap<object, number>()
  return (_part, _input, { base }) => {
    const step = (steps.get(base) ?? 0) + 1
    if (step > maxSteps) throw new TooManySteps()
    steps.set(base, step)
  }
}

function compile(text: string): Compiled {
  const known = cache.get(text)
  if (known !== undefined) return known
  let compiled: Compiled
  try {
    const expression = jsonata(text, { ...limits, RegexEngine: GuardedRegExp as RegExpConstructor })
    for (const name of forbiddenFunctions) expression.assign(name, undefined)
    expression.assign(atEachStep, countSteps())
    const names = new Set<string>()
    compiled = { expression, names: addNames(expression.ast(), names) ? names : null }
  } catch (thrown) {
    compiled = { reason: reasonOf(thrown), position: positionOf(thrown) }
  }
  if (cache.size >= cacheSize) cache.clear()
  cache.set(text, compiled)
  return compiled
}

/**
 * Which of these fields an expression may read: rather too many than too few. Null when it can't be told by its text, as
 * with wildcards.
 */
export function fieldsRead(text: string, fields: readonly string[]): readonly string[] | null {
  const compiled = compile(text)
  if ('reason' in compiled || compiled.names === null) return null
  const { names } = compiled
  return fields.filter((field) => field.split('/').some((part) => names.has(part)))
}

/** Why this text is not an expression; null when it is one. For the moment when a mapping is saved. */
export function checkExpression(text: string): string | null {
  return findFault(text)?.reason ?? null
}

/** What is wrong with this text as an expression, and where; null when nothing is. For the moment when it is typed. */
export function findFault(text: string): ExpressionFault | null {
  const compiled = compile(text)
  return 'reason' in compiled ? compiled : null
}

/**
 * Runs a JSONata expression over a record, bounded in steps and depth and with no way to code. It sees the record's
 * nested view and `$recordId`; what it does not find gives null. Compiled once for each text.
 */
export async function evaluate(text: string, record: Values, recordId: string): Promise<Evaluation> {
  const compiled = compile(text)
  if ('reason' in compiled) return { ok: false, reason: compiled.reason }
  try {
    const given: unknown = await compiled.expression.evaluate(nestedView(record), { recordId })
    if (given === undefined || given === null) return { ok: true, value: null }
    if (isFunction(given)) return { ok: false, reason: 'it gives a function and not a value' }
    // Lists of JSONata carry marks of their own; a copy leaves them behind.
    const value = json.safeParse(JSON.parse(JSON.stringify(given)))
    return value.success ? { ok: true, value: value.data } : { ok: false, reason: 'it does not give a plain value' }
  } catch (thrown) {
    return { ok: false, reason: reasonOf(thrown) }
  }
}
