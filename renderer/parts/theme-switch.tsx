import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import type { MantineColorScheme } from '@mantine/core'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'

const choices: readonly { value: MantineColorScheme; label: string; icon: IconName }[] = [
  { value: 'light', label: 'Light', icon: 'sun' },
  { value: 'dark', label: 'Dark', icon: 'moon' },
  { value: 'auto', label: 'Like the system', icon: 'screen' },
]

/** Light, dark, or like the system; remembered by the browser. The labels stand beside the icons where there is room. */
export function ThemeSwitch({ labelled = false }: { labelled?: boolean }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedControl<MantineColorScheme>
      size={labelled ? 'sm' : 'xs'}
      aria-label="Theme"
      value={colorScheme}
      onChange={setColorScheme}
      data={choices.map(({ value, label, icon }) => ({
        value,
        label: labelled ? (
          label
        ) : (
          <span title={label} style={{ display: 'grid' }}>
            <Icon name={icon} size={14} />
            <span className="visually-hidden">{label}</span>
          </span>
        ),
      }))}
    />
  )
}
