import type { PauseTarget } from '#shared/domain/pause.ts'
import type { SliceTools } from './console-state.ts'

/** What people pause and resume; what is paused now stands in the relay's health. */
export interface PausesSlice {
  /** `name` is how the target is called in front of a person. */
  pause(target: PauseTarget, name: string, reason: string): Promise<void>
  /** How many deliveries go out when it is resumed; null when that can't be told. */
  held(target: PauseTarget): Promise<number | null>
  resume(target: PauseTarget, name: string): Promise<void>
}

export function createPausesSlice({ call, all }: SliceTools<PausesSlice>): PausesSlice {
  return {
    async pause(target, name, reason) {
      try {
        const { underWay } = await call.pauses.set({ ...target, reason })
        const late = underWay === 0 ? '' : ` ${underWay} sent before still without an answer.`
        all().notices.tell(`${name} is paused.${late}`)
      } catch (error) {
        all().notices.warn(`${name} could not be paused.`, error)
      }
    },
    held: (target) =>
      call.pauses.held(target).then(
        ({ count }) => count,
        () => null,
      ),
    async resume(target, name) {
      try {
        await call.pauses.clear(target)
        all().notices.tell(`${name} goes on.`)
      } catch (error) {
        all().notices.warn(`${name} could not be resumed.`, error)
      }
    },
  }
}
