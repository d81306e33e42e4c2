import { Checkbox, Select, Switch, TextInput } from '@mantine/core'
import { channelAddress } from '#renderer/state/alerts/alert-place.ts'
import { channelKinds } from '../channels/channel-kinds.ts'
import { durationWords } from '#renderer/state/durations.ts'
import type { AlertRule, QuietHours } from '#shared/domain/alert.ts'
import type { Channel } from '#shared/domain/channel.ts'
import { FormPart } from '#renderer/parts/form-part.tsx'
import styles from './rule-telling.module.css'

interface Props {
  readonly draft: AlertRule
  readonly channels: readonly Channel[]
  readonly onChange: (draft: AlertRule) => void
}

const usualNight: QuietHours = { from: '22:00', to: '06:00' }

/** Offered as time between two reminders, in minutes. */
const reminders = [15, 30, 60, 120, 240, 480, 1_440]

/** Who is told, when not, and how often again. */
export function RuleTelling({ draft, channels, onChange }: Props) {
  const { quietHours, remindMinutes } = draft
  // A heartbeat tells nobody anything: it is missed when it stops.
  const tellable = channels.filter(({ kind }) => kind !== 'heartbeat')
  return (
    <FormPart title="Who is told" lead={<a href={channelAddress()}>Channels</a>}>
      {tellable.length === 0 && (
        <p className={styles.help}>
          There is no way to reach anybody yet, so the console alone shows it. <a href={channelAddress()}>Add one</a>
        </p>
      )}
      <div className={styles.channels} role="group" aria-label="Channels">
        {tellable.map(({ enabled, id, kind, name }) => (
          <Checkbox
            key={id}
            size="sm"
            label={name}
            description={enabled ? channelKinds[kind].title : `${channelKinds[kind].title}, switched off`}
            checked={draft.channels.includes(id)}
            onChange={(event) => {
              const others = draft.channels.filter((one) => one !== id)
              onChange({ ...draft, channels: event.currentTarget.checked ? [...others, id] : others })
            }}
          />
        ))}
      </div>
      <div className={styles.line}>
        <Switch
          size="sm"
          label="Quiet hours"
          description="Messages wait until they are over. The console shows the alert at once."
          checked={quietHours !== null}
          onChange={(event) => onChange({ ...draft, quietHours: event.currentTarget.checked ? usualNight : null })}
        />
        {quietHours !== null && (
          <span className={styles.hours}>
            <HourInput
              label="from"
              value={quietHours.from}
              onChange={(from) => onChange({ ...draft, quietHours: { ...quietHours, from } })}
            />
            <HourInput
              label="to"
              value={quietHours.to}
              onChange={(to) => onChange({ ...draft, quietHours: { ...quietHours, to } })}
            />
          </span>
        )}
      </div>
      <Select
        className={styles.reminder ?? ''}
        size="sm"
        label="Remind"
        description="While nobody has acknowledged it."
        inputWrapperOrder={['label', 'input', 'description']}
        allowDeselect={false}
        data={reminderChoices(remindMinutes)}
        value={String(remindMinutes ?? '')}
        onChange={(chosen) => onChange({ ...draft, remindMinutes: chosen === '' ? null : Number(chosen) })}
      />
    </FormPart>
  )
}

function HourInput({ label, value, onChange }: { label: string; value: string; onChange: (hour: string) => void }) {
  return (
    <label className={styles.hour}>
      {label}
      <TextInput
        size="xs"
        type="time"
        aria-label={`Quiet ${label}`}
        value={value}
        onChange={(event) => event.currentTarget.value !== '' && onChange(event.currentTarget.value)}
      />
    </label>
  )
}

function reminderChoices(own: number | null) {
  const minutes = own === null || reminders.includes(own) ? reminders : [...reminders, own].toSorted((a, b) => a - b)
  return [
    { value: '', label: 'Never: once is enough' },
    ...minutes.map((one) => ({ value: String(one), label: `Every ${durationWords(one * 60_000)}` })),
  ]
}
