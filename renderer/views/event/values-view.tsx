import { useMemo } from 'react'
import { useTextDocument } from '#renderer/documents/use-document.ts'
import { CopyButton } from '#renderer/parts/copy-button.tsx'
import { DocumentView } from '#renderer/parts/document-view.tsx'
import type { Values } from '#shared/domain/record.ts'

/** The values of a record, as a tree or as text. */
export function ValuesView({ label, values }: { label: string; values: Values }) {
  const text = useMemo(() => JSON.stringify(values), [values])
  const doc = useTextDocument(text)
  if (doc === null) return null
  return <DocumentView label={label} doc={doc} tools={<CopyButton text={text} what="the values" label="Copy all" />} />
}
