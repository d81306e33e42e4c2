/**
 * Prints what lists, search, groups and histograms cost at 1,000,000 events of which 100,000 are dead: `node test/storage/list-times.ts [FILE]`.
 * With a file, the database stays there and is used again.
 */
import { existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { matchAt } from '#main/store/event-match.ts'
import { prepareReads } from '#main/store/read/reads.ts'
import { openForReading } from '#main/store/open.ts'
import { indexEvents } from '#main/store/search-index.ts'
import { Store } from '#main/store/store.ts'
import { fillDatabase } from '#test/support/big-database.ts'
import { parseFilter } from '#shared/logic/typed-filter.ts'

const kept = process.argv[2]
const file = kept ?? join(tmpdir(), `patchbay-lists-${process.pid}.db`)
const now = Date.now()
const dead = 100_000

/** Half of the events from each side, every tenth of the older ones dead in one of forty ways. */
function vary(db: Database.Database): void {
  db.exec(`
    update events set title = 'Company ' || (id / 4) || ' ' || substr('Acme Globex Initech Umbrella Hooli Stark Wayne', 1 + (id * 7) % 35, 10),
      note = case when id % 2 then 'Updated the company: phoneNumber, addressLine1.' else 'It holds all of this already; nothing was sent.' end;
    update events set system = 'connectwise', entity = 'ticket', source_id = 'connectwise', record_id = cast(id / 4 as text),
      action = iif(id % 1000 = 1, 'deleted', 'updated') where id % 2;
    update deliveries set route_id = iif(id % 5000 = 0, 'seldom', 'ticket-to-case') where id % 2 or id % 5000 = 0;
    update deliveries set state = 'dead', result = null, failure = json_object('class', iif(id % 20, 'permanent', 'auth'), 'stage', 'deliver',
      'code', 'CODE_' || (id / 8 % 40), 'sentence', 'The value Gold of the picklist Rating is not there, ' || (id % 977) || '.', 'fix', 'Add it.', 'field', 'Rating'),
      note = 'The value Gold of the picklist Rating is not there, ' || (id % 977) || '.'
      where id % 8 = 0 and id <= ${dead * 8};
    update events set state = 'dead', note = 'The value Gold of the picklist Rating is not there, ' || (id % 977) || '.'
      where id % 8 = 0 and id <= ${dead * 8};
    update events set title = 'The one and only needle' where id = 123456;
    insert or ignore into source_counts (source_id, events, rejections) values ('connectwise', 500000, 0);
    delete from search_stale;`)
}

async function prepare(): Promise<void> {
  await fillDatabase(file, { events: 1_000_000, pending: 10_000, newestAt: now })
  const db = new Database(file)
  db.pragma('synchronous = off')
  vary(db)
  db.close()
}

function told(value: unknown): string {
  const { items, next } = value as { items?: unknown[]; next?: string | null }
  return items === undefined ? '' : `${items.length} rows${next === null ? ', all' : ''}`
}

/** The processor's time tells more than the wall's on a machine that is busy with other things. */
function measure(name: string, work: () => unknown): void {
  const once = (): { readonly wall: number; readonly cpu: number } => {
    const begun = performance.now()
    const used = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(used)
    return { wall: performance.now() - begun, cpu: (user + system) / 1000 }
  }
  const cold = once()
  const warm = [once(), once(), once(), once(), once()]
  const highest = (what: 'wall' | 'cpu'): string => Math.max(...warm.map((one) => one[what])).toFixed(0)
  const row = [
    name.padEnd(40),
    `first ${cold.wall.toFixed(0)} ms (processor ${cold.cpu.toFixed(0)})`.padEnd(36),
    `then at most ${highest('wall')} ms (processor ${highest('cpu')})`.padEnd(40),
    told(work()),
  ]
  process.stdout.write(`${row.join(' ')}\n`)
}

const filters = [
  '',
  'state:dead',
  'state:delivered',
  'state:cancelled',
  '-state:delivered',
  'state:dead state:open',
  'source:salesforce',
  'source:none',
  '-source:salesforce',
  'system:cw',
  'entity:ticket',
  'entity:none',
  'record:48213',
  'cw:48213',
  'sf:001000000012053',
  'route:ticket-to-case',
  'route:seldom',
  'route:none',
  'error:picklist',
  'error:CODE_7',
  'error:nothing-like-that',
  'class:auth',
  'class:unknown',
  'since:2h',
  'since:7d',
  'until:5d',
  'until:2001-01-01',
  'since:6d until:5d',
  'result:updated',
  'result:created',
  'action:deleted',
  'action:restored',
  'needle',
  'absent-word',
  'company',
  'nothing sent',
  '"phoneNumber, addressLine1"',
  'company 12345',
  'it',
  'gold hooli',
  'needle acme',
  '-needle',
  'state:dead needle',
  'state:dead company',
  'state:open nothing',
  'state:dead route:seldom',
  'state:dead class:auth',
  'state:dead since:2h',
  'state:dead until:9d',
  'source:connectwise action:deleted',
  'system:cw error:picklist',
  'system:sf result:updated',
  'entity:account until:3d',
  'route:seldom since:7d',
  'class:auth error:gold',
  'phoneNumber sent',
]

if (kept === undefined || !existsSync(file)) await prepare()
const store = new Store(file)
// Without the rests that the relay leaves between two steps.
const steps: number[] = []
for (let taken = 1; taken > 0;) {
  const begun = performance.now()
  taken = await store.writeLight((tx) => indexEvents(tx, 100))
  if (taken > 0) steps.push(performance.now() - begun)
}
steps.sort((one, other) => one - other)
const at = (share: number): string => `${(steps[Math.floor((steps.length - 1) * share)] ?? 0).toFixed(1)} ms`
process.stdout.write(
  `${steps.length} steps of 100 events: half under ${at(0.5)}, 99 % under ${at(0.99)}, longest ${at(1)}\n`,
)
const db = openForReading(file)
const pages = db.prepare(`select sum(pgsize) as bytes from dbstat where name like 'event_search%'`).get() as {
  bytes: number
}
process.stdout.write(`the search index takes ${(pages.bytes / 1_048_576).toFixed(0)} MB\n`)
const reads = prepareReads(db)
for (const text of filters) {
  const { filter, problems } = parseFilter(text)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  measure(text, () => reads.listEvents({ ...matchAt(filter, now), before: Number.MAX_SAFE_INTEGER, limit: 100 }))
}
for (const hours of [24, 168]) measure(`failure groups, ${hours} h`, () => reads.failureGroups({ now, hours }))
measure('held groups', () => reads.heldGroups({ waitingSince: now }))
const newest = { before: Number.MAX_SAFE_INTEGER, limit: 100 }
const groups = reads.failureGroups({ now, hours: 24 }).groups.slice(0, 1)
measure('dead letters', () => reads.listFailures({ ...newest, state: 'open' }))
measure('dead letters of a group', () => reads.listFailures({ ...newest, state: 'open', groups }))
for (const text of ['company', 'absent-word']) {
  measure(`dead letters with ${text}`, () => reads.listFailures({ ...newest, state: 'open', text }))
}
measure('plan of a group', () => reads.planReplay({ failures: { groups } }))
measure('plan of all dead letters', () => reads.planReplay({ failures: {} }))
for (const [hours, text] of [
  [24, ''],
  [168, ''],
  [168, 'state:dead'],
  [168, 'company'],
] as const) {
  const bucketMs = (hours * 3_600_000) / 48
  const match = { ...matchAt(parseFilter(text).filter, now), receivedFrom: now - hours * 3_600_000 }
  measure(`histogram ${hours} h ${text}`, () => reads.eventHistogram({ match, buckets: 48, bucketMs }))
}
db.close()
await store.close()
if (kept === undefined) for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
