import type { SystemName } from '#shared/domain/record.ts'

/**
 * The day that a date or timestamp names, as `YYYY-MM-DD`; null for anything else. The day is read as it is
 * written and never moved through a time zone: ConnectWise keeps dates as midnight UTC, Salesforce as bare days.
 */
export function civilDate(text: string): string | null {
  const found = /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.*)?\s*$/u.exec(text)
  if (found === null) return null
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const date = new Date(Date.UTC(year, month - 1, day))
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1000
  return isReal ? `${found[1]}-${found[2]}-${found[3]}` : null
}

/** The day as `system` wants it written. */
export function writtenDate(day: string, system: SystemName): string {
  return system === 'connectwise' ? `${day}T00:00:00Z` : day
}
