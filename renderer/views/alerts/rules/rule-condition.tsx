import { NumberInput, SegmentedControl, Select } from '@mantine/core'
import { withMetric } from '#renderer/state/alerts/rule-draft.ts'
import type { ScopeNames } from '#renderer/state/alerts/rule-words.ts'
import { scopeChoices, scopeOf, scopeValue } from '#renderer/state/alerts/scope-choices.ts'
import { thresholdField } from '#renderer/state/alerts/threshold.ts'
import { alertMetric, alertMetrics } from '#shared/domain/alert-metric.ts'
import type { AlertRule } from '#shared/domain/alert.ts'
import { FormPart } from '#renderer/parts/form-part.tsx'
import { metricGroups } from './metric-groups.ts'
import styles from './rule-condition.module.css'

interface Props {
  readonly draft: AlertRule
  readonly names: ScopeNames
  readonly onChange: (draft: AlertRule) => void
}

/** What a rule watches: of whom, compared with what, and for how long. */
export function RuleCondition({ draft, names, onChange }: Props) {
  const { metric, scope, comparison, threshold, windowMinutes } = draft
  const { over, scopes } = alertMetrics[metric]
  const field = thresholdField(metric)
  return (
    <FormPart title="What it watches">
      <div className={styles.fields}>
        <Select
          size="sm"
          label="What"
          allowDeselect={false}
          data={metricGroups}
          maxDropdownHeight={360}
          value={metric}
          onChange={(chosen) => {
            const next = alertMetric.safeParse(chosen).data
            if (next !== undefined && next !== metric) onChange(withMetric(draft, next))
          }}
        />
        <Select
          size="sm"
          label="Of whom"
          description={scope.id === null && scope.kind !== 'all' ? 'Each has an alert of its own.' : undefined}
          inputWrapperOrder={['label', 'input', 'description']}
          allowDeselect={false}
          data={scopeChoices(scopes, scope, names)}
          value={scopeValue(scope)}
          onChange={(chosen) => {
            const next = scopeOf(chosen ?? '')
            if (next !== null) onChange({ ...draft, scope: next })
          }}
        />
      </div>
      <div className={styles.line}>
        {field === null ? (
          <span>when that is so</span>
        ) : (
          <>
            <span>when it is</span>
            <SegmentedControl
              size="xs"
              aria-label="Above or below"
              value={comparison}
              data={[
                { value: 'above', label: 'above' },
                { value: 'below', label: 'below' },
              ]}
              onChange={(chosen) => onChange({ ...draft, comparison: chosen === 'below' ? 'below' : 'above' })}
            />
            <NumberInput
              className={styles.threshold ?? ''}
              size="xs"
              aria-label="Threshold"
              suffix={field.suffix}
              min={0}
              max={field.max}
              step={field.step}
              decimalScale={2}
              value={Number.isNaN(threshold) ? '' : threshold / field.scale}
              onChange={(typed) =>
                onChange({ ...draft, threshold: typeof typed === 'number' ? typed * field.scale : Number.NaN })
              }
            />
          </>
        )}
        <span>{over === 'window' ? 'within' : 'for'}</span>
        <NumberInput
          className={styles.window ?? ''}
          size="xs"
          aria-label={over === 'window' ? 'Within how many minutes' : 'For how many minutes'}
          suffix={windowMinutes === 1 ? ' minute' : ' minutes'}
          min={1}
          max={1_440}
          allowDecimal={false}
          value={windowMinutes}
          onChange={(typed) => typeof typed === 'number' && onChange({ ...draft, windowMinutes: typed })}
        />
      </div>
      <p className={styles.help}>
        {over === 'window'
          ? 'What was counted in this time is taken together.'
          : 'It has to stay like this for the whole time, so that a moment alone tells nobody.'}
      </p>
    </FormPart>
  )
}
