import type { Deed } from '#main/sandbox/sandbox-types.ts'
import { idOf } from '#main/sandbox/world/record-table.ts'
import type { Doc } from '#main/sandbox/world/world.ts'
import type { SystemName } from '#shared/domain/record.ts'
import { ideas, pick } from './ideas.ts'
import type { Workplace } from './traffic.ts'

/** How often somebody thinks again when the dice fell on a deleted record, or on the values that are there already. */
const thoughts = 20

/** Has somebody do it at once; answers the record as it is then, or why it can't be done. */
export function doDeed(workplace: Workplace, system: SystemName, { entity, what, id }: Deed): Doc | string {
  const idea = ideas[system].get(entity)
  if (idea === undefined) return `Nobody here works with ${entity}.`
  const people = workplace[system]
  for (let thought = 0; thought < thoughts; thought++) {
    if (what === 'create') {
      const values = idea.create(workplace)
      if (values !== null) return people.create(entity, values, 'both')
      continue
    }
    const doc = id === null ? pick(workplace, entity) : people.get(entity, id)
    if (doc === null && id !== null) return `There is no ${entity} ${id} any more.`
    const values = idea.change(workplace)
    if (doc !== null && isNews(doc, values)) return people.update(entity, idOf(doc), values, 'both')
  }
  return `Nobody could think of anything to do with ${entity}.`
}

/** Whether some value differs from what is there; of what another record is meant by, its name. */
function isNews(doc: Doc, values: Doc): boolean {
  return Object.entries(values).some(([name, value]) => nameOf(doc[name]) !== nameOf(value))
}

function nameOf(value: Doc[string] | undefined): string {
  const isReference = typeof value === 'object' && value !== null && 'name' in value
  return JSON.stringify((isReference ? value['name'] : value) ?? null)
}
