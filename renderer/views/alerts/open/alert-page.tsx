import { Button } from '@mantine/core'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Page, Section } from '#renderer/parts/page.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { ruleAddress } from '#renderer/state/alerts/alert-place.ts'
import { alertStateWording, severityWording, whoWords } from '#renderer/state/alerts/alert-words.ts'
import { useAlertNews } from '#renderer/state/alerts/use-alerts.ts'
import { addressOf } from '#renderer/state/place.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import { useVisible } from '#renderer/state/use-visible.ts'
import type { AlertDetail } from '#shared/domain/alert.ts'
import type { AlertId } from '#shared/domain/ids.ts'
import { Waiting } from '#renderer/views/frame/waiting.tsx'
import { AlertActions } from './alert-actions.tsx'
import { AlertFacts } from './alert-card.tsx'
import { AlertChart } from './alert-chart.tsx'
import { AlertStory } from './alert-story.tsx'
import { ToldList } from './told-list.tsx'
import styles from './alert-page.module.css'

/** How often it is looked whether messages have arrived (ms). */
const lookEveryMs = 5_000

/** One alert: what was measured, what happened to it step by step, and who was told. */
export function AlertPage({ id }: { id: number }) {
  const isVisible = useVisible()
  const { failed, reload, value } = useAnswer(
    `alert ${id}`,
    (call) => call.alerts.get({ id: id as AlertId }),
    isVisible ? lookEveryMs : undefined,
  )
  useAlertNews(reload)
  if (value === null) {
    if (failed === null) return <Waiting />
    if (isUnknown(failed)) return <Unknown />
    return <LoadFailure what={`Alert ${id}`} error={failed} again={reload} />
  }
  return <Story alert={value} onChanged={reload} />
}

function Story({ alert, onChanged }: { alert: AlertDetail; onChanged: () => void }) {
  const { acknowledged, resolved, ruleId, sentence, severity, state, whatToDo } = alert
  return (
    <Page
      title={`Alert ${alert.id}`}
      lead={<a href={state === 'resolved' ? addressOf('alerts', ['history']) : addressOf('alerts')}>All alerts</a>}
      actions={
        <Button size="compact-sm" variant="default" component="a" href={ruleAddress(ruleId)}>
          Change the rule
        </Button>
      }
    >
      <Panel tone={state === 'resolved' ? 'good' : severityWording[severity].tone} label="What is the matter">
        <div className={styles.top}>
          <p className={styles.head}>
            <strong className={styles.sentence}>{sentence}</strong>
            <StateBadge wording={severityWording[severity]} />
            <StateBadge wording={alertStateWording[state]} />
          </p>
          <AlertFacts alert={alert} />
          {whatToDo !== null && state !== 'resolved' && (
            <p className={styles.todo}>
              <strong>What to do: </strong>
              {whatToDo}
            </p>
          )}
          {resolved === null && acknowledged !== null && acknowledged.note !== '' && (
            <p className={styles.soft}>
              Note of {whoWords(acknowledged.who)}: {acknowledged.note}
            </p>
          )}
          <div className={styles.actions}>
            <AlertActions alert={alert} onChanged={onChanged} />
          </div>
        </div>
      </Panel>
      <AlertChart alert={alert} />
      <div className={styles.columns}>
        <Section title="What happened">
          <AlertStory alert={alert} />
        </Section>
        <Section title="Who was told">
          <ToldList notifications={alert.notifications} />
        </Section>
      </div>
    </Page>
  )
}

function Unknown() {
  return (
    <EmptyState icon="bell" title="There is no such alert">
      It may be older than what Patchbay keeps. <a href={addressOf('alerts')}>See what is open</a>
    </EmptyState>
  )
}

function isUnknown(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'NOT_FOUND'
}
