import type { Completion, CompletionSource } from '@codemirror/autocomplete'
import type { Diagnostic } from '@codemirror/lint'
import { useMemo } from 'react'
import { CodeEditor } from '#renderer/parts/code-editor.tsx'
import { expressionFunctions } from '#renderer/state/mappings/expression-functions.ts'
import { inExpression, type KnownField } from '#renderer/state/mappings/field-list.ts'
import { findFault } from '#shared/logic/expression.ts'
import { useEditor } from './editor-context.ts'
import styles from './row-editor.module.css'

/** An expression with completion of fields and functions, and with what is wrong marked at its place. */
export function ExpressionBox({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const { fields, from } = useEditor()
  const complete = useMemo(() => completionOf(fields[from]), [fields, from])
  const fault = findFault(text)
  return (
    <div className={styles.indent}>
      <CodeEditor
        label="Expression"
        language="expression"
        value={text}
        onChange={onChange}
        complete={complete}
        check={diagnose}
        maxHeight={160}
      />
      <p className={styles.soft} role="status">
        {fault === null
          ? 'JSONata over the whole record. Ctrl+Space offers fields and functions.'
          : faultSentence(fault)}
      </p>
    </div>
  )
}

function diagnose(text: string): Diagnostic[] {
  const fault = findFault(text)
  if (fault === null) return []
  const to = Math.min(text.length, fault.position ?? text.length)
  return [{ from: Math.max(0, to - 1), to, severity: 'error', message: fault.reason }]
}

function faultSentence({ reason, position }: NonNullable<ReturnType<typeof findFault>>): string {
  const where = position === null ? '' : ` (at character ${position})`
  return `This can’t be read yet${where}: ${reason}`
}

function completionOf(fields: readonly KnownField[]): CompletionSource {
  const names = fields.map((field): Completion => ({
    label: inExpression(field.name),
    detail: field.examples[0] ?? field.label,
    type: 'property',
  }))
  const functions = expressionFunctions.map(([label, detail, info]): Completion => ({
    label,
    detail,
    info,
    type: 'function',
    apply: `${label}(`,
    boost: -1,
  }))
  return (context) => {
    const word = context.matchBefore(/[$\w`.]*/)
    if (word === null || (word.from === word.to && !context.explicit)) return null
    return { from: word.from, options: [...names, ...functions], validFor: /^[$\w`.]*$/ }
  }
}
