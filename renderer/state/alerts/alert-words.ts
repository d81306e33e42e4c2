import type { Alert, AlertStep } from '#shared/domain/alert.ts'
import type { Severity } from '#shared/domain/alert-counts.ts'
import type { Notification, NotificationReason } from '#shared/domain/notification.ts'
import { placeAddress } from '#shared/logic/place-address.ts'
import { metricValue } from './threshold.ts'
import type { Tone, Wording } from '../wording.ts'

/** The gravest first. */
export const severities = ['critical', 'warning', 'info'] as const satisfies readonly Severity[]

export const severityWording: Record<Severity, Wording> = {
  critical: { label: 'Critical', tone: 'bad', meaning: 'Changes are not carried over; somebody has to act now.' },
  warning: { label: 'Warning', tone: 'wait', meaning: 'It works, but somebody should look today.' },
  info: { label: 'Good to know', tone: 'busy', meaning: 'Nothing has to be done at once.' },
}

export const alertStateWording: Record<Alert['state'], Wording> = {
  open: { label: 'Open', tone: 'bad', meaning: 'Nobody has taken it on yet.' },
  acknowledged: { label: 'Acknowledged', tone: 'wait', meaning: 'Somebody takes care of it; nobody is reminded.' },
  resolved: { label: 'Resolved', tone: 'good', meaning: 'It is over.' },
}

const linkWords: Record<Alert['place']['screen'], string> = {
  live: 'Show the events',
  failures: 'Show the failures',
  records: 'Show the records',
  connections: 'Show the connections',
  routes: 'Show the routes',
  settings: 'Show the settings',
  replays: 'Show the replays',
  alerts: 'Show the alerts',
}

/** Where the events behind an alert are: the list, filtered. */
export function eventsLink({ place }: Pick<Alert, 'place'>): { readonly label: string; readonly hash: string } {
  return { label: linkWords[place.screen], hash: placeAddress(place) }
}

/** How an alert ended: "By itself", "By Ann: the server was restarted". Empty while it has not. */
export function endWords({ resolved }: Pick<Alert, 'resolved'>): string {
  if (resolved === null) return ''
  const who = resolved.who === null ? 'By itself' : `By ${whoWords(resolved.who)}`
  return resolved.note === '' ? who : `${who}: ${resolved.note}`
}

/** One step of an alert's story: what is said of it, and how grave that is. */
export function stepWords(
  { metric }: Pick<Alert, 'metric'>,
  step: AlertStep,
): { title: string; text: string; tone: Tone } {
  const measured = step.value === null ? '' : `Measured: ${metricValue(metric, step.value)}.`
  const by = step.who === null ? '' : `By ${whoWords(step.who)}.`
  const { title, tone } = stepTitles[step.what](step)
  return { title, tone, text: [by, asSentence(step.note), measured].filter((part) => part !== '').join(' ') }
}

const doers: Readonly<Record<string, string>> = { console: 'somebody at the console', api: 'a script' }

/** A person is known by the way they came; "console" alone would be taken for a thing. */
export function whoWords(who: string): string {
  return doers[who] ?? who
}

function asSentence(note: string): string {
  return note === '' || /[.!?]$/.test(note) ? note : `${note}.`
}

const stepTitles: Record<AlertStep['what'], (step: AlertStep) => { title: string; tone: Tone }> = {
  opened: () => ({ title: 'Opened', tone: 'bad' }),
  acknowledged: () => ({ title: 'Acknowledged', tone: 'wait' }),
  resolved: ({ who }) => ({ title: who === null ? 'Over by itself' : 'Resolved', tone: 'good' }),
  reopened: () => ({ title: 'Came back', tone: 'bad' }),
  reminded: () => ({ title: 'Reminded', tone: 'quiet' }),
  suppressed: ({ note }) => ({ title: note === '' ? 'Not told again' : 'Not told', tone: 'quiet' }),
}

export const notificationWording: Record<Notification['state'], Wording> = {
  waiting: { label: 'Waiting', tone: 'wait', meaning: 'It will be sent by itself.' },
  sent: { label: 'Arrived', tone: 'good', meaning: 'The other side took it.' },
  failed: { label: 'Not sent', tone: 'bad', meaning: 'It was given up.' },
}

export const reasonWords: Record<NotificationReason, string> = {
  opened: 'it opened',
  reopened: 'it came back',
  reminder: 'a reminder',
  resolved: 'all clear',
  summary: 'a summary of several',
  storm: 'a summary in a storm',
  'all-clear': 'all clear',
  test: 'a test',
}
