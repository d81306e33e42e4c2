import { autocompletion, type CompletionContext, type CompletionSource } from '@codemirror/autocomplete'
import { json } from '@codemirror/lang-json'
import { linter, type Diagnostic } from '@codemirror/lint'
import { EditorState, type Extension } from '@codemirror/state'
import { EditorView, placeholder as placeholderText } from '@codemirror/view'
import { minimalSetup } from 'codemirror'
import { useEffect, useRef } from 'react'
import { editorTheme } from './editor-theme.ts'
import styles from './code-editor.module.css'

interface Props {
  /** What is edited, for screen readers. */
  readonly label: string
  readonly value: string
  readonly onChange?: (value: string) => void
  readonly language?: 'json' | 'expression' | 'text'
  readonly placeholder?: string
  /** What could be typed at the caret. */
  readonly complete?: CompletionSource
  /** What is wrong, with its place; asked after each pause in typing. */
  readonly check?: (text: string) => readonly Diagnostic[] | Promise<readonly Diagnostic[]>
  readonly maxHeight?: number
}

/** An editor for text with completion and errors in place. Without `onChange` it shows and does not take keys. */
export function CodeEditor({ label, value, onChange, language = 'text', maxHeight = 320, ...rest }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef({ value, onChange, ...rest })
  latest.current = { value, onChange, ...rest }
  const isReadOnly = onChange === undefined

  useEffect(() => {
    if (box.current === null) return
    const { complete, check, placeholder } = latest.current
    const extensions: Extension[] = [
      minimalSetup,
      editorTheme,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ 'aria-label': label }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) latest.current.onChange?.(update.state.doc.toString())
      }),
    ]
    if (language === 'json') extensions.push(json())
    if (isReadOnly) extensions.push(EditorState.readOnly.of(true))
    if (placeholder !== undefined) extensions.push(placeholderText(placeholder))
    if (complete !== undefined) {
      // Enter takes what is offered however quick the person is: a line break is hardly ever meant here.
      const override = [(context: CompletionContext) => latest.current.complete?.(context) ?? null]
      extensions.push(autocompletion({ override, interactionDelay: 0 }))
    }
    if (check !== undefined) {
      extensions.push(
        linter(async ({ state }) => (await latest.current.check?.(state.doc.toString())) ?? [], { delay: 300 }),
      )
    }
    const made = new EditorView({ parent: box.current, doc: latest.current.value, extensions })
    view.current = made
    return () => {
      made.destroy()
      view.current = null
    }
  }, [label, language, isReadOnly])

  useEffect(() => {
    const editor = view.current
    if (editor === null || editor.state.doc.toString() === value) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
  }, [value])

  return <div ref={box} className={styles.editor} style={{ maxHeight }} />
}
