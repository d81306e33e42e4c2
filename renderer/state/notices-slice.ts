import type { Toast } from '#shared/domain/notification.ts'
import { detailOf, sentenceOf } from './host-error.ts'
import type { SliceTools } from './console-state.ts'

/** A short word to the person about what an action led to. */
export interface Notice {
  readonly id: number
  readonly tone: 'good' | 'bad'
  readonly sentence: string
  /** What somebody who helps would want to see; unfolds on request and can be copied. */
  readonly detail?: string
  /** Where to see more, as an address of the console. */
  readonly link?: { readonly label: string; readonly hash: string }
  /** What can still be done about it, such as taking it back, as long as the notice stays. */
  readonly action?: { readonly label: string; readonly run: () => unknown }
}

export interface NoticesSlice {
  readonly list: readonly Notice[]
  tell(sentence: string, link?: Notice['link'], action?: Notice['action']): void
  /** Says that an action failed, and why. */
  warn(what: string, error: unknown): void
  /** Shows what the relay has to say to whoever sits in front of it. */
  toast(toast: Toast): void
  dismiss(id: number): void
}

/** At most this many are shown; the oldest goes first. */
const shown = 4

export function createNoticesSlice({ get, set }: SliceTools<NoticesSlice>): NoticesSlice {
  let lastId = 0
  const add = (notice: Omit<Notice, 'id'>) => set({ list: [...get().list, { ...notice, id: ++lastId }].slice(-shown) })
  return {
    list: [],
    tell: (sentence, link, action) => add({ tone: 'good', sentence, ...(link && { link }), ...(action && { action }) }),
    warn: (what, error) =>
      add({ tone: 'bad', sentence: `${what} ${sentenceOf(error)}`, detail: detailOf(what, error, Date.now()) }),
    toast: ({ alertIds, reason, title, body, hash }) =>
      add({
        tone: reason === 'resolved' || reason === 'test' ? 'good' : 'bad',
        // What tells of several alerts has one a line; its title says them all once more.
        sentence: alertIds.length > 1 ? body : `${title}\n${body}`,
        link: { label: 'Look', hash },
      }),
    dismiss: (id) => set({ list: get().list.filter((notice) => notice.id !== id) }),
  }
}
