import { showTime } from './time-format.ts'

/** An instant in local time; hovering shows the date and UTC. */
export function Time({ at, precise = false }: { at: number; precise?: boolean }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={showTime.both(at)}>
      {precise ? showTime.precise(at) : showTime.short(at)}
    </time>
  )
}
