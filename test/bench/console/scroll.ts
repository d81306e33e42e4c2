import type { BigFolder } from '../big-folder.ts'
import { atLeast } from '../figure.ts'
import type { Ground } from '../ground.ts'
import { definePart, type Part } from '../part.ts'
import { openProbed, painted } from './browser.ts'

/** Pixels a frame: some 700 rows a second, faster than anybody reads. */
const stride = 400

/** Frames while the live list is scrolled without a rest, with older pages coming in below. */
export function scrollPart(big: BigFolder, seconds: number): Part {
  return definePart({
    about: `scrolling for ${seconds} s through ${big.events.toLocaleString('en')} events`,
    aims: {
      frames: { name: 'scrolling the live list', unit: 'frames/s', bar: atLeast(50) },
      longest: { name: 'scrolling, longest wait for a frame', unit: 'ms' },
      rows: { name: 'rows scrolled past', unit: '' },
    },
    measure: (ground) => measureScroll(ground, big, seconds),
  })
}

async function measureScroll(ground: Ground, big: BigFolder, seconds: number) {
  const page = await openProbed(ground, await ground.host(await big.path()), '#/live')
  await painted(page, '/events/list')
  const grid = page.getByRole('grid', { name: /Events/ })
  const { frames, rows } = await grid.evaluate(
    (box, { forMs, step }) =>
      new Promise<{ frames: number[]; rows: number }>((resolve) => {
        const times: number[] = []
        let past = 0
        const frame = (now: number) => {
          times.push(now)
          const before = box.scrollTop
          box.scrollBy({ top: step })
          past += box.scrollTop - before
          if (now - (times[0] ?? now) < forMs) requestAnimationFrame(frame)
          else resolve({ frames: times, rows: Math.round(past / 34) })
        }
        requestAnimationFrame(frame)
      }),
    { forMs: seconds * 1_000, step: stride },
  )
  const gaps = frames.slice(1).map((at, index) => at - (frames[index] ?? at))
  const tookMs = (frames.at(-1) ?? 0) - (frames[0] ?? 0)
  ground.say(`${gaps.length} frames in ${tookMs.toFixed(0)} ms`)
  return { frames: (gaps.length * 1_000) / tookMs, longest: Math.max(...gaps), rows }
}
