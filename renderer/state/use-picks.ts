import type { EventSummary } from '#shared/domain/event.ts'
import { replayableState, type ReplaySelection } from '#shared/domain/replay.ts'
import { useConsole } from './console-context.ts'
import { isPicking } from './picks.ts'
import { count } from './wording.ts'

/** What is picked in the live list, or else the row that is selected, as something to be replayed; null when there is none. */
export function useReplayPicks(): (() => void) | null {
  const { picks, selectedId, window, filter } = useConsole((state) => state.live)
  const open = useConsole((state) => state.replay.open)
  if (picks.isAll) {
    const isDead = filter.criteria.state?.every((state) => state === 'dead') === true
    const what = filter.text === '' ? 'all events' : `all that match ${filter.text}`
    return () => open({ selection: { eventFilter: filter.criteria, ...states(isDead) }, what })
  }
  const wanted = isPicking(picks) ? picks.ids : new Set(selectedId === null ? [] : [selectedId])
  if (wanted.size === 0) return null
  const rows = window.rows.filter((row) => wanted.has(row.id))
  const isDead = rows.length === wanted.size && rows.every((row) => row.state === 'dead')
  const [only] = rows
  const what = wanted.size === 1 && only !== undefined ? nameOf(only) : count(wanted.size, 'event')
  return () => open({ selection: { eventIds: [...wanted], ...states(isDead) }, what })
}

/** Of events that failed only what failed; of others whatever has ended. */
function states(isDead: boolean): Pick<ReplaySelection, 'states'> {
  return { states: isDead ? ['dead'] : [...replayableState.options] }
}

function nameOf({ title, entity, recordId }: EventSummary): string {
  return title ?? `${entity} ${recordId}`
}
