import type { IconName } from '#renderer/parts/icon.tsx'

/** Something that the palette offers. */
export interface Command {
  readonly id: string
  readonly group: 'Events' | 'Go to' | 'Do' | 'Views' | 'Records' | 'Routes' | 'Mappings' | 'Search'
  readonly label: string
  /** What else tells it from its neighbours. */
  readonly hint?: string
  readonly icon: IconName
  /** Further words to find it by. */
  readonly words?: string
  /** The keys that do the same. */
  readonly keys?: string
  readonly run: (reason: string) => void
  /** What it will do, told before it is done; with `example`, it asks for a reason. */
  readonly ask?: { readonly consequence: string; readonly confirm: string; readonly example?: string }
}

/** What a command is found by. */
export function commandText({ label, hint = '', words = '' }: Command): string {
  return `${label} ${words} ${hint}`
}

/** The groups of what fits, in the order of their first and therefore best one. */
export function groupCommands(commands: readonly Command[]): { name: Command['group']; commands: Command[] }[] {
  const names = [...new Set(commands.map(({ group }) => group))]
  return names.map((name) => ({ name, commands: commands.filter(({ group }) => group === name) }))
}
