import type { Page } from '#shared/contract/page.ts'
import type { Headless } from '#test/support/headless.ts'
import type { BigFolder } from './big-folder.ts'
import { below, type Aim, type Bar } from './figure.ts'
import type { Ground } from './ground.ts'
import { definePart, type Part } from './part.ts'

const calls = 20
const pageBar = below(100)
const searchBar = below(200)

interface Question {
  readonly name: string
  readonly bar: Bar
  /** The record of that number has to be among what was found. */
  readonly isAboutOne?: true
  /** The query of each call; `record` is the number of one that there is, another for each call. */
  query(record: number): string
}

const questions: readonly Question[] = [
  { name: 'list, first page', bar: pageBar, query: () => '' },
  { name: 'filter by state, many', bar: pageBar, query: () => 'state=delivered' },
  { name: 'filter by state, none', bar: pageBar, query: () => 'state=dead' },
  { name: 'filter by source', bar: pageBar, query: () => 'sourceId=salesforce' },
  { name: 'filter by source, none', bar: pageBar, query: () => 'sourceId=connectwise' },
  { name: 'filter by record', bar: pageBar, isAboutOne: true, query: (record) => `recordId=${recordId(record)}` },
  { name: 'search, a word in all', bar: searchBar, query: () => 'text=Company' },
  { name: 'search, a word in few', bar: searchBar, query: (record) => `text=${record}` },
  { name: 'search, two words', bar: searchBar, query: (record) => `text=Company%20${record}` },
  { name: "search, a record's id", bar: searchBar, isAboutOne: true, query: (record) => `text=${recordId(record)}` },
  { name: 'search, a word in none', bar: searchBar, query: (record) => `text=nowhere${record}` },
  {
    name: 'search, part of an id',
    bar: searchBar,
    isAboutOne: true,
    query: (record) => `text=${recordId(record).slice(4)}`,
  },
  { name: 'search in a state', bar: searchBar, query: (record) => `state=delivered&text=${record}` },
]

/** The first page of lists, filters and searches over REST, beside a relay whose other side is down. */
export function listsPart(big: BigFolder): Part {
  const aims = questions.flatMap(({ name, bar }): [string, Aim][] => [
    [`${name} p95`, { name: `${name}, p95`, unit: 'ms', bar }],
    [`${name} first`, { name: `${name}, first call`, unit: 'ms' }],
  ])
  return definePart({
    about: `${questions.length} lists and searches among ${big.events.toLocaleString('en')} events, ${calls} calls of each`,
    aims: Object.fromEntries(aims),
    measure: (ground) => measureLists(ground, big),
  })
}

async function measureLists(ground: Ground, big: BigFolder): Promise<Record<string, number>> {
  const host = await ground.host(await big.path())
  const records = Math.floor(big.events / 4)
  const measured: Record<string, number> = {}
  for (const question of questions) {
    const { name } = question
    const times: number[] = []
    for (let call = 0; call < calls; call += 1) {
      // Spread over all the years, the oldest first.
      times.push(await ask(host, question, 3 + Math.floor((records * call) / calls)))
    }
    const [first = Number.NaN, ...later] = times
    const p95 = later.toSorted((a, b) => a - b)[Math.ceil(later.length * 0.95) - 1] ?? Number.NaN
    ground.say(`${name}: first ${first.toFixed(1)} ms, then ${p95.toFixed(1)} ms (p95)`)
    measured[`${name} first`] = first
    measured[`${name} p95`] = p95
  }
  return measured
}

/** Time until something is found or nothing is left to look through: an empty page with more behind it is no answer yet. */
async function ask(host: Headless, { name, query, isAboutOne }: Question, record: number): Promise<number> {
  const started = performance.now()
  let found: Page<{ recordId: string }> = { items: [], next: '' }
  while (found.items.length === 0 && found.next !== null) {
    const after = found.next === '' ? '' : `&after=${encodeURIComponent(found.next)}`
    found = await host.api(`/events?limit=100&${query(record)}${after}`)
  }
  const tookMs = performance.now() - started
  if (isAboutOne && !found.items.some((item) => item.recordId === recordId(record)))
    throw new Error(`${name}: record ${recordId(record)} was not found`)
  return tookMs
}

/** As `fillDatabase` numbers them. */
function recordId(record: number): string {
  return `001${String(record).padStart(12, '0')}`
}
