import type { Attempt, DeliveryDetail } from '#shared/domain/delivery.ts'

type Step = Attempt['steps'][number]['step']

const stepWords: Record<Step, string> = {
  refetch: 'Refetched',
  map: 'Mapped',
  'look-up': 'Looked up',
  compare: 'Compared',
  write: 'Sent',
  record: 'Recorded',
}

const stepMeanings: Record<Step, string> = {
  refetch: 'The source record was read as it is now.',
  map: 'The mapping made the values for the other side.',
  'look-up': 'The counterpart was looked for at the other side.',
  compare: 'The record at the other side was read, and only what differs was kept.',
  write: 'What differs was sent.',
  record: 'What came of it was written down.',
}

/** A step of an attempt, and which part of all steps together it took. */
export interface StepBar {
  readonly key: string
  readonly title: string
  readonly meaning: string
  readonly durationMs: number
  /** Percent of the whole: where it begins, and how long it is. */
  readonly from: number
  readonly share: number
}

/** The steps of an attempt in their order, one after the other. */
export function stepBars({ steps }: Pick<Attempt, 'steps'>): StepBar[] {
  const total = steps.reduce((sum, step) => sum + step.durationMs, 0)
  const percent = (ms: number): number => (total === 0 ? 0 : (ms / total) * 100)
  let begun = 0
  return steps.map(({ step, durationMs }, index) => {
    const from = percent(begun)
    begun += durationMs
    return {
      key: `${index} ${step}`,
      title: stepWords[step],
      meaning: stepMeanings[step],
      durationMs,
      from,
      share: percent(durationMs),
    }
  })
}

/** How long an attempt had to wait for its turn: since the delivery was made, or since the attempt before it (ms). */
export function waitedMs(delivery: Pick<DeliveryDetail, 'attempts' | 'createdAt'>, attempt: Attempt): number {
  const before = delivery.attempts.find(({ number }) => number === attempt.number - 1)
  const since = before === undefined ? delivery.createdAt : before.startedAt + before.durationMs
  return Math.max(0, attempt.startedAt - since)
}
