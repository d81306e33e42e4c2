import * as z from 'zod'
import type { WebAnswer } from '#main/sandbox/web/web-server.ts'
import type { Doc } from '#main/sandbox/world/world.ts'
import { errorAnswer, recordNotFound } from './errors.ts'
import { entityOf } from './manage.ts'
import { readBody } from './rest-call.ts'
import type { RestCall } from './rest-call.ts'

const operations = z.array(
  z.object({ op: z.enum(['add', 'replace', 'remove']), path: z.string(), value: z.json().optional() }),
)

/** Answers `/company/contacts/{id}/communications`: the safe way to change one e-mail or phone of a contact. */
export function answerCommunications(call: RestCall, contactId: number, key: string | undefined): WebAnswer {
  const contact = call.manage.table(entityOf('contact')).get(contactId)
  if (contact === null) return recordNotFound('contact', contactId)
  const items = (contact['communicationItems'] ?? []) as readonly Doc[]
  const { method } = call.request
  if (key === undefined) {
    if (method === 'GET') return { status: 200, body: items }
    if (method !== 'POST') return errorAnswer(405, 'MethodNotAllowed', 'GET or POST.')
    return write(call, contactId, [...items, { ...readBody(call.request.text), id: null }], null, 201)
  }
  const id = Number(key)
  const item = items.find((one) => one['id'] === id)
  if (item === undefined) return recordNotFound('communication', key)
  if (method === 'GET') return { status: 200, body: item }
  if (method === 'DELETE') {
    const rest = items.filter((one) => one !== item)
    const answer = write(call, contactId, rest, null, 201)
    return answer.status === 201 ? { status: 204 } : answer
  }
  const changed = method === 'PUT' ? { ...readBody(call.request.text), id } : patched(item, call.request.text)
  if (changed === null) return errorAnswer(400, 'InvalidPatch', 'The patch document can not be read.')
  const replaced = items.map((one) => (one === item ? changed : one))
  return write(call, contactId, replaced, id, 200)
}

function patched(item: Doc, text: string): Doc | null {
  const parsed = operations.safeParse(readBody(text))
  if (!parsed.success) return null
  const values = parsed.data.map(({ op, path, value }) => [
    path.replace(/^\//, ''),
    op === 'remove' ? null : (value ?? null),
  ])
  return { ...item, ...(Object.fromEntries(values) as Doc), id: item['id'] ?? null }
}

/** Saves the items with their contact, whose change is announced, and answers with the one asked about (or the last). */
function write(
  call: RestCall,
  contactId: number,
  items: readonly Doc[],
  id: number | null,
  status: 200 | 201,
): WebAnswer {
  const list = items.map(withoutNulls)
  const result = call.manage.update(entityOf('contact'), contactId, { communicationItems: list }, call.by)
  if (!result.ok) return result.answer
  const saved = (result.doc['communicationItems'] ?? []) as readonly Doc[]
  const body = id === null ? saved.at(-1) : saved.find((one) => one['id'] === id)
  return { status, body: body ?? null }
}

function withoutNulls(item: Doc): Doc {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null))
}
