import { Alert, Button } from '@mantine/core'
import { useEffect } from 'react'
import { FormPart } from '#renderer/parts/form-part.tsx'
import { Page } from '#renderer/parts/page.tsx'
import { channelAddress } from '#renderer/state/alerts/alert-place.ts'
import { draftKey } from '#renderer/state/alerts/alerts-slice.ts'
import { goTo, useConsole } from '#renderer/state/console-context.ts'
import { freeIdOf } from '#shared/logic/free-id.ts'
import { useLeaveGuard } from '#renderer/state/use-leave-guard.ts'
import type { ChannelKind, ChannelReport } from '#shared/domain/channel.ts'
import { NameField, SecretFields, SettingFields } from '#renderer/views/connections/settings-fields.tsx'
import { useSettingsDraft } from '#renderer/views/connections/settings-draft.ts'
import { ChannelGuide } from './channel-guide.tsx'
import { channelKinds } from './channel-kinds.ts'
import { ChannelTest } from './channel-test.tsx'
import { RemoveChannel } from './remove-channel.tsx'
import { SigningSecret } from './signing-secret.tsx'
import { SmsTemplate } from './sms-template.tsx'
import { ToastPermissionLine } from './toast-permission.tsx'
import { useSaveChannel } from './use-save-channel.ts'
import styles from './channel-editor.module.css'

interface Props {
  readonly kind: ChannelKind
  /** null for a new one. */
  readonly stored: ChannelReport | null
  readonly taken: readonly string[]
  /** How many rules use it. */
  readonly rules: number
  readonly onChanged: () => void
}

/** One channel: its settings, its secrets, its test, and what has to be done elsewhere. */
export function ChannelEditor({ kind, stored, taken, rules, onChanged }: Props) {
  const info = channelKinds[kind]
  const workspace = useConsole((state) => state.relay.health?.workspace)
  const keep = useConsole((state) => state.alerts.keepChannel)
  const address = channelAddress(stored?.channel.id ?? 'new', stored === null ? { kind } : {})
  const key = draftKey(workspace, address)
  const kept = useConsole((state) => state.alerts.channelDrafts[key])
  const id = stored?.channel.id ?? freeIdOf(kept?.name ?? info.name, [...taken, 'new'], kind)
  const saveChannel = useSaveChannel(kind, id, stored?.channel.enabled ?? true)
  const first = { name: stored?.channel.name ?? info.name, settings: stored?.channel.settings ?? info.preset }
  const draft = useSettingsDraft(info, { ...first, ...kept, secrets: stored?.secrets ?? {} }, saveChannel)
  const { name, values, typed } = draft
  const isChanged =
    JSON.stringify([name.trim(), values]) !== JSON.stringify([first.name, first.settings]) ||
    Object.values(typed).some((text) => text !== undefined && text !== '')
  const entered = JSON.stringify({ name, settings: values })
  useEffect(() => keep(key, isChanged ? { name, settings: values } : null), [keep, key, isChanged, entered]) // oxlint-disable-line react-hooks/exhaustive-deps -- `entered` stands for name and values
  useLeaveGuard({ changed: isChanged, name: `the channel “${name}”`, address, leftOut: 'what you typed as a secret' })
  const isNew = stored === null
  const secrets = info.secrets.map((secret) => secret.name)

  async function save() {
    if (!draft.check() || !(await draft.save())) return
    keep(key, null)
    onChanged()
    if (isNew) goTo(channelAddress(id), true)
  }

  return (
    <Page
      title={isNew ? `New channel: ${info.title}` : stored.channel.name}
      lead={<a href={channelAddress()}>All channels</a>}
      actions={!isNew && <RemoveChannel channel={stored.channel} rules={rules} onRemoved={() => keep(key, null)} />}
    >
      <div className={styles.columns}>
        <div className={styles.stack}>
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              void save()
            }}
          >
            <FormPart title={info.title} lead={info.about}>
              <NameField draft={draft} />
              {kind === 'sms' && <SmsTemplate draft={draft} />}
              <SettingFields
                draft={draft}
                names={draft.fields.map((field) => field.name).filter((field) => field !== 'template')}
              />
              <SecretFields draft={draft} names={secrets} />
              {kind === 'webhook' && <SigningSecret draft={draft} isNew={isNew} />}
              {kind === 'toast' && <ToastPermissionLine />}
              {draft.refusal !== null && (
                <Alert color="red" variant="light">
                  {draft.refusal}
                </Alert>
              )}
              <footer className={styles.foot}>
                <span className={styles.hint} role="status">
                  {isNew || isChanged ? 'Not saved yet.' : 'Saved.'}
                </span>
                <Button type="submit" size="sm" loading={draft.saving} disabled={!isNew && !isChanged}>
                  Save
                </Button>
              </footer>
            </FormPart>
          </form>
          {!isNew && (
            <FormPart title="Test" lead="Sends a message that says it is a test.">
              <ChannelTest
                channel={stored.channel}
                onDone={onChanged}
                {...(isChanged && { notYet: 'Save first: what is saved is tested.' })}
              />
            </FormPart>
          )}
        </div>
        <ChannelGuide kind={kind} isTwilio={values['template'] === null} />
      </div>
    </Page>
  )
}
