import { Icon } from '#renderer/parts/icon.tsx'
import { Panel } from '#renderer/parts/panel.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { showDuration } from '#renderer/parts/time-format.ts'
import { Time } from '#renderer/parts/time.tsx'
import { alertAddress } from '#renderer/state/alerts/alert-place.ts'
import { alertStateWording, severityWording, whoWords } from '#renderer/state/alerts/alert-words.ts'
import { useSlowClock } from '#renderer/state/use-failures.ts'
import type { Alert } from '#shared/domain/alert.ts'
import { AlertActions } from './alert-actions.tsx'
import styles from './alert-card.module.css'

/** An alert that is not over: what is the matter and with what, since when, what to do, and who takes care of it. */
export function AlertCard({ alert, onChanged }: { alert: Alert; onChanged: () => void }) {
  const { acknowledged, id, ruleName, sentence, severity, subject, whatToDo } = alert
  return (
    <Panel tone={severityWording[severity].tone} label={sentence}>
      <div className={styles.card}>
        <p className={styles.head}>
          <a className={styles.sentence} href={alertAddress(id)}>
            {sentence}
          </a>
          {acknowledged !== null && <StateBadge wording={alertStateWording.acknowledged} />}
        </p>
        <AlertFacts alert={alert} />
        {whatToDo !== null && (
          <p className={styles.todo}>
            <strong>What to do: </strong>
            {whatToDo}
          </p>
        )}
        {acknowledged !== null && (
          <p className={styles.soft}>
            Taken care of by {whoWords(acknowledged.who)} since <Time at={acknowledged.at} />
            {acknowledged.note === '' ? '.' : `: ${acknowledged.note}`}
          </p>
        )}
        <div className={styles.foot}>
          <AlertActions alert={alert} onChanged={onChanged} />
          <a
            className={styles.more}
            href={alertAddress(id)}
            aria-label={`The whole story of ${subject.name}, ${ruleName}`}
          >
            The whole story
            <Icon name="open" size={11} />
          </a>
        </div>
      </div>
    </Panel>
  )
}

/** Whose alert it is, by which rule, and since when. */
export function AlertFacts({ alert }: { alert: Alert }) {
  const now = useSlowClock()
  const { openedAt, reopened, resolved, ruleName, subject } = alert
  const lasted = (resolved?.at ?? now) - openedAt
  return (
    <p className={styles.facts}>
      <span className={styles.subject}>{subject.kind === 'all' ? 'Patchbay' : subject.name}</span>
      <span>{ruleName}</span>
      <span>
        since <Time at={openedAt} />
        {lasted >= 60_000 && `, for ${showDuration(lasted)}`}
      </span>
      {reopened > 0 && <span>came back {reopened === 1 ? 'once' : `${reopened} times`}</span>}
    </p>
  )
}
