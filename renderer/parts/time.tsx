import { useConsole } from '../state/console-context.ts'
import { useNow } from '../state/use-now.ts'
import { showAgo, showTime } from './time-format.ts'

/**
 * An instant as the person wants to read them: on the clock of their choice, or by its age. Hovering shows the date and UTC.
 * With `precise` it is always on the clock, to the millisecond.
 */
export function Time({ at, precise = false }: { at: number; precise?: boolean }) {
  const { style } = useConsole((state) => state.time)
  const byAge = style === 'relative' && !precise
  const now = useNow(byAge)
  return (
    <time dateTime={new Date(at).toISOString()} title={showTime.both(at)}>
      {precise ? showTime.precise(at) : byAge ? showAgo(at, now) : showTime.short(at)}
    </time>
  )
}
