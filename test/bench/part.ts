import { toFigure, type Aim, type Figure, type Measured } from './figure.ts'
import type { Ground } from './ground.ts'

/** One thing to measure: what figures it gives, known beforehand, and how. */
export interface Part<Key extends string = string> {
  /** What is going on, for whoever waits. */
  readonly about: string
  readonly aims: Readonly<Record<Key, Aim>>
  measure(ground: Ground): Promise<Readonly<Record<Key, Measured>>>
}

/** A part whose measurement gives just the figures that it announced. */
export function definePart<Key extends string>(part: Part<Key>): Part {
  return part
}

/** Measures a part on a ground of its own. When it fails, its figures say why, and the bench can go on. */
export async function measure(part: Part, ground: Ground): Promise<Figure[]> {
  const aims = Object.entries(part.aims)
  try {
    const measured = await part.measure(ground)
    return aims.map(([key, aim]) => toFigure(aim, measured[key] ?? { reason: 'The measurement left it out.' }))
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    ground.say(`could not be measured: ${reason}`)
    ground.sayLogs()
    return aims.map(([, aim]) => toFigure(aim, { reason }))
  } finally {
    await ground.clear()
  }
}
