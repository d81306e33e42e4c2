import { ActionIcon, Button, Modal, MultiSelect, TextInput } from '@mantine/core'
import { Icon } from '#renderer/parts/icon.tsx'
import { naturalKeyOf, pairName, pairNames, withNaturalKeys } from '#renderer/state/mappings/natural-keys.ts'
import { systemTitle } from '#shared/domain/record.ts'
import { useEditor } from './editor-context.ts'
import styles from './save-dialog.module.css'

/** What is said of the mapping as a whole: its name, how a record's counterpart is recognised, and where phone numbers are from. */
export function SettingsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { document, edit } = useEditor()
  const keys = document.naturalKeys
  const setKey = (at: number, names: readonly string[]) =>
    edit((draft) => withNaturalKeys(draft, draft.naturalKeys.with(at, naturalKeyOf(names))))
  return (
    <Modal opened={opened} onClose={onClose} title="Settings of the mapping" size="lg" centered>
      <div className={styles.form}>
        <TextInput
          label="Name"
          maxLength={100}
          error={document.name === '' ? 'It needs a name' : null}
          value={document.name}
          onChange={(event) => {
            const name = event.currentTarget.value
            edit((draft) => ({ ...draft, name }), 'name')
          }}
        />
        <fieldset className={styles.keys}>
          <legend>How a record is recognised at the other side</legend>
          <p className={styles.soft}>
            Before a record is created, {systemTitle.salesforce} or {systemTitle.connectwise} is asked for one that
            agrees in all fields of a line. The first field is searched by. Lines are tried from top to bottom.
          </p>
          {keys.map((key, at) => (
            <div key={at} className={styles.key}>
              <MultiSelect
                size="xs"
                aria-label={`Line ${at + 1}`}
                placeholder="Add a field"
                searchable
                data={pairNames(document)}
                value={[key, ...(key.also ?? [])].map(pairName)}
                onChange={(names) => names.length > 0 && setKey(at, names)}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove line ${at + 1}`}
                onClick={() => edit((draft) => withNaturalKeys(draft, draft.naturalKeys.toSpliced(at, 1)))}
              >
                <Icon name="trash" size={14} />
              </ActionIcon>
            </div>
          ))}
          {keys.length === 0 && (
            <p className={styles.soft}>There is no line: every record without a link is created anew.</p>
          )}
          <div>
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<Icon name="plus" size={12} />}
              disabled={pairNames(document).length === 0}
              onClick={() =>
                edit((draft) =>
                  withNaturalKeys(draft, [...draft.naturalKeys, naturalKeyOf(pairNames(draft).slice(0, 1))]),
                )
              }
            >
              Line
            </Button>
          </div>
        </fieldset>
        <TextInput
          label="Country of phone numbers without a country code"
          description="Two letters, such as US, GB or DE"
          placeholder="US"
          maxLength={2}
          error={document.phoneCountry !== undefined && document.phoneCountry.length !== 2 ? 'Two letters' : null}
          value={document.phoneCountry ?? ''}
          onChange={(event) => {
            const country = event.currentTarget.value.toUpperCase().replaceAll(/[^A-Z]/g, '')
            edit(
              ({ phoneCountry: _last, ...draft }) => (country === '' ? draft : { ...draft, phoneCountry: country }),
              'country',
            )
          }}
        />
      </div>
    </Modal>
  )
}
