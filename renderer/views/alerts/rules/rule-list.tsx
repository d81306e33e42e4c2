import { Button, Switch } from '@mantine/core'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Section } from '#renderer/parts/page.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { ruleAddress } from '#renderer/state/alerts/alert-place.ts'
import { severityWording } from '#renderer/state/alerts/alert-words.ts'
import { ruleSentence, timingSentence } from '#renderer/state/alerts/rule-words.ts'
import { useChannels, useOpenAlerts, useRules, useScopeNames } from '#renderer/state/alerts/use-alerts.ts'
import { goTo } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import { useAction } from '#renderer/state/use-action.ts'
import type { AlertRule } from '#shared/domain/alert.ts'
import type { ChannelReport } from '#shared/domain/channel.ts'
import { Waiting } from '#renderer/views/frame/waiting.tsx'
import styles from './rule-list.module.css'

/** All rules, each as a sentence, with its switch. */
export function RuleList() {
  const rules = useRules()
  const channels = useChannels()
  const open = useOpenAlerts().value ?? []
  if (rules.value === null) {
    return rules.failed === null ? (
      <Waiting />
    ) : (
      <LoadFailure what="The rules" error={rules.failed} again={rules.reload} />
    )
  }
  return (
    <Section title="Rules" lead="Each is looked at once a minute." actions={<NewRule />}>
      {rules.value.length === 0 && (
        <EmptyState icon="bell" title="No rule yet">
          A rule says when you want to be told: a route that fails too often, a source gone quiet, API calls that run
          out. You see when it would have fired last week before you save it.
        </EmptyState>
      )}
      {rules.value.length > 0 && (
        <ul className={styles.list} aria-label="Rules">
          {rules.value.map((rule) => (
            <Row
              key={rule.id}
              rule={rule}
              channels={channels.value ?? []}
              open={open.filter(({ ruleId }) => ruleId === rule.id).length}
              onChanged={rules.reload}
            />
          ))}
        </ul>
      )}
    </Section>
  )
}

function NewRule() {
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<Icon name="plus" size={13} />}
      onClick={() => goTo(ruleAddress('new'))}
    >
      New rule
    </Button>
  )
}

interface RowProps {
  readonly rule: AlertRule
  readonly channels: readonly ChannelReport[]
  /** Alerts of it that are open. */
  readonly open: number
  readonly onChanged: () => void
}

function Row({ rule, channels, open, onChanged }: RowProps) {
  const names = useScopeNames()
  const timing = timingSentence(rule)
  return (
    <li className={styles.rule} data-off={!rule.enabled}>
      <span className={styles.badge}>
        <StateBadge wording={severityWording[rule.severity]} />
      </span>
      <div className={styles.words}>
        <p>
          <a className={styles.name} href={ruleAddress(rule.id)}>
            {rule.name}
          </a>
          {open > 0 && (
            <a className={styles.open} href={addressOf('alerts')}>
              {open.toLocaleString('en')} open
            </a>
          )}
        </p>
        <p className={styles.sentence}>
          {ruleSentence(
            rule,
            names,
            channels.map(({ channel }) => channel),
          )}
        </p>
        {timing !== '' && <p className={styles.soft}>{timing}</p>}
      </div>
      <RuleSwitch rule={rule} onChanged={onChanged} />
    </li>
  )
}

function RuleSwitch({ rule, onChanged }: Pick<RowProps, 'rule' | 'onChanged'>) {
  const [run, busy] = useAction()
  const turn = async (enabled: boolean) => {
    await run(
      `The rule could not be switched ${enabled ? 'on' : 'off'}.`,
      (call) => call.alertRules.save({ ...rule, enabled }),
      () => (enabled ? null : `“${rule.name}” is switched off: what it had found counts as over.`),
    )
    onChanged()
  }
  return (
    <Switch
      size="sm"
      aria-label={rule.name}
      label={rule.enabled ? 'On' : 'Off'}
      labelPosition="left"
      checked={rule.enabled}
      disabled={busy}
      onChange={(event) => void turn(event.currentTarget.checked)}
    />
  )
}
