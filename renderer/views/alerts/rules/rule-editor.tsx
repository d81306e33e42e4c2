import { Button, SegmentedControl, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Page } from '#renderer/parts/page.tsx'
import { ruleAddress } from '#renderer/state/alerts/alert-place.ts'
import { severities, severityWording } from '#renderer/state/alerts/alert-words.ts'
import { draftKey } from '#renderer/state/alerts/alerts-slice.ts'
import { storedRule, unfitRule } from '#renderer/state/alerts/rule-draft.ts'
import { ruleSentence } from '#renderer/state/alerts/rule-words.ts'
import { useScopeNames } from '#renderer/state/alerts/use-alerts.ts'
import { goTo, useConsole } from '#renderer/state/console-context.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { useLeaveGuard } from '#renderer/state/use-leave-guard.ts'
import type { AlertRule } from '#shared/domain/alert.ts'
import type { Channel } from '#shared/domain/channel.ts'
import { FormPart } from '#renderer/parts/form-part.tsx'
import { RemoveRule } from './remove-rule.tsx'
import { RuleCondition } from './rule-condition.tsx'
import { RuleTelling } from './rule-telling.tsx'
import { RuleTrialPanel } from './rule-trial-panel.tsx'
import styles from './rule-editor.module.css'

interface Props {
  readonly start: AlertRule
  readonly isNew: boolean
  readonly taken: readonly string[]
  readonly channels: readonly Channel[]
  readonly onChanged: () => void
}

/** One rule: what it watches and who is told, with what it would have found in the last days. */
export function RuleEditor({ start, isNew, taken, channels, onChanged }: Props) {
  const [saved, setSaved] = useState(start)
  const workspace = useConsole((state) => state.relay.health?.workspace)
  const key = draftKey(workspace, start.id)
  const draft = useConsole((state) => state.alerts.ruleDrafts[key]) ?? saved
  const keep = useConsole((state) => state.alerts.keepRule)
  const edit = (next: AlertRule) => keep(key, next)
  const names = useScopeNames()
  const [run, busy] = useAction()
  const unfit = unfitRule(draft)
  const isChanged = JSON.stringify(draft) !== JSON.stringify(saved)
  const isDirty = isNew || isChanged
  useLeaveGuard({ changed: isChanged, name: `the rule “${draft.name}”`, address: ruleAddress(start.id) })

  async function save() {
    const answer = await run(
      'The rule could not be saved.',
      (call) => call.alertRules.save(storedRule(draft, taken)),
      (rule) => `“${rule.name}” is saved${rule.enabled ? '' : ', and switched off'}.`,
    )
    if (answer === null) return
    keep(key, null)
    setSaved(answer)
    onChanged()
    if (isNew) goTo(ruleAddress(answer.id), true)
  }

  return (
    <Page
      title={isNew ? 'New rule' : saved.name}
      lead={<a href={ruleAddress()}>All rules</a>}
      actions={!isNew && <RemoveRule rule={saved} onRemoved={() => keep(key, null)} />}
    >
      <p className={styles.sentence}>{ruleSentence(draft, names, channels)}</p>
      <div className={styles.columns}>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <TextInput
            size="sm"
            label="Name"
            required
            maxLength={100}
            value={draft.name}
            onChange={(event) => edit({ ...draft, name: event.currentTarget.value })}
          />
          <RuleCondition draft={draft} names={names} onChange={edit} />
          <FormPart title="How grave it is">
            <SegmentedControl
              size="sm"
              aria-label="How grave it is"
              value={draft.severity}
              data={severities.map((severity) => ({ value: severity, label: severityWording[severity].label }))}
              onChange={(chosen) => {
                const severity = severities.find((one) => one === chosen)
                if (severity !== undefined) edit({ ...draft, severity })
              }}
            />
            <p className={styles.meaning}>{severityWording[draft.severity].meaning}</p>
          </FormPart>
          <RuleTelling draft={draft} channels={channels} onChange={edit} />
          <footer className={styles.foot}>
            <Switch
              size="sm"
              label={draft.enabled ? 'Switched on' : 'Switched off: nobody is told'}
              checked={draft.enabled}
              onChange={(event) => edit({ ...draft, enabled: event.currentTarget.checked })}
            />
            <span className={styles.hint} role="status">
              {unfit ?? (isDirty ? 'Not saved yet.' : 'Saved.')}
            </span>
            {isChanged && (
              <Button variant="default" size="sm" onClick={() => keep(key, null)}>
                Discard changes
              </Button>
            )}
            <Button type="submit" size="sm" loading={busy} disabled={!isDirty || unfit !== null}>
              Save
            </Button>
          </footer>
        </form>
        <RuleTrialPanel draft={draft} names={names} isFit={unfit === null} />
      </div>
    </Page>
  )
}
