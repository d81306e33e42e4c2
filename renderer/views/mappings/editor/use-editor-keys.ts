import { useEffect, useRef } from 'react'

interface Keys {
  readonly undo: () => void
  readonly redo: () => void
  readonly save: () => void
}

/** Ctrl+S saves; Ctrl+Z and Ctrl+Y go back and forth in the draft, where no text that is typed has a history of its own. */
export function useEditorKeys(keys: Keys): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || isInDialog(event)) return
      const key = event.key.toLowerCase()
      const isRedo = key === 'y' || (key === 'z' && event.shiftKey)
      if (key === 's') latest.current.save()
      else if (isRedo && !isTyping(event)) latest.current.redo()
      else if (key === 'z' && !isTyping(event)) latest.current.undo()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

function isTyping({ target }: KeyboardEvent): boolean {
  return (
    target instanceof Element &&
    target.closest('input:not([type=radio], [type=checkbox]), textarea, .cm-editor') !== null
  )
}

function isInDialog({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('[role=dialog]') !== null
}
