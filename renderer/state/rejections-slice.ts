import type { Rejection } from '#shared/domain/event.ts'
import type { SliceTools } from './console-state.ts'

export interface RejectionsSlice {
  readonly rows: readonly Rejection[]
  /** Page token of the older rows; null at the end. */
  readonly next: string | null
  readonly loading: boolean
  /** Set once the first page is there. */
  readonly loaded: boolean
  readonly failed: unknown
  reload(): Promise<void>
  loadOlder(): Promise<void>
}

export function createRejectionsSlice({ call, get, set }: SliceTools<RejectionsSlice>): RejectionsSlice {
  async function load(after: string | null) {
    if (get().loading) return
    set({ loading: true })
    try {
      const page = await call.rejections.list({ limit: 100, ...(after !== null && { after }) })
      const rows = after === null ? page.items : [...get().rows, ...page.items]
      set({ rows, next: page.next, loaded: true, loading: false, failed: null })
    } catch (error) {
      set({ loading: false, failed: error })
    }
  }

  return {
    rows: [],
    next: null,
    loading: false,
    loaded: false,
    failed: null,
    reload: () => load(null),
    async loadOlder() {
      const { next } = get()
      if (next !== null) await load(next)
    },
  }
}
