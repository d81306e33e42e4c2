import { sentenceOf } from './host-error.ts'
import type { SliceTools } from './console-state.ts'

/** A short word to the person about what an action led to. */
export interface Notice {
  readonly id: number
  readonly tone: 'good' | 'bad'
  readonly sentence: string
  /** Where to see more, as an address of the console. */
  readonly link?: { readonly label: string; readonly hash: string }
  /** Takes it back; offered as long as the notice stands. */
  readonly undo?: () => void
}

export interface NoticesSlice {
  readonly list: readonly Notice[]
  tell(sentence: string, link?: Notice['link'], undo?: Notice['undo']): void
  /** Says that an action failed, and why. */
  warn(what: string, error: unknown): void
  dismiss(id: number): void
}

/** At most this many are shown; the oldest goes first. */
const shown = 4

export function createNoticesSlice({ get, set }: SliceTools<NoticesSlice>): NoticesSlice {
  let lastId = 0
  const add = (notice: Omit<Notice, 'id'>) => set({ list: [...get().list, { ...notice, id: ++lastId }].slice(-shown) })
  return {
    list: [],
    tell: (sentence, link, undo) => add({ tone: 'good', sentence, ...(link && { link }), ...(undo && { undo }) }),
    warn: (what, error) => add({ tone: 'bad', sentence: `${what} ${sentenceOf(error)}` }),
    dismiss: (id) => set({ list: get().list.filter((notice) => notice.id !== id) }),
  }
}
