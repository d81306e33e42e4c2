import { soak } from '#test/soak/soak.ts'
import { slopePerHour } from '#test/soak/verdict.ts'
import { below } from './figure.ts'
import type { Ground } from './ground.ts'
import { definePart, type Part } from './part.ts'

const perSecond = 100

/** The relay's memory under steady traffic; the simulated systems are in a process of their own and do not count. */
export function memoryPart(isQuick: boolean): Part {
  const seconds = isQuick ? 20 : 180
  return definePart({
    about: `${perSecond} events a second for ${seconds} s`,
    aims: {
      highest: { name: `relay memory at ${perSecond} events/s, highest`, unit: 'MB', bar: below(300) },
      last: { name: `relay memory at ${perSecond} events/s, at the end`, unit: 'MB' },
      // A relay that has just started still grows, so a short run tells nothing by its slope.
      slope: isQuick
        ? { name: 'relay memory, slope (too short a run to judge by)', unit: 'MB/min' }
        : { name: 'relay memory, slope over the second half', unit: 'MB/min', bar: below(5) },
    },
    measure: (ground) => measureMemory(ground, seconds),
  })
}

async function measureMemory({ say }: Ground, seconds: number) {
  const { samples, refused } = await soak({
    seconds,
    perSecond,
    outageSeconds: 0,
    say,
    sampleEveryMs: Math.min(10_000, (seconds * 1_000) / 10),
  })
  if (refused > 0) throw new Error(`${refused} events were refused`)
  // The last sample was taken after the traffic had ended.
  const secondHalf = samples.slice(0, -1).filter((sample) => sample.at >= seconds / 2)
  return {
    highest: Math.max(...samples.map((sample) => sample.memoryMb)),
    last: samples.at(-1)?.memoryMb ?? Number.NaN,
    slope: slopePerHour(secondHalf, (sample) => sample.memoryMb) / 60,
  }
}
