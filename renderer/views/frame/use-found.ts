import { useDebouncedValue } from '@mantine/hooks'
import { goTo } from '#renderer/state/console-context.ts'
import { liveAddress } from '#renderer/state/live-place.ts'
import { addressOf } from '#renderer/state/place.ts'
import { useAnswer } from '#renderer/state/use-answer.ts'
import type { KnownRecord } from '#shared/domain/known-record.ts'
import { quoteWord } from '#shared/logic/filter-tokens.ts'
import type { Command } from './command.ts'

/** Records shown at most, so that the other groups stay in sight. */
const most = 6

/** What a search for the typed words finds: an event by its number, records, and the live list by these words. */
export function useFound(typed: string): Command[] {
  const [words] = useDebouncedValue(typed.trim(), 150)
  const isWorthIt = words.length > 1
  const records = useAnswer(`records ${words}`, async (call) =>
    isWorthIt ? (await call.records.search({ text: words, limit: most })).items : [],
  )
  const text = typed.trim()
  const isNumber = /^[1-9]\d{0,14}$/.test(text)
  return [
    ...(isNumber
      ? [found('Events', `Event ${text}`, 'Opens the event of this number', 'live', addressOf('live', [text]))]
      : []),
    ...(records.value ?? []).flatMap(({ title, salesforce, connectwise }) => {
      const system = salesforce === null ? 'connectwise' : 'salesforce'
      const one = salesforce ?? connectwise
      if (one === null) return []
      const place = addressOf('records', [system, one.entity, one.id])
      const label = title ?? `${one.entity} ${one.id}`
      return [found('Records', label, sidesOf({ salesforce, connectwise }), 'records', place)]
    }),
    ...(text.length > 1
      ? [
          found(
            'Search',
            `Events with “${text}”`,
            'Searches the live list',
            'search',
            liveAddress(text.split(/\s+/).map(quoteWord).join(' ')),
          ),
        ]
      : []),
  ]
}

function sidesOf({ salesforce, connectwise }: Pick<KnownRecord, 'salesforce' | 'connectwise'>): string {
  const sides = [salesforce && `Salesforce ${salesforce.entity}`, connectwise && `ConnectWise ${connectwise.entity}`]
  return sides.filter((side) => side !== null).join(' · ')
}

function found(group: Command['group'], label: string, hint: string, icon: Command['icon'], hash: string): Command {
  return { id: `found ${hash}`, group, label, hint, icon, run: () => goTo(hash) }
}
