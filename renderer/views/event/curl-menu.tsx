import { Button, Menu } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { Icon } from '#renderer/parts/icon.tsx'
import { curlCommand, type CurlRequest, type Shell } from '#shared/logic/curl.ts'

const shells: readonly { readonly shell: Shell; readonly label: string }[] = [
  { shell: 'powershell', label: 'For PowerShell' },
  { shell: 'posix', label: 'For a Unix shell' },
]

/** Copies a request as a command; what is secret stands there as a placeholder to be filled in. */
export function CurlMenu({ request }: { request: CurlRequest }) {
  const clipboard = useClipboard({ timeout: 1_500 })
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<Icon name={clipboard.copied ? 'good' : 'copy'} size={12} />}
        >
          {clipboard.copied ? 'Copied' : 'Copy as curl'}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {shells.map(({ shell, label }) => (
          <Menu.Item key={shell} onClick={() => clipboard.copy(curlCommand(request, shell))}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>Secrets stand in it as placeholders, such as &lt;secret&gt;.</Menu.Label>
      </Menu.Dropdown>
    </Menu>
  )
}
