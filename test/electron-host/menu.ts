import type { Menu as RealMenu, MenuItemConstructorOptions } from 'electron'
import { testWire } from './test-wire.ts'

/** An item as a person sees it; what a role is called is Electron's business. */
export interface ShownItem {
  readonly label: string
  readonly enabled: boolean
  readonly accelerator: string | null
}

const popped: Menu[] = []
let appMenu: Menu | null = null

/** Made of a template. An item is chosen by its words; a role does what Electron knows to do, and nothing here. */
export class Menu implements Pick<RealMenu, 'popup'> {
  readonly #template: readonly MenuItemConstructorOptions[]

  private constructor(template: readonly MenuItemConstructorOptions[]) {
    this.#template = template
  }

  static buildFromTemplate(...[template]: Parameters<typeof RealMenu.buildFromTemplate>): Menu {
    // An item that Electron has made can't be among them.
    return new Menu(template as MenuItemConstructorOptions[])
  }

  static setApplicationMenu(menu: Menu | null): void {
    appMenu = menu
  }

  popup(): void {
    popped.push(this)
  }

  get items(): readonly ShownItem[] {
    return flat(this.#template)
      .filter(({ type }) => type !== 'separator')
      .map(({ accelerator, enabled, label, role }) => ({
        label: label ?? role ?? '',
        enabled: enabled ?? true,
        accelerator: accelerator ?? null,
      }))
  }

  choose(label: string): void {
    const item = flat(this.#template).find((one) => one.label === label || one.accelerator === label)
    if (item?.click === undefined || item.enabled === false) throw new Error(`the menu offers no ${label}`)
    // What the item would be given is used by nobody.
    ;(item.click as () => void)()
  }
}

function flat(template: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] {
  return template.flatMap((item) => (Array.isArray(item.submenu) ? flat(item.submenu) : [item]))
}

testWire.handle('menu.popped', () => popped.at(-1)?.items ?? [])
testWire.handle('menu.app', () => appMenu?.items ?? [])
testWire.handle('menu.choose', (label: string) => appMenu?.choose(label))
