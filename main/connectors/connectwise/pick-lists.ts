import * as z from 'zod'
import { ok, type Result } from '#shared/domain/failure.ts'
import type { PickListValue } from '#shared/domain/schema.ts'
import type { CallContext } from '../connector.ts'
import { searchSubject } from '../subject.ts'
import type { ConnectwiseClient } from './client.ts'
import type { PickListName } from './fields.ts'

interface PickListTable {
  /** As sentences name it. */
  readonly title: string
  readonly path: string
  /** The field that a reference is written by. */
  readonly word?: 'identifier'
  /** Kept for each board by itself, under this name. */
  readonly perBoard?: 'statuses' | 'types'
}

const tables: Readonly<Record<PickListName, PickListTable>> = {
  boards: { title: 'the boards', path: '/service/boards' },
  companyStatuses: { title: 'the statuses of companies', path: '/company/companies/statuses' },
  members: { title: 'the members', path: '/system/members', word: 'identifier' },
  opportunityStages: { title: 'the stages of opportunities', path: '/sales/stages' },
  opportunityStatuses: { title: 'the statuses of opportunities', path: '/sales/opportunities/statuses' },
  opportunityTypes: { title: 'the types of opportunities', path: '/sales/opportunities/types' },
  priorities: { title: 'the priorities', path: '/service/priorities' },
  ticketSources: { title: 'the sources of tickets', path: '/service/sources' },
  ticketStatuses: { title: 'the statuses of tickets', path: '/service/boards', perBoard: 'statuses' },
  ticketTypes: { title: 'the types of tickets', path: '/service/boards', perBoard: 'types' },
}

/** Entries of one table, and boards whose own tables are asked for. */
const mostEntries = 1_000
const mostBoards = 50

const entry = z.object({
  id: z.number().int(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  identifier: z.string().nullish(),
  inactiveFlag: z.boolean().nullish(),
  inactive: z.boolean().nullish(),
})
type Entry = z.infer<typeof entry>

/** How sentences name a table. */
export function titleOf(name: PickListName): string {
  return tables[name].title
}

/** What a reference may be set to, by the word that it is written by; the same word on several boards is one value. */
export async function readPickList(
  client: ConnectwiseClient,
  name: PickListName,
  context: CallContext,
): Promise<Result<readonly PickListValue[]>> {
  const table = tables[name]
  const listed = await list(client, table.path, table, context)
  if (!listed.ok) return listed
  if (table.perBoard === undefined) return ok(listed.value.flatMap((one) => toValue(one, table)))
  const boards = listed.value.filter((board) => !isInactive(board)).slice(0, mostBoards)
  const values = new Map<string, { value: PickListValue; boards: string[] }>()
  for (const board of boards) {
    const own = await list(client, `/service/boards/${board.id}/${table.perBoard}`, table, context)
    if (!own.ok) return own
    for (const value of own.value.flatMap((one) => toValue(one, table))) {
      const known = values.get(value.value)
      const active = value.active || known?.value.active === true
      const names = [...(known?.boards ?? []), board.name ?? String(board.id)]
      values.set(value.value, { value: { ...value, active }, boards: names })
    }
  }
  return ok(
    [...values.values()].map(({ value, boards: on }) => ({ ...value, label: labelOn(value, on, boards.length) })),
  )
}

async function list(
  client: ConnectwiseClient,
  path: string,
  { title }: PickListTable,
  context: CallContext,
): Promise<Result<readonly Entry[]>> {
  const asked = await client.list(path, {}, mostEntries, searchSubject(title, context), context)
  if (!asked.ok) return asked
  return ok(
    asked.value.flatMap((json) => {
      const read = entry.safeParse(json)
      return read.success ? [read.data] : []
    }),
  )
}

function toValue(one: Entry, { word }: PickListTable): PickListValue[] {
  const value = word === 'identifier' ? one.identifier : (one.name ?? one.description)
  if (value === null || value === undefined || value === '') return []
  return [{ value, label: one.name ?? value, active: !isInactive(one) }]
}

function isInactive({ inactive, inactiveFlag }: Entry): boolean {
  return inactiveFlag === true || inactive === true
}

/** Where a word is not on all boards, it says which. */
function labelOn({ label }: PickListValue, on: readonly string[], boards: number): string {
  return on.length === boards ? label : `${label} (${on.slice(0, 3).join(', ')}${on.length > 3 ? ', …' : ''})`
}
