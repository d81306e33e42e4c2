import { lazy, Suspense } from 'react'
import { useConsole } from '#renderer/state/console-context.ts'
import { useControlKey, useShortcut } from '#renderer/state/use-shortcut.ts'

const ReplayDialog = lazy(async () => ({ default: (await import('../replays/replay-dialog.tsx')).ReplayDialog }))
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))
const KeySheet = lazy(async () => ({ default: (await import('./key-sheet.tsx')).KeySheet }))

/** What opens above whichever screen is in sight, and the keys that open it. */
export function Overlays() {
  const draft = useConsole((state) => state.replay.draft)
  const { shown, show, close } = useConsole((state) => state.palette)
  useControlKey('k', () => (shown === 'palette' ? close() : show('palette')))
  useShortcut('?', () => show('keys'))
  return (
    <Suspense>
      {draft !== null && <ReplayDialog draft={draft} />}
      {shown === 'palette' && <Palette />}
      {shown === 'keys' && <KeySheet />}
    </Suspense>
  )
}
