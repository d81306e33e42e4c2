import { SegmentedControl, Select, Textarea } from '@mantine/core'
import * as z from 'zod'
import type { SettingsDraft } from '#renderer/views/connections/settings-draft.ts'
import styles from './sms-template.module.css'

const template = z.object({ contentType: z.string(), body: z.string() })

const start = { contentType: 'application/json', body: '{"from": "{from}", "to": "{to}", "text": "{text}"}' }

/** How the gateway wants its requests: as Twilio does, or by a body of one's own. */
export function SmsTemplate({ draft }: { readonly draft: SettingsDraft }) {
  const own = template.safeParse(draft.values['template']).data
  const set = (value: z.infer<typeof template> | null) => draft.set({ ...draft.values, template: value })
  return (
    <div className={styles.template}>
      <SegmentedControl
        size="xs"
        aria-label="Kind of gateway"
        value={own === undefined ? 'twilio' : 'other'}
        data={[
          { value: 'twilio', label: 'Twilio' },
          { value: 'other', label: 'Another gateway' },
        ]}
        onChange={(chosen) => set(chosen === 'other' ? start : null)}
      />
      {own !== undefined && (
        <>
          <Select
            size="sm"
            label="How the body is written"
            allowDeselect={false}
            data={[
              { value: 'application/json', label: 'JSON' },
              { value: 'application/x-www-form-urlencoded', label: 'Form (a=b&c=d)' },
            ]}
            value={own.contentType}
            onChange={(contentType) => set({ ...own, contentType: contentType ?? own.contentType })}
          />
          <Textarea
            size="sm"
            label="Body"
            description="{from}, {to} and {text} are filled in, one request for each number."
            required
            autosize
            minRows={3}
            spellCheck={false}
            error={draft.errors['template']}
            value={own.body}
            onChange={(event) => set({ ...own, body: event.currentTarget.value })}
          />
        </>
      )}
    </div>
  )
}
