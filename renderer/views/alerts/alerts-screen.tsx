import { PageTabs } from '#renderer/parts/page-tabs.tsx'
import { Page } from '#renderer/parts/page.tsx'
import { alertViewOf, channelAddress, ruleAddress, type AlertView } from '#renderer/state/alerts/alert-place.ts'
import { useConsole } from '#renderer/state/console-context.ts'
import { addressOf } from '#renderer/state/place.ts'
import type { ScreenProps } from '../frame/screen.tsx'
import { ChannelList } from './channels/channel-list.tsx'
import { ChannelPage } from './channels/channel-page.tsx'
import { HistoryList } from './history/history-list.tsx'
import { AlertPage } from './open/alert-page.tsx'
import { OpenAlerts } from './open/open-alerts.tsx'
import { RuleList } from './rules/rule-list.tsx'
import { RulePage } from './rules/rule-page.tsx'

type Tab = Exclude<AlertView['tab'], 'alert'>

const leads: Record<Tab, string> = {
  open: 'What a rule has found and is not over yet, the gravest first.',
  history: 'What was open once, and how it ended.',
  rules: 'When somebody wants to be told, and who.',
  channels: 'How people are reached when an alert opens and when it is over.',
}

/** What went wrong and who was told; what is watched, and by which ways people are reached. */
export function AlertsScreen({ place }: ScreenProps) {
  const view = alertViewOf(place)
  if (view.tab === 'alert') return <AlertPage key={view.id} id={view.id} />
  if (view.tab === 'rules' && view.id !== null) return <RulePage key={view.id} id={view.id} />
  if (view.tab === 'channels' && view.id !== null)
    return <ChannelPage key={`${view.id} ${view.kind}`} id={view.id} wantedKind={view.kind} />
  return (
    <Page
      title="Alerts"
      lead={leads[view.tab]}
      width={view.tab === 'history' ? 'fill' : 'column'}
      actions={<AlertTabs tab={view.tab} />}
    >
      {view.tab === 'open' && <OpenAlerts />}
      {view.tab === 'history' && <HistoryList />}
      {view.tab === 'rules' && <RuleList />}
      {view.tab === 'channels' && <ChannelList />}
    </Page>
  )
}

function AlertTabs({ tab }: { tab: Tab }) {
  const counts = useConsole((state) => state.relay.health?.alerts)
  const tabs = [
    { name: 'open', label: 'Open', hash: addressOf('alerts'), count: counts?.open ?? 0 },
    { name: 'history', label: 'History', hash: addressOf('alerts', ['history']) },
    { name: 'rules', label: 'Rules', hash: ruleAddress() },
    { name: 'channels', label: 'Channels', hash: channelAddress() },
  ]
  return <PageTabs label="Alerts" tabs={tabs} at={tab} />
}
