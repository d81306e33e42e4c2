import { isGoodNews, type Toast } from '#shared/domain/notification.ts'

/** What a toast of the operating system says, and where its click leads to in the console. */
export type Words = Pick<Toast, 'title' | 'body' | 'hash'>

/**
 * Passes on what the relay has to say to whoever sits here: one toast for each alert and state, as the relay sends it. While toasts are held
 * back they wait; afterwards what is over by then is left out, and several become one.
 */
export class ToastDesk {
  readonly #show: (words: Words) => void
  readonly #isHeldBack: () => boolean
  #held: readonly Toast[] = []

  constructor(show: (words: Words) => void, isHeldBack: () => boolean) {
    this.#show = show
    this.#isHeldBack = isHeldBack
  }

  take(toast: Toast): void {
    if (!this.#isHeldBack()) return this.#show(toast)
    const others = this.#held.filter((one) => !isOvertaken(one, toast))
    this.#held = isGoodNews(toast.reason) ? others : [...others, toast]
  }

  /** Shows what was held back, should that be over. */
  look(): void {
    if (this.#held.length === 0 || this.#isHeldBack()) return
    const [first, ...more] = this.#held
    this.#held = []
    if (first === undefined) return
    if (more.length === 0) return this.#show(first)
    const body = [first, ...more].map(({ title }) => title).join('\n')
    const isOnePlace = more.every(({ hash }) => hash === first.hash)
    const hash = isOnePlace ? first.hash : '#/alerts'
    this.#show({ title: `${more.length + 1} alerts came meanwhile`, body, hash })
  }
}

/** Whether `news` says all that there is to say of what a toast is about; a test is about nothing. */
function isOvertaken({ alertIds, channelId, severity }: Toast, news: Toast): boolean {
  if (alertIds.length === 0) return false
  // It names what came last only, and says that nothing is left of what came before.
  if (news.reason === 'all-clear' && channelId === news.channelId && severity === news.severity) return true
  return alertIds.every((id) => news.alertIds.includes(id))
}
