import * as z from 'zod'
import type { WebAnswer } from '#main/sandbox/web/web-server.ts'
import type { Doc } from '#main/sandbox/world/world.ts'
import { errorAnswer } from './errors.ts'
import type { ConnectWiseEntity } from './schema.ts'

const operations = z.array(
  z.object({ op: z.enum(['add', 'replace', 'remove']), path: z.string(), value: z.json().optional() }),
)

/** The fields that a PATCH sets, or the answer to a body that is none. */
export type ReadPatch = { readonly ok: true; readonly values: Doc } | { readonly ok: false; readonly answer: WebAnswer }

/**
 * Reads a PATCH body. Paths are case-sensitive and may begin with a slash. A path into a reference, such as
 * `company/identifier`, is taken without a word and changes nothing: the trap of the real system.
 */
export function readPatch(entity: ConnectWiseEntity, body: unknown): ReadPatch {
  const parsed = operations.safeParse(body)
  if (!parsed.success) return invalid('The patch document must be a list of operations with op, path and value.')
  const values: Doc = {}
  for (const { op, path, value } of parsed.data) {
    const [name = '', inner] = path.replace(/^\//, '').split('/')
    const field = entity.fields.get(name)
    if (field === undefined) return invalid(`The target location specified by path segment '${name}' was not found.`)
    if (inner !== undefined) continue
    if (field.kind === 'communications' && !Array.isArray(value)) return invalid(couldNotCast(name))
    if (field.kind === 'custom' && !Array.isArray(value)) return invalid(couldNotCast(name))
    values[name] = op === 'remove' ? null : (value ?? null)
  }
  return { ok: true, values }
}

function couldNotCast(name: string): string {
  return `Could not cast or convert the value of '${name}'.`
}

function invalid(message: string): ReadPatch {
  return { ok: false, answer: errorAnswer(400, 'InvalidPatch', message) }
}
