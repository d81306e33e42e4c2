import { useEffect, useState } from 'react'
import { CodeEditor } from '#renderer/parts/code-editor.tsx'
import { LoadFailure } from '#renderer/parts/load-failure.tsx'
import { useAnswer } from '#renderer/state/use-answer.ts'
import type { DeliveryId } from '#shared/domain/ids.ts'
import { values, type Values } from '#shared/domain/record.ts'
import styles from './replay-dialog.module.css'

/**
 * The values of one delivery, to be changed before they are sent again: at first those that its last attempt read. Tells of each change;
 * null while what stands there can't be read.
 */
export function EditedValues({
  deliveryId,
  onChange,
}: {
  deliveryId: DeliveryId
  onChange: (payload: Values | null) => void
}) {
  const start = useAnswer(`values of ${deliveryId}`, async (call) =>
    lastRead(await call.deliveries.get({ id: deliveryId })),
  )
  const [text, setText] = useState<string | null>(null)
  const shown = text ?? (start.value === null ? null : JSON.stringify(start.value, null, 2))
  const problem = shown === null ? null : problemOf(shown)

  useEffect(() => {
    if (start.value !== null) onChange(start.value)
  }, [start.value, onChange])

  if (start.failed !== null) return <LoadFailure what="The values" error={start.failed} again={start.reload} />
  if (shown === null) return null
  return (
    <div>
      <CodeEditor
        label="The values to send"
        language="json"
        value={shown}
        maxHeight={220}
        onChange={(typed) => {
          setText(typed)
          onChange(parsed(typed))
        }}
      />
      <p className={styles.soft} role="status">
        {problem ?? 'The event itself stays as it was; this delivery is marked as edited.'}
      </p>
    </div>
  )
}

function lastRead({ attempts }: { attempts: readonly { readonly sourceValues: Values | null }[] }): Values {
  return attempts.findLast((attempt) => attempt.sourceValues !== null)?.sourceValues ?? {}
}

function parsed(text: string): Values | null {
  try {
    return values.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

function problemOf(text: string): string | null {
  try {
    return values.safeParse(JSON.parse(text)).success ? null : 'These have to be fields with values, between { and }.'
  } catch (error) {
    return `This can’t be read yet: ${error instanceof Error ? error.message : 'it is no JSON'}`
  }
}
