import { Loader, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useRef, useState } from 'react'
import { showDuration } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { useMeasured } from '#renderer/state/alerts/use-measured.ts'
import type { ScopeNames } from '#renderer/state/alerts/rule-words.ts'
import { metricValue } from '#renderer/state/alerts/threshold.ts'
import { firingsOf, trialSubjects } from '#renderer/state/alerts/trial-subjects.ts'
import { sentenceOf } from '#renderer/state/host-error.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { count } from '#renderer/state/wording.ts'
import { alertMetrics } from '#shared/domain/alert-metric.ts'
import type { AlertRule, RuleTrial } from '#shared/domain/alert.ts'
import { MeasuredChart } from '../measured-chart.tsx'
import styles from './rule-trial-panel.module.css'

/** A pause in typing after which the rule is tried anew (ms). */
const pauseMs = 400

/** Firings that are listed; more are counted. */
const mostListed = 6

interface Props {
  readonly draft: AlertRule
  readonly names: ScopeNames
  /** It can be tried only when it says something. */
  readonly isFit: boolean
}

/** When the rule would have fired in the last days, in a sentence and drawn beside its threshold; follows what is typed. */
export function RuleTrialPanel({ draft, names, isFit }: Props) {
  const { comparison, metric, scope, threshold, windowMinutes } = draft
  // Who is told and when changes nothing about it.
  const tried = { ...draft, name: 'Trial', channels: [], quietHours: null, remindMinutes: null, enabled: true }
  const question = JSON.stringify([metric, scope, comparison, threshold, windowMinutes])
  const [asked] = useDebouncedValue(question, pauseMs)
  const answer = useAnswer(`trial ${asked}`, async (call) => (isFit ? call.alertRules.trial(tried) : null))
  // The last answer stays in sight until the next one is there, so that nothing jumps while somebody types.
  const last = useRef<{ trial: RuleTrial; rule: AlertRule } | null>(null)
  if (answer.value !== null && asked === question) last.current = { trial: answer.value, rule: tried }
  const isBusy = isFit && (answer.loading || asked !== question)
  const shown = last.current
  return (
    <aside className={styles.panel} aria-label="Trial">
      <h2 className={styles.title}>When it would have fired {isBusy && <Loader size={12} aria-label="Trying" />}</h2>
      <div role="status">
        {answer.failed !== null && <p className={styles.soft}>It can’t be tried: {sentenceOf(answer.failed)}</p>}
        {shown !== null && answer.failed === null && <p className={styles.sentence}>{shown.trial.sentence}</p>}
      </div>
      {shown !== null && answer.failed === null && <Found {...shown} names={names} />}
    </aside>
  )
}

function Found({ trial, rule, names }: { trial: RuleTrial; rule: AlertRule; names: ScopeNames }) {
  const subjects = trialSubjects(rule, trial, names)
  const [wanted, setWanted] = useState<string | null>(null)
  const subject = subjects.find(({ value }) => value === wanted) ?? subjects[0]
  if (subject === undefined) return null
  const firings = firingsOf(trial, subject)
  return (
    <>
      {subjects.length > 1 && (
        <Select
          size="xs"
          aria-label="Whose figures"
          allowDeselect={false}
          data={subjects.map(({ value, label, firings: many }) => ({
            value,
            label: many === 0 ? label : `${label} (${many})`,
          }))}
          value={subject.value}
          onChange={setWanted}
        />
      )}
      <TrialChart trial={trial} rule={rule} subject={subject} />
      {firings.length > 0 && (
        <ul className={styles.firings} aria-label="Times it would have fired">
          {firings.slice(0, mostListed).map(({ from, until, value }) => (
            <li key={from}>
              <Time at={from} />
              <span>
                {until === null ? 'still now' : `for ${showDuration(until - from)}`}
                {alertMetrics[rule.metric].unit !== 'yes-or-no' && `, at worst ${metricValue(rule.metric, value)}`}
              </span>
            </li>
          ))}
          {firings.length > mostListed && (
            <li className={styles.soft}>and {count(firings.length - mostListed, 'earlier time')}</li>
          )}
        </ul>
      )}
    </>
  )
}

interface ChartProps {
  readonly trial: RuleTrial
  readonly rule: AlertRule
  readonly subject: ReturnType<typeof trialSubjects>[number]
}

function TrialChart({ trial: { firings, from, to }, rule, subject: { kind, id, label } }: ChartProps) {
  const { metric, threshold, windowMinutes } = rule
  // The end of the trial moves on by itself; that alone is no new question.
  const { value: measured } = useMeasured({ metric, windowMinutes, kind, id }, () => ({ from, to }))
  if (measured === null) return <div className={styles.chart} />
  if (measured.points.every(({ value }) => value === null))
    return <p className={styles.soft}>Nothing of this was measured yet, so there is no chart.</p>
  const own = firings.filter(({ subject }) => subject.kind === kind && subject.id === id)
  return (
    <div className={styles.chart}>
      <MeasuredChart
        metric={metric}
        name={label}
        measured={measured}
        threshold={threshold}
        bands={own.map((one) => ({ from: one.from, to: one.until ?? to }))}
        height={190}
      />
    </div>
  )
}
