import { Button, Menu } from '@mantine/core'
import { EmptyState } from '#renderer/parts/empty-state.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { Section } from '#renderer/parts/page.tsx'
import { channelAddress } from '#renderer/state/alerts/alert-place.ts'
import { useChannels, useRules } from '#renderer/state/alerts/use-alerts.ts'
import { goTo } from '#renderer/state/console-context.ts'
import { Waiting } from '#renderer/views/frame/waiting.tsx'
import { ChannelCard } from './channel-card.tsx'
import { channelKindNames, channelKinds } from './channel-kinds.ts'
import styles from './channel-list.module.css'

/** The ways to reach people, and how each does. */
export function ChannelList() {
  const channels = useChannels()
  const rules = useRules().value ?? []
  if (channels.value === null) {
    const { failed, reload } = channels
    return failed === null ? <Waiting /> : <LoadFailure what="The channels" error={failed} again={reload} />
  }
  return (
    <Section title="Channels" lead="Rules choose which of them they use." actions={<AddChannel />}>
      {channels.value.length === 0 && (
        <EmptyState icon="bell" title="Nobody is reached yet">
          Alerts are shown in the console alone. Add a channel, so that somebody hears of them who is not looking: on
          this computer, by e-mail, in Slack or Teams, or as a text message.
        </EmptyState>
      )}
      <div className={styles.cards}>
        {channels.value.map((report) => (
          <ChannelCard
            key={report.channel.id}
            report={report}
            rules={rules.filter((rule) => rule.channels.includes(report.channel.id))}
            onChanged={channels.reload}
          />
        ))}
      </div>
    </Section>
  )
}

function AddChannel() {
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button size="compact-sm" variant="default" leftSection={<Icon name="plus" size={13} />}>
          Add a channel
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {channelKindNames.map((kind) => (
          <Menu.Item key={kind} onClick={() => goTo(channelAddress('new', { kind }))}>
            {channelKinds[kind].title}
            <div className={styles.about}>{channelKinds[kind].about}</div>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
