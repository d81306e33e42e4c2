import { json } from '@codemirror/lang-json'
import { unifiedMergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { minimalSetup } from 'codemirror'
import { useEffect, useRef } from 'react'
import { editorTheme } from './editor-theme.ts'
import styles from './code-editor.module.css'

interface Props {
  readonly label: string
  readonly before: string
  readonly after: string
  readonly maxHeight?: number
}

/** Two texts as one, with what went and what came; lines that are the same are folded away. */
export function DiffView({ label, before, after, maxHeight = 420 }: Props) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (box.current === null) return
    const made = new EditorView({
      parent: box.current,
      doc: after,
      extensions: [
        minimalSetup,
        editorTheme,
        json(),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorState.readOnly.of(true),
        // A bound on the time that a comparison may take keeps the window alive with large texts.
        unifiedMergeView({
          original: before,
          mergeControls: false,
          collapseUnchanged: { margin: 2, minSize: 4 },
          diffConfig: { scanLimit: 500, timeout: 200 },
        }),
      ],
    })
    return () => made.destroy()
  }, [label, before, after])
  return <div ref={box} className={styles.editor} style={{ maxHeight }} />
}
