import type { CompletionSource } from '@codemirror/autocomplete'
import { ActionIcon } from '@mantine/core'
import { useMemo } from 'react'
import { CodeEditor } from '#renderer/parts/code-editor.tsx'
import { Icon } from '#renderer/parts/icon.tsx'
import type { FieldChoice } from '#renderer/state/route-draft.ts'
import { findFault } from '#shared/logic/expression.ts'
import styles from './match-builder.module.css'

interface Props {
  readonly expression: string
  readonly fields: readonly FieldChoice[]
  readonly onChange: (expression: string) => void
  readonly onRemove: () => void
}

/** A condition as an expression over the whole record, for what rows can't say. */
export function ExpressionPart({ expression, fields, onChange, onRemove }: Props) {
  const complete = useMemo(() => completeFields(fields), [fields])
  const fault = expression.trim() === '' ? null : findFault(expression)
  return (
    <div className={styles.expression}>
      <header>
        <span className={styles.soft}>
          This expression is true, such as <code>AnnualRevenue &gt; 100000 and BillingCountry = "Canada"</code>
        </span>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label="Remove the expression" onClick={onRemove}>
          <Icon name="close" size={14} />
        </ActionIcon>
      </header>
      <CodeEditor
        label="Expression that has to be true"
        language="expression"
        value={expression}
        maxHeight={140}
        complete={complete}
        check={(text) => {
          const found = text.trim() === '' ? null : findFault(text)
          if (found === null) return []
          const at = Math.min(found.position ?? text.length, text.length)
          return [{ from: Math.max(0, at - 1), to: at, severity: 'error', message: found.reason }]
        }}
        onChange={onChange}
      />
      {fault !== null && (
        <p className={styles.problem} role="status">
          It can’t be read yet: {fault.reason}
        </p>
      )}
    </div>
  )
}

/** Field names at the caret. A slash in a name is a dot in expressions. */
function completeFields(fields: readonly FieldChoice[]): CompletionSource {
  const options = fields.map(({ name, label }) => ({
    label: /^[A-Za-z_]\w*$/.test(name) ? name : name.replaceAll('/', '.'),
    detail: label === name ? '' : label,
    type: 'property',
  }))
  return (context) => {
    const word = context.matchBefore(/[\w.]*/)
    if (word === null || (word.from === word.to && !context.explicit)) return null
    return { from: word.from, options, validFor: /^[\w.]*$/ }
  }
}
