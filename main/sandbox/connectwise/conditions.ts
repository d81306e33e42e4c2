import { toError } from '#main/base/errors.ts'

/** A value in a condition. An instant is ISO text in UTC, to the second, with what a fraction of a second asks for. */
export type ConditionValue =
  string | number | boolean | null | { readonly instant: string; readonly hasFraction: boolean }

export type Sign = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'like' | 'contains' | 'in'

/** A parsed condition. `path` is separated by slashes. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'compare'; readonly path: string; readonly sign: Sign; readonly values: readonly ConditionValue[] }

export type ParsedCondition =
  { readonly ok: true; readonly condition: Condition } | { readonly ok: false; readonly message: string }

class ConditionError extends Error {}

/**
 * Parses the `conditions` language: text in double quotes (a quote doubled or after a backslash), bare numbers, True and
 * False, instants in square brackets, paths with slashes, `= != < <= > >= like contains in`, each of the last three with
 * `not` before it, AND, OR, NOT and parentheses.
 */
export function parseConditions(text: string): ParsedCondition {
  try {
    return { ok: true, condition: new ConditionParser(tokenise(text)).whole() }
  } catch (thrown) {
    if (!(thrown instanceof ConditionError)) throw toError(thrown)
    return { ok: false, message: thrown.message }
  }
}

interface Token {
  readonly kind: 'text' | 'instant' | 'number' | 'word' | 'sign'
  readonly text: string
}

const tokenPattern =
  /\s*(?:"((?:[^"\\]|\\.|"")*)"|\[([^\]]*)\]|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w/]*)|(<=|>=|!=|<>|[=<>(),]))/sy

function tokenise(text: string): Token[] {
  const kinds = ['text', 'instant', 'number', 'word', 'sign'] as const
  const tokens: Token[] = []
  const end = text.trimEnd().length
  tokenPattern.lastIndex = 0
  while (tokenPattern.lastIndex < end) {
    const from = tokenPattern.lastIndex
    const match = tokenPattern.exec(text)
    if (match === null) throw new ConditionError(`can not read the conditions at '${text.slice(from, from + 20)}'`)
    const place = match.slice(1).findIndex((part) => part !== undefined)
    tokens.push({ kind: kinds[place] ?? 'sign', text: match[place + 1] ?? '' })
  }
  return tokens
}

/** Quotes and backslashes lose their escape, and so does the bracket, which ConnectWise wants written as `[[]`. */
function unescape(text: string): string {
  return text.replace(/""|\\"|\\\\|\[\[\]/g, (found) => (found === '[[]' ? '[' : found.slice(-1)))
}

function toInstant(text: string): ConditionValue {
  const ms = Date.parse(text)
  if (Number.isNaN(ms)) throw new ConditionError(`'${text}' is not a date`)
  return { instant: `${new Date(ms).toISOString().slice(0, 19)}Z`, hasFraction: ms % 1000 !== 0 }
}

const signs: readonly string[] = ['=', '!=', '<', '<=', '>', '>=']

class ConditionParser {
  private readonly tokens: readonly Token[]
  private place = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  whole(): Condition {
    const condition = this.either()
    const rest = this.tokens[this.place]
    if (rest !== undefined) throw new ConditionError(`'${rest.text}' was not expected`)
    return condition
  }

  private either(): Condition {
    const parts = [this.both()]
    while (this.tryWord('or')) parts.push(this.both())
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'or', parts }
  }

  private both(): Condition {
    const parts = [this.one()]
    while (this.tryWord('and')) parts.push(this.one())
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'and', parts }
  }

  private one(): Condition {
    if (this.tryWord('not')) return { kind: 'not', part: this.one() }
    if (!this.trySign('(')) return this.comparison()
    const inner = this.either()
    this.sign(')')
    return inner
  }

  private comparison(): Condition {
    const path = this.next()
    if (path.kind !== 'word') throw new ConditionError(`'${path.text}' is not a field`)
    if (this.tryWord('not')) return { kind: 'not', part: this.named(path.text, this.next()) }
    const sign = this.next()
    if (sign.kind === 'word') return this.named(path.text, sign)
    const text = sign.text === '<>' ? '!=' : sign.text
    if (sign.kind !== 'sign' || !signs.includes(text)) throw new ConditionError(`'${sign.text}' is not an operator`)
    return { kind: 'compare', path: path.text, sign: text as Sign, values: [this.value()] }
  }

  private named(path: string, sign: Token): Condition {
    const word = sign.text.toLowerCase()
    if (word === 'like' || word === 'contains') return { kind: 'compare', path, sign: word, values: [this.value()] }
    if (word !== 'in') throw new ConditionError(`'${sign.text}' is not an operator`)
    this.sign('(')
    const values = [this.value()]
    while (this.trySign(',')) values.push(this.value())
    this.sign(')')
    return { kind: 'compare', path, sign: 'in', values }
  }

  private value(): ConditionValue {
    const token = this.next()
    if (token.kind === 'text') return unescape(token.text)
    if (token.kind === 'number') return Number(token.text)
    if (token.kind === 'instant') return toInstant(token.text)
    const word = token.text.toLowerCase()
    if (token.kind === 'word' && word === 'true') return true
    if (token.kind === 'word' && word === 'false') return false
    if (token.kind === 'word' && word === 'null') return null
    throw new ConditionError(`'${token.text}' is not a value; text stands in double quotes`)
  }

  private next(): Token {
    const token = this.tokens[this.place]
    if (token === undefined) throw new ConditionError('the conditions end too early')
    this.place += 1
    return token
  }

  private tryWord(word: string): boolean {
    const token = this.tokens[this.place]
    if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false
    this.place += 1
    return true
  }

  private trySign(sign: string): boolean {
    const token = this.tokens[this.place]
    if (token?.kind !== 'sign' || token.text !== sign) return false
    this.place += 1
    return true
  }

  private sign(sign: string): void {
    if (!this.trySign(sign)) throw new ConditionError(`'${sign}' is missing`)
  }
}
