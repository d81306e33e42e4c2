/** What other programs may write to lead a person into the console: `patchbay://event/12`. */
export const linkScheme = 'patchbay'

/** Screens that the task list of the start menu leads to. */
const screens = ['overview', 'live', 'failures'] as const

/**
 * The place in the console that a link means; null for anything but an event, a record or an alert.
 *
 * Any page and any program can open such a link, so it can do no more than show something: no query, no action, nothing that is typed
 * in for the person.
 */
export function hashOfLink(link: string): string | null {
  const parts = new RegExp(`^${linkScheme}://([a-z]+)/(.{1,200})$`, 'i').exec(link)
  if (parts === null) return null
  const [, kind = '', path = ''] = parts
  const rest = path.replace(/\/$/, '')
  switch (kind.toLowerCase()) {
    case 'event':
      return isNumber(rest) ? `#/events/${rest}` : null
    case 'alert':
      return isNumber(rest) ? `#/alerts/${rest}` : null
    case 'record':
      return /^(salesforce|connectwise)\/[A-Za-z_]{1,60}\/[A-Za-z0-9]{1,40}$/.test(rest) ? `#/records/${rest}` : null
    default:
      return null
  }
}

/** The link to an alert, for messages that leave this machine and are read on it; null for any other place. */
export function linkOfHash(hash: string): string | null {
  const [, id] = /^#\/alerts\/([1-9]\d{0,14})$/.exec(hash) ?? []
  return id === undefined ? null : `${linkScheme}://alert/${id}`
}

/** The place of a screen by its name; null for any other word. */
export function hashOfScreen(name: string | boolean | undefined): string | null {
  return screens.some((screen) => screen === name) ? `#/${String(name)}` : null
}

function isNumber(text: string): boolean {
  return /^[1-9]\d{0,14}$/.test(text)
}
