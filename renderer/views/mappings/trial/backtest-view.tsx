import { Button, Loader } from '@mantine/core'
import { useState } from 'react'
import { valueText } from '#renderer/state/field-rows.ts'
import { sentenceOf } from '#renderer/state/host-error.ts'
import type { Backtest } from '#renderer/state/mappings/use-backtest.ts'
import { backtestSentences } from '#renderer/state/mappings/backtest-words.ts'
import { addressOf } from '#renderer/state/place.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { count } from '#renderer/state/wording.ts'
import type { MappingBacktest, OutputChange } from '#shared/domain/mapping-draft.ts'
import styles from './backtest-view.module.css'

/** What the draft would have written otherwise for the latest events, or how far the comparison is. */
export function BacktestView({ backtest }: { backtest: Backtest }) {
  if (backtest.running)
    return (
      <p className={styles.running} role="status">
        <Loader size={14} /> Comparing with the stored version on the latest events…
      </p>
    )
  if (backtest.failed !== null)
    return (
      <p className={styles.running}>
        The comparison failed. {sentenceOf(backtest.failed)}
        <Button size="compact-xs" variant="default" onClick={backtest.run}>
          Try again
        </Button>
      </p>
    )
  if (backtest.result === null) return null
  return <Outcome result={backtest.result} />
}

/** Events shown at once. */
const step = 20

function Outcome({ result }: { result: MappingBacktest }) {
  const [shown, setShown] = useState(step)
  const [headline, ...rest] = backtestSentences(result)
  const kept = useAnswer('test cases', (call) => call.samples.list({}))
  return (
    <div className={styles.outcome} role="group" aria-label="Backtest">
      <p className={styles.headline} data-tone={result.failing > result.failingBefore ? 'bad' : 'good'}>
        {headline}
      </p>
      {rest.map((sentence) => (
        <p key={sentence} className={styles.soft}>
          {sentence}
        </p>
      ))}
      {result.events.length > 0 && (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls has to be reachable by keyboard
        <div className={styles.box} tabIndex={0} role="group" aria-label="Outputs that change">
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Event</th>
                <th scope="col">Field</th>
                <th scope="col">Before</th>
                <th scope="col">After</th>
              </tr>
            </thead>
            <tbody>
              {result.events.slice(0, shown).map(({ eventId, title, recordId, changes }) =>
                changes.map((change, at) => (
                  <tr key={`${eventId} ${change.field}`}>
                    {at === 0 && (
                      <th scope="row" rowSpan={changes.length}>
                        <a href={addressOf('live', [eventId])} target="_self">
                          {title ?? recordId}
                        </a>
                        <TestCase name={kept.value?.find((one) => one.eventId === eventId)?.name} />
                      </th>
                    )}
                    <td>{change.field}</td>
                    <Side change={change} side="before" />
                    <Side change={change} side="after" />
                  </tr>
                )),
              )}
            </tbody>
          </table>
          {result.events.length > shown && (
            <Button size="compact-xs" variant="default" onClick={() => setShown(shown + step)}>
              Show {Math.min(step, result.events.length - shown)} more of {count(result.events.length, 'event')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}

function TestCase({ name }: { name: string | undefined }) {
  return name === undefined ? null : <span className={styles.case}>Test case: {name}</span>
}

function Side({ change, side }: { change: OutputChange; side: 'before' | 'after' }) {
  const failure = side === 'before' ? change.failureBefore : change.failureAfter
  const value = change[side]
  if (failure !== undefined)
    return (
      <td className={styles.fails} title={failure}>
        fails
      </td>
    )
  return (
    <td className={value === undefined ? styles.soft : styles[side]}>
      {value === undefined ? 'left alone' : valueText(value)}
    </td>
  )
}
