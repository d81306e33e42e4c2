import { useCallback } from 'react'
import type { ReplaySelection } from '#shared/domain/replay.ts'
import { useCall, useConsole } from './console-context.ts'
import { count } from './wording.ts'

/** Dead letters as a person chose them; a replay and a discard take the same. */
export type ChosenFailures = Pick<ReplaySelection, 'deliveryIds' | 'failures' | 'exclude'>

/** Gives up dead letters and takes that back, and tells what came of it. */
export function useDiscard() {
  const call = useCall()
  const { tell, warn } = useConsole((state) => state.notices)
  const reload = useConsole((state) => state.failures.reload)

  const restore = useCallback(
    async (discardId: number) => {
      try {
        const { kept, restored } = await call.failures.restore({ discardId })
        const rest = kept === 0 ? '' : ` ${count(kept, 'was', 'were')} replayed meanwhile and left alone.`
        tell(`${count(restored, 'dead letter is', 'dead letters are')} back.${rest}`)
      } catch (error) {
        warn('The discard could not be taken back.', error)
      }
      await reload()
    },
    [call, tell, warn, reload],
  )

  const discard = useCallback(
    async (chosen: ChosenFailures, reason: string) => {
      try {
        const { discarded, discardId } = await call.failures.discard({ ...chosen, reason })
        tell(`${count(discarded, 'dead letter is', 'dead letters are')} given up.`, undefined, {
          label: 'Undo',
          run: () => restore(discardId),
        })
      } catch (error) {
        warn('They could not be discarded.', error)
      }
      await reload()
    },
    [call, tell, warn, reload, restore],
  )

  return { discard, restore }
}
