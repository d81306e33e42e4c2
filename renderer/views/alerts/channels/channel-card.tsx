import { Button, Switch } from '@mantine/core'
import { KeyValues } from '#renderer/parts/key-values.tsx'
import { StateBadge } from '#renderer/parts/state-badge.tsx'
import { Time } from '#renderer/parts/time.tsx'
import { channelAddress, ruleAddress } from '#renderer/state/alerts/alert-place.ts'
import { channelWording } from '#renderer/state/alerts/channel-words.ts'
import { useAction } from '#renderer/state/use-action.ts'
import { count } from '#renderer/state/wording.ts'
import type { AlertRule } from '#shared/domain/alert.ts'
import type { ChannelReport } from '#shared/domain/channel.ts'
import { channelKinds } from './channel-kinds.ts'
import { ChannelTest } from './channel-test.tsx'
import { ToastPermissionLine } from './toast-permission.tsx'
import styles from './channel-card.module.css'

interface Props {
  readonly report: ChannelReport
  /** Those that use it. */
  readonly rules: readonly AlertRule[]
  readonly onChanged: () => void
}

/** A channel: whether messages arrive by it, since when not and why, its test. */
export function ChannelCard({ report, rules, onChanged }: Props) {
  const { channel, failing, lastSentAt } = report
  const { kind, name } = channel
  return (
    <article className={styles.card} aria-label={name}>
      <header className={styles.head}>
        <strong className={styles.name}>{name}</strong>
        <StateBadge wording={channelWording(report)} />
        <span className={styles.switch}>
          <ChannelSwitch report={report} onChanged={onChanged} />
        </span>
      </header>
      {failing !== null && channel.enabled && (
        <p className={styles.reason} data-tone="bad">
          Nothing has arrived since <Time at={failing.since} />: {failing.sentence}{' '}
          {failing.fix !== null && <strong>{failing.fix}</strong>}
        </p>
      )}
      <KeyValues
        rows={[
          ['Kind', channelKinds[kind].title],
          [
            kind === 'heartbeat' ? 'Last heard' : 'Last message',
            lastSentAt === null ? 'nothing was sent yet' : <Time key="sent" at={lastSentAt} />,
          ],
          ...(kind === 'heartbeat' ? [] : [['Used by', <UsedBy key="rules" rules={rules} />] as const]),
        ]}
      />
      {kind === 'toast' && <ToastPermissionLine />}
      <ChannelTest channel={channel} onDone={onChanged}>
        <Button size="compact-sm" variant="default" component="a" href={channelAddress(channel.id)}>
          Change…
        </Button>
      </ChannelTest>
    </article>
  )
}

function UsedBy({ rules }: { rules: readonly AlertRule[] }) {
  if (rules.length === 0) return 'no rule yet'
  return <a href={ruleAddress()}>{count(rules.length, 'rule')}</a>
}

function ChannelSwitch({ report: { channel }, onChanged }: Pick<Props, 'report' | 'onChanged'>) {
  const [run, busy] = useAction()
  const turn = async (enabled: boolean) => {
    await run(`“${channel.name}” could not be switched ${enabled ? 'on' : 'off'}.`, (call) =>
      call.channels.save({ channel: { ...channel, enabled }, secrets: {} }),
    )
    onChanged()
  }
  return (
    <Switch
      size="sm"
      aria-label={channel.name}
      label={channel.enabled ? 'On' : 'Off'}
      labelPosition="left"
      checked={channel.enabled}
      disabled={busy}
      onChange={(event) => void turn(event.currentTarget.checked)}
    />
  )
}
