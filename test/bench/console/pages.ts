import type { Page } from 'playwright'
import { until } from '#test/support/until.ts'
import type { BigFolder } from '../big-folder.ts'
import { below, type Aim } from '../figure.ts'
import type { Ground } from '../ground.ts'
import { percentiles } from '../load.ts'
import { definePart, type Part } from '../part.ts'
import { goTo, openProbed, painted } from './browser.ts'

const rounds = 8

/** What is typed; `record` is the number of one that there is, another for each round. */
const searches: Readonly<Record<string, (record: number) => string>> = {
  'a word in all': (record) => `Company since:${record}d`,
  'a word in few': (record) => `${record}`,
  'two words': (record) => `Company ${record}`,
  'a word in none': (record) => `nowhere${record}`,
  'a word in a state': (record) => `state:delivered ${record}`,
}

/** From the moment the console asks to the moment its answer is in sight: the first page of the live list, and searches. */
export function pagesPart(big: BigFolder): Part {
  const events = big.events.toLocaleString('en')
  const aims: Record<string, Aim> = {
    first: { name: `first page of ${events}, asked to in sight, slowest`, unit: 'ms', bar: below(100) },
    usual: { name: `first page of ${events}, asked to in sight, median`, unit: 'ms' },
    answered: { name: `first page of ${events}, asked to answered, median`, unit: 'ms' },
    opening: { name: 'console opened to first page in sight, median', unit: 'ms' },
  }
  for (const name of Object.keys(searches))
    aims[name] = { name: `search, ${name}, asked to in sight, slowest`, unit: 'ms', bar: below(200) }
  return definePart({
    about: `the first page and ${Object.keys(searches).length} searches among ${events} events, ${rounds} times each`,
    aims,
    measure: (ground) => measurePages(ground, big),
  })
}

async function measurePages(ground: Ground, big: BigFolder): Promise<Record<string, number>> {
  const host = await ground.host(await big.path())
  const page = await openProbed(ground, host, '#/live')
  await painted(page, '/events/list')
  const firsts: number[] = []
  const answers: number[] = []
  const openings: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await page.reload()
    const [first] = await painted(page, '/events/list')
    firsts.push((first?.paintedAt ?? Number.NaN) - (first?.at ?? Number.NaN))
    answers.push((first?.answeredAt ?? Number.NaN) - (first?.at ?? Number.NaN))
    openings.push(first?.paintedAt ?? Number.NaN)
  }
  const measured: Record<string, number> = {
    first: Math.max(...firsts),
    usual: percentiles(firsts).p50,
    answered: percentiles(answers).p50,
    opening: percentiles(openings).p50,
  }
  ground.say(`first page: ${firsts.map((ms) => ms.toFixed(0)).join(', ')} ms`)
  const records = Math.floor(big.events / 4)
  for (const [name, words] of Object.entries(searches)) {
    const times: number[] = []
    await search(page, 'first')
    for (let round = 0; round < rounds; round += 1)
      times.push(await search(page, words(3 + Math.floor((records * round) / rounds))))
    ground.say(`search, ${name}: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms`)
    measured[name] = Math.max(...times)
  }
  return measured
}

/** ms from the question to the first rows that answer it, or to the word that there are none. */
async function search(page: Page, words: string): Promise<number> {
  const ms = await answerMs(page, `#/live?filter=${encodeURIComponent(words)}`)
  await answerMs(page, '#/live')
  return ms
}

/** A page that found nothing yet leads to further questions, and further pages are asked for ahead; neither counts. */
async function answerMs(page: Page, place: string): Promise<number> {
  await page.evaluate(() => window.probe.clear())
  await goTo(page, place)
  return until(`${place} is answered`, () =>
    page.evaluate(() => {
      const asked = window.probe.asked.filter(({ method }) => method === '/events/list')
      const painted = asked.flatMap(({ paintedAt }) => paintedAt ?? [])
      const rows = document.querySelectorAll('main [role="grid"] [role="row"]').length
      const isTold = rows > 1 || /No event matches/.test(document.querySelector('main')?.textContent ?? '')
      return isTold && painted.length > 0 ? Math.min(...painted) - (asked[0]?.at ?? Number.NaN) : null
    }),
  )
}
