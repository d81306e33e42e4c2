import type { Json, Values } from '#shared/domain/record.ts'

interface Branch {
  [key: string]: Json | Branch
}

function isBranch(value: Json | Branch | undefined): value is Branch {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Flat values as expressions see them: `company/id` becomes `company.id`, beside plain names as they are. Empty
 * fields are not there: JSONata's functions pass over what is missing, but stop at null. Objects have no prototype, so that no
 * field name means anything else than the field.
 */
export function nestedView(values: Values): Branch {
  const root: Branch = Object.create(null) as Branch
  for (const [path, value] of Object.entries(values)) {
    if (value === null) continue
    const parts = path.split('/')
    const last = parts.pop() ?? path
    let branch = root
    for (const part of parts) {
      const next = branch[part]
      // A name that is a value and a branch too (`company`, `company/id`) is seen as the branch.
      branch = isBranch(next) ? next : (branch[part] = Object.create(null) as Branch)
    }
    if (!isBranch(branch[last])) branch[last] = value
  }
  return root
}

/** A field's value by its name, with dots or slashes for depth; undefined when the record does not know it. */
export function readField(values: Values, field: string): Json | undefined {
  if (Object.hasOwn(values, field)) return values[field]
  const path = field.replaceAll('.', '/')
  if (Object.hasOwn(values, path)) return values[path]
  let value: Json | undefined = values
  for (const part of path.split('/')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, part))
      return undefined
    value = value[part]
  }
  return value
}
