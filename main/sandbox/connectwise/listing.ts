import type { WebAnswer, WebRequest } from '#main/sandbox/web/web-server.ts'
import type { RecordTable, SqlPart } from '#main/sandbox/world/record-table.ts'
import type { Doc } from '#main/sandbox/world/world.ts'
import { both, elementSql, pathsOf, recordColumn, recordSql } from './condition-sql.ts'
import { parseConditions } from './conditions.ts'
import { errorAnswer } from './errors.ts'
import type { ConnectWiseEntity } from './schema.ts'

/** What a list is asked for: by the address, or by the body of `POST .../search`. */
export interface ListQuery {
  readonly conditions: string | null
  readonly childConditions: string | null
  readonly customFieldConditions: string | null
  readonly orderBy: string | null
  readonly fields: string | null
  readonly page: number
  readonly pageSize: number
  /** Set for forward-only paging: the last id seen; 0 at the start. */
  readonly pageId: number | null
}

const pageSizeAtMost = 1000

/** Takes the query from the address, with conditions of a search body in place of the ones there. */
export function listQuery(request: WebRequest, body: Doc): ListQuery {
  const text = (name: string): string | null => {
    const value = body[name]
    return typeof value === 'string' ? value : request.query.get(name)
  }
  const number = (name: string, otherwise: number): number => Number(request.query.get(name) ?? otherwise)
  const isForward = request.headers['pagination-type'] === 'forward-only'
  return {
    conditions: text('conditions'),
    childConditions: text('childConditions'),
    customFieldConditions: text('customFieldConditions'),
    orderBy: text('orderBy'),
    fields: text('fields'),
    page: number('page', 1),
    pageSize: Math.min(pageSizeAtMost, Math.max(1, number('pageSize', 25))),
    pageId: isForward ? number('pageId', 0) : null,
  }
}

type Where = { readonly ok: true; readonly where: SqlPart } | { readonly ok: false; readonly answer: WebAnswer }

const infoPaths = ['lastUpdated', 'updatedBy', 'dateEntered', 'enteredBy', '_info']

/** The condition of a list as SQL, or the answer to one that can't be read. */
export function listWhere(
  entity: ConnectWiseEntity,
  table: RecordTable,
  query: ListQuery,
  owner: number | null,
): Where {
  let where: SqlPart = owner === null ? { text: 'TRUE', parameters: [] } : { text: 'parent = ?', parameters: [owner] }
  if (query.conditions !== null && query.conditions.trim() !== '') {
    const parsed = parseConditions(query.conditions)
    if (!parsed.ok) return unreadable('conditions', parsed.message)
    const strange = pathsOf(parsed.condition).find((path) => !isKnown(entity, path))
    if (strange !== undefined) return unreadable('conditions', `${entity.name} has no field ${strange}`)
    where = both(where, recordSql(parsed.condition))
  }
  for (const [name, text, array] of [
    ['childConditions', query.childConditions, 'communicationItems'],
    ['customFieldConditions', query.customFieldConditions, 'customFields'],
  ] as const) {
    if (text === null || text.trim() === '') continue
    const parsed = parseConditions(text)
    if (!parsed.ok) return unreadable(name, parsed.message)
    if (!entity.fields.has(array)) return unreadable(name, `${entity.name} has no ${array}`)
    where = both(where, elementSql(parsed.condition, table.name, array))
  }
  return { ok: true, where }
}

function isKnown(entity: ConnectWiseEntity, path: string): boolean {
  const [first = ''] = path.split('/')
  return infoPaths.includes(first) || entity.fields.has(first)
}

function unreadable(field: string, message: string): Where {
  const complaint = { code: 'InvalidField', message, resource: field, field }
  return { ok: false, answer: errorAnswer(400, 'InvalidObject', `${field} object is invalid`, [complaint]) }
}

/** Answers with one page of records and the `Link` header that leads to the others. */
export function answerList(
  entity: ConnectWiseEntity,
  table: RecordTable,
  request: WebRequest,
  query: ListQuery,
  found: SqlPart,
  base: string,
): WebAnswer {
  const { page, pageSize, pageId } = query
  const onward: SqlPart = { text: 'id > ?', parameters: [pageId ?? 0] }
  const where = pageId === null ? found : both(found, onward)
  const order = pageId === null ? orderOf(entity, query.orderBy) : ''
  if (order === null) return errorAnswer(400, 'InvalidObject', 'orderBy names a field that is not there')
  const offset = pageId === null ? (page - 1) * pageSize : 0
  const docs = table.select({ where, ...(order === '' ? {} : { order }), limit: pageSize + 1, offset })
  const shown = docs.slice(0, pageSize).map((doc) => show(entity, doc, query.fields))
  const hasMore = docs.length > pageSize
  const link =
    pageId === null
      ? pageLinks(request, base, page, pageSize, hasMore, () => table.count(found))
      : forwardLink(request, base, hasMore ? Number(docs[pageSize - 1]?.['id']) : null)
  return { status: 200, ...(link === '' ? {} : { headers: { Link: link } }), body: shown }
}

/** The order as SQL; empty for the usual one, null when it names an unknown field. */
function orderOf(entity: ConnectWiseEntity, orderBy: string | null): string | null {
  if (orderBy === null || orderBy.trim() === '') return ''
  const parts: string[] = []
  for (const part of orderBy.split(',')) {
    const match = /^([A-Za-z_][\w/]*)(?:\s+(asc|desc))?$/i.exec(part.trim())
    const path = match?.[1]
    if (path === undefined || !isKnown(entity, path)) return null
    parts.push(`${recordColumn(path)} ${match?.[2] ?? 'asc'}`)
  }
  return [...parts, 'id'].join(', ')
}

/** A record as an answer shows it: hidden fields left out, and only the wanted ones where `fields` says so. */
export function show(entity: ConnectWiseEntity, doc: Doc, fields: string | null): Doc {
  const wanted = fields === null || fields.trim() === '' ? null : fields.split(',').map((path) => path.trim())
  const names = Object.keys(doc).filter((name) => entity.fields.get(name)?.hidden !== true)
  if (wanted === null) return Object.fromEntries(names.map((name) => [name, doc[name] ?? null]))
  const shown: Doc = {}
  for (const path of wanted) {
    const [name = '', inner] = path.split('/')
    if (!names.includes(name)) continue
    const value = doc[name] ?? null
    if (inner === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) shown[name] = value
    else shown[name] = { ...asDoc(shown[name]), [inner]: value[inner] ?? null }
  }
  return shown
}

function asDoc(value: unknown): Doc {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Doc) : {}
}

function address(request: WebRequest, base: string, changes: Readonly<Record<string, number>>): string {
  const url = new URL(request.url, base)
  for (const [name, value] of Object.entries(changes)) url.searchParams.set(name, String(value))
  return url.href
}

function pageLinks(
  request: WebRequest,
  base: string,
  page: number,
  pageSize: number,
  hasMore: boolean,
  count: () => number,
): string {
  if (!hasMore && page <= 1) return ''
  const to = (target: number, rel: string): string =>
    `<${address(request, base, { page: target, pageSize })}>; rel="${rel}"`
  const last = Math.max(1, Math.ceil(count() / pageSize))
  const links = hasMore ? [to(page + 1, 'next'), to(last, 'last')] : []
  if (page > 1) links.push(to(page - 1, 'prev'), to(1, 'first'))
  return links.join(', ')
}

function forwardLink(request: WebRequest, base: string, lastId: number | null): string {
  return lastId === null ? '' : `<${address(request, base, { pageId: lastId })}>; rel="next"`
}
