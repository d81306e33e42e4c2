import type { SliceTools } from './console-state.ts'

/** What is opened above every screen by a key: the palette of everything one can go to and do, or the sheet of all keys. */
export interface PaletteSlice {
  readonly shown: 'palette' | 'keys' | null
  show(what: 'palette' | 'keys'): void
  close(): void
}

export function createPaletteSlice({ set }: SliceTools<PaletteSlice>): PaletteSlice {
  return {
    shown: null,
    show: (shown) => set({ shown }),
    close: () => set({ shown: null }),
  }
}
