import { Radio, Stack } from '@mantine/core'

/** Ways by which Salesforce's changes come in, each with what it needs here. */
export const senders = [
  {
    name: 'hookdeck',
    title: 'Through Hookdeck (recommended)',
    about: 'Keeps events while this computer is off, and signs each. Works with Flows and Outbound Messages.',
    lead: 'Follow the steps in Hookdeck and Salesforce, and bring the signing secret here.',
    fields: [],
    secrets: ['signingSecret', 'signingSecret2'],
  },
  {
    name: 'outbound-message',
    title: 'Outbound Messages, straight from Salesforce',
    about:
      'Salesforce tries for 24 hours. Needs a public address; nobody can sign them, so a token in the address does.',
    lead: 'Say which organisation may send, and give the address a token that nobody can guess.',
    fields: ['organizationId'],
    secrets: ['pathToken'],
  },
  {
    name: 'apex',
    title: 'Apex, straight from Salesforce',
    about: 'For teams with a developer. Salesforce does not repeat a call that failed.',
    lead: 'Make up a secret that both sides know, and give the class below to your Salesforce developer.',
    fields: ['hmacHeader'],
    secrets: ['hmacSecret'],
  },
] as const satisfies readonly {
  name: string
  title: string
  about: string
  lead: string
  fields: readonly string[]
  secrets: readonly string[]
}[]

export type SenderName = (typeof senders)[number]['name']

/** The way that the secrets which are set belong to. */
export function senderOf(secrets: Readonly<Record<string, { set: boolean }>>): SenderName {
  const has = (name: string) => secrets[name]?.set === true
  if (has('signingSecret') || has('signingSecret2')) return 'hookdeck'
  if (has('pathToken')) return 'outbound-message'
  return has('hmacSecret') ? 'apex' : 'hookdeck'
}

export function SenderChoice({ value, onChange }: { value: SenderName; onChange: (name: string) => void }) {
  return (
    <Radio.Group label="How it comes" value={value} onChange={onChange}>
      <Stack gap={8} mt={6}>
        {senders.map(({ name, title, about }) => (
          <Radio key={name} size="sm" value={name} label={title} description={about} />
        ))}
      </Stack>
    </Radio.Group>
  )
}
