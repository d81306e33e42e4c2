import { fieldExpression } from '#main/sandbox/world/record-table.ts'
import type { Selection, SqlPart } from '#main/sandbox/world/record-table.ts'
import { toError } from '#main/base/errors.ts'
import { fullId } from './record-id.ts'
import { salesforceObjects } from './schema.ts'
import type { FieldType, SalesforceObject } from './schema.ts'

/** A query ready to run. Fields may go one step over a reference (`Account.Name`); an empty list asks for the count alone. */
export interface SoqlQuery {
  readonly object: SalesforceObject
  readonly fields: readonly string[]
  readonly selection: Selection
}

/** A query, or what Salesforce would say is wrong with it. */
export type ParsedSoql =
  | { readonly ok: true; readonly query: SoqlQuery }
  | { readonly ok: false; readonly code: string; readonly message: string }

class SoqlError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

const tokenPattern =
  /\s*(?:('(?:[^'\\]|\\.)*')|(\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d))?)|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|(<=|>=|!=|<>|[=<>(),]))/y

interface Token {
  readonly kind: 'text' | 'date' | 'number' | 'word' | 'sign'
  readonly text: string
}

function tokenise(soql: string): Token[] {
  const tokens: Token[] = []
  const kinds = ['text', 'date', 'number', 'word', 'sign'] as const
  const end = soql.trimEnd().length
  tokenPattern.lastIndex = 0
  while (tokenPattern.lastIndex < end) {
    const from = tokenPattern.lastIndex
    const match = tokenPattern.exec(soql)
    if (match === null) throw new SoqlError('MALFORMED_QUERY', `unexpected token: '${soql.slice(from, from + 20)}'`)
    const place = match.slice(1).findIndex((part) => part !== undefined)
    tokens.push({ kind: kinds[place] ?? 'sign', text: match[place + 1] ?? '' })
  }
  return tokens
}

/**
 * Parses the part of SOQL that integrations use: SELECT fields or COUNT(), FROM, WHERE with AND, OR, NOT, parentheses,
 * comparisons, LIKE and IN, ORDER BY, LIMIT, OFFSET. Deleted records are left out unless `withDeleted`.
 */
export function parseSoql(soql: string, withDeleted = false): ParsedSoql {
  try {
    return { ok: true, query: new SoqlParser(tokenise(soql)).query(withDeleted) }
  } catch (thrown) {
    if (!(thrown instanceof SoqlError)) throw toError(thrown)
    return { ok: false, code: thrown.code, message: thrown.message }
  }
}

const comparisons: Readonly<Record<string, string>> = { '<': '<', '>': '>', '<=': '<=', '>=': '>=' }
const numeric: readonly FieldType[] = ['double', 'currency', 'percent']

class SoqlParser {
  private readonly tokens: Token[]
  private place = 0
  private object: SalesforceObject | null = null
  private readonly parameters: (string | number | null)[] = []

  constructor(tokens: Token[]) {
    this.tokens = tokens
  }

  query(withDeleted: boolean): SoqlQuery {
    this.word('SELECT')
    const fields = this.fields()
    this.word('FROM')
    const object = this.from()
    for (const path of fields) this.checkField(object, path)
    const where = this.tryWord('WHERE') ? `(${this.disjunction()})` : 'TRUE'
    const order = this.order(object)
    const limit = this.tryWord('LIMIT') ? Number(this.take('number')) : -1
    const offset = this.tryWord('OFFSET') ? Number(this.take('number')) : 0
    const rest = this.tokens[this.place]
    if (rest !== undefined) throw this.unexpected(rest)
    const alive = withDeleted || !object.fields.has('IsDeleted') ? '' : ` AND ${fieldExpression('IsDeleted')} = 0`
    const part: SqlPart = { text: where + alive, parameters: this.parameters }
    return { object, fields, selection: { where: part, ...(order === null ? {} : { order }), limit, offset } }
  }

  private fields(): string[] {
    if (this.tryWord('COUNT')) {
      this.sign('(')
      this.sign(')')
      return []
    }
    const fields = [this.take('word')]
    while (this.trySign(',')) fields.push(this.take('word'))
    return fields
  }

  private from(): SalesforceObject {
    const name = this.take('word').toLowerCase()
    const object = [...salesforceObjects.values()].find((one) => one.name.toLowerCase() === name)
    if (object === undefined) throw new SoqlError('INVALID_TYPE', `sObject type '${name}' is not supported.`)
    this.object = object
    return object
  }

  private checkField(object: SalesforceObject, path: string): void {
    const [first = '', second] = path.split('.')
    const known = second === undefined ? object.fields.has(first) : this.relation(object, first)?.fields.has(second)
    if (known === true) return
    throw new SoqlError('INVALID_FIELD', `No such column '${path}' on entity '${object.name}'.`)
  }

  private relation(object: SalesforceObject, name: string): SalesforceObject | undefined {
    return salesforceObjects.get(object.fields.get(`${name}Id`)?.referenceTo ?? '')
  }

