import { Tabs } from '@mantine/core'
import { useEffect } from 'react'
import type { EventDetail } from '#shared/contract/event-calls.ts'
import { goTo, useConsole, usePlace } from '#renderer/state/console-context.ts'
import { eventTabs, type EventTab } from '#renderer/state/event-slice.ts'
import { addressOf } from '#renderer/state/place.ts'
import { AttemptsTab } from './attempts-tab.tsx'
import { DetailsTab } from './details-tab.tsx'
import { PayloadTab } from './payload-tab.tsx'
import { RelatedTab } from './related-tab.tsx'
import { Timeline } from './timeline.tsx'
import { ValuesTab } from './values-tab.tsx'
import styles from './event-tabs.module.css'

/** The parts of an event. Which one is open stands in the address, and stays when the next event is opened. */
export function EventTabs({ event }: { event: EventDetail }) {
  const { path, query } = usePlace()
  const { tab: last, showTab } = useConsole((state) => state.event)
  const asked = eventTabs.find((one) => one === path[1])
  const tab = asked ?? last
  useEffect(() => {
    if (asked !== undefined) showTab(asked)
  }, [asked, showTab])

  const attempts = event.deliveries.reduce((sum, delivery) => sum + delivery.attempts.length, 0)
  const titles: Record<EventTab, string> = {
    timeline: 'Timeline',
    values: 'Values',
    payload: 'Payload',
    attempts: attempts === 0 ? 'Attempts' : `Attempts ${attempts}`,
    related: 'Related',
    details: 'Details',
  }
  return (
    <Tabs
      className={styles.tabs}
      keepMounted={false}
      value={tab}
      onChange={(value) => {
        const wanted = eventTabs.find((one) => one === value) ?? 'timeline'
        showTab(wanted)
        goTo(addressOf('live', [event.id, wanted], query), true)
      }}
    >
      <Tabs.List className={styles.list} aria-label="Parts of the event">
        {eventTabs.map((one) => (
          <Tabs.Tab key={one} value={one} className={styles.tab}>
            {titles[one]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="timeline" className={styles.scroll}>
        <Timeline event={event} />
      </Tabs.Panel>
      <Tabs.Panel value="values" className={styles.fill}>
        <ValuesTab key={event.id} event={event} />
      </Tabs.Panel>
      <Tabs.Panel value="payload" className={styles.fill}>
        <PayloadTab key={event.id} event={event} />
      </Tabs.Panel>
      <Tabs.Panel value="attempts" className={styles.scroll}>
        <AttemptsTab event={event} />
      </Tabs.Panel>
      <Tabs.Panel value="related" className={styles.fill}>
        <RelatedTab event={event} />
      </Tabs.Panel>
      <Tabs.Panel value="details" className={styles.scroll}>
        <DetailsTab event={event} />
      </Tabs.Panel>
    </Tabs>
  )
}
