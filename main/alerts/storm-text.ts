import type { Unresolved } from '#main/store/alerts.ts'
import type { Severity } from '#shared/domain/alert-counts.ts'
import { countOver, isOver, linesOf, textOfOne, type Text, type Told } from './message-text.ts'
import { stormMs } from './storm.ts'
import { minutesText } from './words.ts'

const minuteMs = 60_000

const names: Readonly<Record<Severity, string>> = {
  info: 'Informational alerts',
  warning: 'Warnings',
  critical: 'Critical alerts',
}

/** Why people are told what came in a stretch of a storm: it is good news only where nothing is left that somebody has to look after. */
export function reasonOfStorm(told: readonly Told[], { open, acknowledged }: Unresolved): 'storm' | 'all-clear' {
  return open + acknowledged === 0 && countOver(told) > 0 ? 'all-clear' : 'storm'
}

/** What came in a stretch of a storm, with what is left in all among the alerts of this severity. */
export function textOfStorm(told: readonly Told[], severity: Severity, left: Unresolved): Text {
  const [first] = told
  const only = told.length === 1 ? first : undefined
  const often = left.open === 0 ? [] : [`While so much happens, news comes once in ${minutesText(stormMs / minuteMs)}.`]
  // What is over doesn't speak for itself: its words would stand under the mark of an alarm, or without the all-clear.
  if (only !== undefined && !isOver(only.alert)) {
    const { body, ...more } = textOfOne(only)
    const inAll = `${names[severity]}: ${countsText(left, 0)}.`
    return { ...more, body: [body, [inAll, ...often].join(' ')].join('\n') }
  }
  const hash = only === undefined ? '#/alerts' : `#/alerts/${only.alert.id}`
  return { title: titleOf(told, severity, left), body: [...linesOf(told), ...often].join('\n'), hash }
}

function titleOf(told: readonly Told[], severity: Severity, left: Unresolved): string {
  const over = countOver(told)
  const name = names[severity]
  if (reasonOfStorm(told, left) === 'all-clear')
    return `All clear for ${name.toLowerCase()}: ${over === 1 ? 'the last one is' : `${over} are`} over`
  return `${left.open > 1 ? `Many ${name.toLowerCase()}` : name}: ${countsText(left, over)}`
}

/** "3 open, 1 acknowledged, 5 over". */
function countsText({ open, acknowledged }: Unresolved, over: number): string {
  return [
    open === 0 ? 'none open' : `${open} open`,
    ...(acknowledged > 0 ? [`${acknowledged} acknowledged`] : []),
    ...(over > 0 ? [`${over} over`] : []),
  ].join(', ')
}
