import { Alert, Button } from '@mantine/core'
import { useState } from 'react'
import { Steps, type Step } from '#renderer/parts/steps.tsx'
import { useConsole } from '#renderer/state/console-context.ts'
import type { TestKey } from '#renderer/state/connections-slice.ts'
import { kinds } from '../kinds.ts'
import type { Kind } from '../kinds.ts'
import { useSettingsDraft } from '../settings-draft.ts'
import { NameField, SecretFields, SettingFields } from '../settings-fields.tsx'
import { useSave } from '../use-save.ts'
import { plans, type WizardPart } from './plans.tsx'
import styles from './wizard.module.css'

interface Props {
  readonly kind: Kind
  readonly id: string
  /** The last step is done. */
  readonly onDone: () => void
  readonly doneLabel?: string
}

/**
 * Sets up one connection or source step by step: what to enter, where to find it, a test, and what to do about what it finds. What is
 * there already can be gone through again.
 */
export function Wizard({ kind, id, onDone, doneLabel = 'Done' }: Props) {
  const isConnection = kind === 'salesforce' || kind === 'connectwise'
  const entry = useConsole(({ connections }) =>
    isConnection
      ? connections.connections.find(({ connection }) => connection.id === id)
      : connections.sources.find(({ source }) => source.id === id),
  )
  const stored = entry === undefined ? null : 'connection' in entry ? entry.connection : entry.source
  const connections = useConsole((state) => state.connections.connections)
  const readable = connections.filter(({ connection }) => connection.kind === kinds[kind].readsFrom)
  const save = useSave({ kind, id, entry: stored }, true)
  const start = {
    name: stored?.name ?? kinds[kind].title,
    settings: stored?.settings ?? null,
    secrets: entry?.secrets ?? {},
    // There is mostly one to choose.
    preset: readable[0] === undefined ? {} : { connectionId: readable[0].connection.id },
  }
  const draft = useSettingsDraft(kinds[kind], start, save)
  const plan = plans[kind]
  const [choice, setChoice] = useState(() => plan.firstChoice?.(start.secrets) ?? '')
  const testKey: TestKey = `${isConnection ? 'connection' : 'source'}:${id}`
  const test = useConsole(({ connections }) => connections.tests[testKey])
  const findings = test === undefined || test === 'running' ? null : test
  const hasFailed = findings?.some((check) => !check.ok) === true

  const parts = plan.parts({ kind, id, draft, stored, choice, setChoice, testKey, findings })
  const [at, setAt] = useState(0)
  const part = parts[at] ?? parts[0]
  if (part === undefined) return null
  const isLast = at === parts.length - 1
  const fields = part.fields ?? []

  async function next(part: WizardPart) {
    const asked = [...(part.fields ?? []), ...(part.secrets ?? []), ...(part.hasName ? ['name'] : [])]
    if (!draft.check(part.saves ? undefined : asked)) return
    if (part.saves && draft.isDirty && !(await draft.save())) return
    if (isLast) onDone()
    else setAt(at + 1)
  }

  const savesNow = part.saves === true && draft.isDirty
  const nextLabel = savesNow ? 'Save and go on' : part.isTest === true && hasFailed ? 'Go on anyway' : 'Next'
  const steps = parts.map((one, index): Step => {
    const hasTrouble = one.isTest === true && hasFailed
    const isBehind = index < at || (stored !== null && !draft.isDirty && one.isTest !== true && index !== at)
    return {
      key: one.title,
      title: one.title,
      state: hasTrouble ? 'trouble' : isBehind || (one.isTest === true && findings !== null) ? 'done' : 'open',
      canGo: index < at || (stored !== null && !draft.isDirty),
    }
  })
  return (
    <div className={styles.wizard}>
      <Steps
        label={`Steps to set up ${draft.name}`}
        steps={steps}
        at={part.title}
        onGo={(title) => setAt(parts.findIndex((one) => one.title === title))}
      />
      <form
        className={styles.card}
        aria-label={part.title}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void next(part)
        }}
      >
        <p className={styles.lead}>{part.lead}</p>
        <div className={styles.columns} data-single={part.aside === undefined}>
          <div className={styles.form}>
            {part.before}
            {part.hasName && <NameField draft={draft} />}
            <SettingFields
              draft={draft}
              names={at === 0 && readable.length > 1 ? ['connectionId', ...fields] : fields}
            />
            <SecretFields draft={draft} names={part.secrets ?? []} />
            {part.body}
            {draft.refusal !== null && (
              <Alert color="red" variant="light">
                {draft.refusal}
              </Alert>
            )}
          </div>
          {part.aside !== undefined && <div className={styles.aside}>{part.aside}</div>}
        </div>
        <footer className={styles.foot}>
          {at > 0 && (
            <Button variant="default" size="sm" onClick={() => setAt(at - 1)}>
              Back
            </Button>
          )}
          <Button
            type="submit"
            size="sm"
            variant={part.isTest === true && hasFailed ? 'default' : 'filled'}
            loading={draft.saving}
          >
            {isLast ? doneLabel : nextLabel}
          </Button>
        </footer>
      </form>
    </div>
  )
}
