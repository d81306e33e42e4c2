/** Units in which people say how long something takes, the longest first. */
const units = [
  { name: 'days', one: 'day', ms: 86_400_000 },
  { name: 'hours', one: 'hour', ms: 3_600_000 },
  { name: 'minutes', one: 'minute', ms: 60_000 },
  { name: 'seconds', one: 'second', ms: 1_000 },
] as const

export type DurationUnit = (typeof units)[number]['name']

/** What a person enters: so many of a unit. */
export interface Duration {
  readonly amount: number
  readonly unit: DurationUnit
}

/** In the longest unit that takes no fraction; a day is said in hours, as "within 24 hours" is what people say. */
export function durationOf(ms: number): Duration {
  const unit = units.find((one) => ms % one.ms === 0 && ms >= one.ms && !(one.name === 'days' && ms === one.ms))
  return unit === undefined ? { amount: ms / 1_000, unit: 'seconds' } : { amount: ms / unit.ms, unit: unit.name }
}

export function durationMs({ amount, unit }: Duration): number {
  return Math.round(amount * (units.find(({ name }) => name === unit)?.ms ?? 1_000))
}

/** "3 days", "24 hours", "1.5 seconds". */
export function durationWords(ms: number): string {
  const { amount, unit } = durationOf(ms)
  const said = units.find(({ name }) => name === unit)
  return `${amount.toLocaleString('en')} ${amount === 1 ? said?.one : unit}`
}
