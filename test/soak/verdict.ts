import type { Sample, SoakReport } from './soak.ts'

/** A promise, and whether the run kept it. */
export interface Finding {
  readonly holds: boolean
  readonly text: string
}

/** Seconds of samples that a slope needs to say anything. */
const slopeNeeds = 180
/** Growth of memory that is taken for noise (MB an hour), once the relay has warmed up. */
const flatMemory = 60
const memoryBar = 300

/** Compares what a soak showed with what was promised. */
export function judge(report: SoakReport): Finding[] {
  const { samples, sent, refused, dead, records, effect, hasOutage } = report
  const warm = samples.slice(Math.floor(samples.length / 3))
  const growth = slopePerHour(warm, (sample) => sample.memoryMb)
  const highest = Math.max(...samples.map((sample) => sample.memoryMb))
  const handles = (warm.at(-1)?.handles ?? 0) - (warm[0]?.handles ?? 0)
  const slower = median(warm.slice(warm.length / 2), 'answerP99') / median(warm.slice(0, warm.length / 2), 'answerP99')
  const isShort = (warm.at(-1)?.at ?? 0) - (warm[0]?.at ?? 0) < slopeNeeds
  const doubled = [...effect.created.values()].filter((times) => times > 1).length
  return [
    { holds: refused === 0, text: `${sent} events sent, ${refused} refused` },
    { holds: effect.created.size === records, text: `${effect.created.size} of ${records} records created` },
    { holds: doubled === 0, text: `${doubled} records created twice` },
    { holds: effect.disorder.length === 0, text: `${effect.disorder.length} records out of order` },
    { holds: dead === 0, text: `${dead} dead letters` },
    // While an outage fills and empties the queue, memory moves with it; what counts then is the bound.
    {
      holds: hasOutage || isShort || growth < flatMemory,
      text: `memory grows by ${growth.toFixed(1)} MB an hour${isShort ? ' (too short a run to judge by)' : ''}`,
    },
    { holds: highest < memoryBar, text: `memory at most ${highest.toFixed(0)} MB (bar ${memoryBar})` },
    { holds: handles < 20, text: `${handles} handles more at the end than after the start` },
    { holds: hasOutage || slower < 2, text: `answers take ${slower.toFixed(2)} times as long in the later half (p99)` },
  ]
}

/** Slope of the line through the samples (least squares), an hour. */
export function slopePerHour<One extends { readonly at: number }>(
  samples: readonly One[],
  value: (sample: One) => number,
): number {
  const mean = (pick: (sample: One) => number): number =>
    samples.reduce((sum, sample) => sum + pick(sample), 0) / samples.length
  const [meanAt, meanValue] = [mean((sample) => sample.at), mean(value)]
  const above = mean((sample) => (sample.at - meanAt) * (value(sample) - meanValue))
  const below = mean((sample) => (sample.at - meanAt) ** 2)
  return below === 0 ? 0 : (above / below) * 3_600
}

function median(samples: readonly Sample[], key: 'answerP99'): number {
  const sorted = samples.map((sample) => sample[key]).toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}
