import type { EventCriteria, EventExclusions } from '../contract/event-filter.ts'
import type { EventSummary } from '../domain/event.ts'
import { searchWords } from './filter-tokens.ts'
import { instantOf } from './instant-text.ts'

/** Whether an event fits a filter; null: its summary does not say, only the host can tell. */
export type EventJudge = (event: EventSummary, now: number) => boolean | null

type Test = EventJudge

/** Judges events by a filter as the host does, as far as their summaries tell: they name no routes, no pairs and no failures. */
export function eventJudge({ since, until, not, ...wanted }: EventCriteria): EventJudge {
  const tests: readonly Test[] = [
    ...testsOf(wanted),
    ...testsOf(not ?? {}, true),
    ...(since === undefined ? [] : [inTime(since, 'since')]),
    ...(until === undefined ? [] : [inTime(until, 'until')]),
  ]
  return (event, now) => {
    let verdict: boolean | null = true
    for (const test of tests) {
      const one = test(event, now)
      if (one === false) return false
      if (one === null) verdict = null
    }
    return verdict
  }
}

/** The tests of a filter's fields; of `not`, turned round. */
function testsOf(fields: EventExclusions, isTurned = false): Test[] {
  const tests = [
    ...among(fields.state, (event) => event.state),
    ...among(fields.system, (event) => event.system),
    ...among(fields.sourceId, (event) => event.sourceId),
    ...among(fields.action, (event) => event.action),
    ...among(fields.recordId, (event) => event.recordId),
    ...among(
      fields.entity?.map((entity) => entity.toLowerCase()),
      (event) => event.entity.toLowerCase(),
    ),
    ...resultTest(fields.result),
    ...(isAsked(fields) ? [() => null] : []),
    ...searchWords(fields.text ?? '').map(wordTest),
  ]
  return isTurned ? tests.map(turned) : tests
}

/** Fields about which a summary says nothing. */
function isAsked({ routeId, connectwiseId, salesforceId, error, failureClass }: EventExclusions): boolean {
  return [routeId, connectwiseId, salesforceId, error, failureClass].some((values) => values !== undefined)
}

function among(values: readonly string[] | undefined, of: (event: EventSummary) => string): Test[] {
  return values === undefined ? [] : [(event) => values.includes(of(event))]
}

/** A summary names the result of one delivery; others may have ended in other ways. */
function resultTest(results: EventExclusions['result']): Test[] {
  if (results === undefined) return []
  return [({ result }) => (result !== null && results.includes(result) ? true : null)]
}

/** A word may also stand in a failure, which only events that have one have. */
function wordTest(word: string): Test {
  const wanted = inSmall(word)
  return ({ recordId, entity, title, note, state }) => {
    const isThere = [recordId, entity, title, note].some((text) => text !== null && inSmall(text).includes(wanted))
    return isThere || (mayHaveFailure.has(state) ? null : false)
  }
}

/** As the host compares: letters outside ASCII have to match in case. */
function inSmall(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

const mayHaveFailure: ReadonlySet<EventSummary['state']> = new Set(['open', 'dead', 'cancelled'])

function turned(test: Test): Test {
  return (event, now) => {
    const verdict = test(event, now)
    return verdict === null ? null : !verdict
  }
}

function inTime(text: string, side: 'since' | 'until'): Test {
  return ({ receivedAt }, now) => {
    const at = instantOf(text, now, side)
    if (at === null) return true
    return side === 'since' ? receivedAt >= at : receivedAt < at
  }
}
