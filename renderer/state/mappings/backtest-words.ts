import type { MappingBacktest } from '#shared/domain/mapping-draft.ts'
import { count } from '../wording.ts'

/** What a backtest found, in sentences; the first one is the sum. */
export function backtestSentences(result: MappingBacktest): [string, ...string[]] {
  const { compared, events, failing, failingBefore, stopped, version, withoutValues } = result
  const rest: string[] = []
  if (failing > 0 || failingBefore > 0) rest.push(failures(failingBefore, failing, version))
  if (withoutValues > 0) {
    rest.push(`${count(withoutValues, 'event')} could not be compared: no values of the record are stored.`)
  }
  if (stopped === 'time') rest.push('It took too long for all events; the newest ones were compared.')
  if (compared === 0) return ['There is no event to compare on yet.', ...rest]
  const of = count(compared, 'output')
  if (events.length === 0) return [`Changes none of ${of}.`, ...rest]
  return [`Changes ${events.length.toLocaleString('en')} of ${of}.`, ...rest]
}

function failures(before: number, after: number, version: number | null): string {
  const now = `${after === 0 ? 'None' : after} of these events would fail`
  if (before === after) return `${now}, as with the stored version.`
  return version === null ? `${now}.` : `${now}; with version ${version} it is ${before}.`
}