  private order(object: SalesforceObject): string | null {
    if (!this.tryWord('ORDER')) return null
    this.word('BY')
    const parts: string[] = []
    do {
      const name = this.take('word')
      this.checkField(object, name)
      const isDown = this.tryWord('DESC')
      if (!isDown) this.tryWord('ASC')
      if (this.tryWord('NULLS') && !this.tryWord('FIRST')) this.word('LAST')
      parts.push(`${columnOf(name)} ${isDown ? 'DESC' : 'ASC'}`)
    } while (this.trySign(','))
    return parts.join(', ')
  }

  private disjunction(): string {
    const parts = [this.conjunction()]
    while (this.tryWord('OR')) parts.push(this.conjunction())
    return parts.join(' OR ')
  }

  private conjunction(): string {
    const parts = [this.condition()]
    while (this.tryWord('AND')) parts.push(this.condition())
    return parts.join(' AND ')
  }

  private condition(): string {
    if (this.tryWord('NOT')) return `NOT coalesce(${this.condition()}, FALSE)`
    if (this.trySign('(')) {
      const inner = this.disjunction()
      this.sign(')')
      return `(${inner})`
    }
    return this.comparison()
  }

  private comparison(): string {
    const name = this.take('word')
    const field = this.object?.fields.get(name)
    if (this.object === null || field === undefined) {
      throw new SoqlError('INVALID_FIELD', `No such column '${name}' on entity '${this.object?.name ?? ''}'.`)
    }
    const column = columnOf(name)
    if (this.tryWord('LIKE')) {
      this.parameters.push(unquote(this.take('text'), true))
      return `${column} LIKE ? ESCAPE '\\'`
    }
    if (this.tryWord('NOT')) {
      this.word('IN')
      return `${column} NOT IN (${this.list(field.type)})`
    }
    if (this.tryWord('IN')) return `${column} IN (${this.list(field.type)})`
    const sign = this.take('sign')
    const value = this.value(field.type)
    this.parameters.push(value)
    if (sign === '=') return value === null ? `${column} IS ?` : `${column} = ?`
    if (sign === '!=' || sign === '<>') return `${column} IS NOT ?`
    const comparison = comparisons[sign]
    if (comparison === undefined) throw new SoqlError('MALFORMED_QUERY', `unexpected token: '${sign}'`)
    return `${column} ${comparison} ?`
  }

  private list(type: FieldType): string {
    this.sign('(')
    let marks = ''
    do {
      this.parameters.push(this.value(type))
      marks += marks === '' ? '?' : ', ?'
    } while (this.trySign(','))
    this.sign(')')
    return marks
  }

  private value(type: FieldType): string | number | null {
    const token = this.next()
    switch (token.kind) {
      case 'text':
        return this.text(type, unquote(token.text, false))
      case 'number':
        return Number(token.text)
      case 'date':
        return token.text.includes('T') ? `${new Date(token.text).toISOString().slice(0, 19)}.000+0000` : token.text
      default:
        return keyword(token)
    }
  }

  private text(type: FieldType, text: string): string {
    if (numeric.includes(type) || type === 'boolean' || type === 'date' || type === 'datetime') {
      throw new SoqlError(
        'INVALID_FIELD',
        `value of filter criterion must be of type ${type} and should not be enclosed in quotes`,
      )
    }
    return type === 'id' || type === 'reference' ? (fullId(text) ?? text) : text
  }

  private next(): Token {
    const token = this.tokens[this.place]
    if (token === undefined) throw new SoqlError('MALFORMED_QUERY', 'unexpected end of query')
    this.place += 1
    return token
  }

  private take(kind: Token['kind']): string {
    const token = this.next()
    if (token.kind !== kind) throw this.unexpected(token)
    return token.text
  }

  private unexpected(token: Token): SoqlError {
    return new SoqlError('MALFORMED_QUERY', `unexpected token: '${token.text}'`)
  }

  private tryWord(word: string): boolean {
    const token = this.tokens[this.place]
    if (token?.kind !== 'word' || token.text.toUpperCase() !== word) return false
    this.place += 1
    return true
  }

  private word(word: string): void {
    if (!this.tryWord(word)) throw this.unexpected(this.next())
  }

  private trySign(sign: string): boolean {
    const token = this.tokens[this.place]
    if (token?.kind !== 'sign' || token.text !== sign) return false
    this.place += 1
    return true
  }

  private sign(sign: string): void {
    if (!this.trySign(sign)) throw this.unexpected(this.next())
  }
}

/** Ids are exact in their 18-character form; all other text is compared without regard to case, and so are the indexes. */
function columnOf(name: string): string {
  return name === 'Id' ? 'id' : `${fieldExpression(name)} COLLATE NOCASE`
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** The text inside the quotes; for LIKE, escaped wildcards and backslashes stay escaped. */
function unquote(quoted: string, forLike: boolean): string {
  return quoted.slice(1, -1).replace(/\\(.)/gs, (_, char: string) => {
    if (forLike && (char === '%' || char === '_' || char === '\\')) return `\\${char}`
    return escapes[char] ?? char
  })
}

function keyword(token: Token): number | null {
  const word = token.text.toUpperCase()
  if (word === 'NULL') return null
  if (word === 'TRUE') return 1
  if (word === 'FALSE') return 0
  throw new SoqlError('MALFORMED_QUERY', `unexpected token: '${token.text}'`)
}
