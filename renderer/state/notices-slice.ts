import { isGoodNews, isOfStorm, type Toast } from '#shared/domain/notification.ts'
import { detailOf, sentenceOf } from './host-error.ts'
import type { SliceTools } from './console-state.ts'

/** A short word to the person about what an action led to. */
export interface Notice {
  readonly id: number
  readonly tone: 'good' | 'bad' | 'note'
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
    toast: (toast) => {
      const { title, body, hash } = toast
      const sentence = isSaidByBody(toast) ? body : `${title}\n${body}`
      add({ tone: toneOf(toast), sentence, link: { label: 'Look', hash } })
    },
    dismiss: (id) => set({ list: get().list.filter((notice) => notice.id !== id) }),
  }
}

function toneOf({ reason, severity }: Toast): Notice['tone'] {
  if (isGoodNews(reason) || reason === 'test') return 'good'
  return severity === 'info' ? 'note' : 'bad'
}

/** What tells of several alerts has one a line; its title says them all once more, but for the counts of a storm. */
function isSaidByBody({ alertIds, reason }: Toast): boolean {
  return alertIds.length > 1 && !isOfStorm(reason)
}
