const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Text of an element as the XML parser gave it, with character references resolved; null when it is empty or holds elements. */
export function readXmlText(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : resolve(value)
  if (typeof value !== 'object' || value === null) return null
  const {
    '#text': text,
    '#cdata': cdata,
    '@_nil': nil,
  } = value as { '#text'?: unknown; '#cdata'?: unknown; '@_nil'?: unknown }
  if (nil === 'true' || nil === '1') return null
  const whole = (typeof text === 'string' ? resolve(text) : '') + (typeof cdata === 'string' ? cdata : '')
  return whole === '' ? null : whole
}

/** Resolves the five names that XML itself knows and character numbers, nothing else: no entity can be declared. */
function resolve(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return named[name] ?? whole
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole
    },
  )
}
