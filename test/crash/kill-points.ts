import { subscribe } from 'node:diagnostics_channel'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { Transaction } from '#main/store/transaction.ts'

/**
 * Where a host can be made to die, in the order in which an event passes: `receive` and `stored` lie on either side of the commit
 * that the sender waits for, `route` and `routed`, `record` and `recorded` likewise; `send` is a write on the wire without an
 * answer, `answered` a write whose answer nobody has written down.
 */
export const killPoints = [
  'migrate',
  'start',
  'receive',
  'stored',
  'route',
  'routed',
  'leased',
  'map',
  'intended',
  'send',
  'answered',
  'record',
  'recorded',
  'checkpoint',
  'any moment',
] as const
export type KillPoint = (typeof killPoints)[number]

/** Die at the `count`th passing of `point`, or where a point is a length of time, `delayMs` into it. */
export interface KillPlan {
  readonly point: KillPoint
  readonly count: number
  readonly delayMs: number
}

/**
 * Arms this process to kill itself at a point. The host knows nothing of it: its statements and its calls are watched from outside,
 * by the tables they name and by what undici tells of each request.
 */
export function arm(plan: KillPlan): void {
  const { point, count, delayMs } = plan
  const die = dieAtPassing(count)
  switch (point) {
    case 'migrate':
      return dieInMigration(delayMs)
    case 'start':
      return void dieIn(delayMs)
    case 'any moment':
      return
    case 'checkpoint':
      return dieInCheckpoint(count, delayMs)
    case 'map':
      return onRequest('undici:request:create', isRead, die)
    case 'send':
      return onRequest('undici:request:bodySent', isWrite, die)
    case 'answered':
      return onRequest('undici:request:headers', isWrite, die)
    case 'receive':
    case 'route':
    case 'record':
      return onStatement(statements[point], 'before', die)
    case 'stored':
    case 'routed':
    case 'leased':
    case 'intended':
    case 'recorded':
      return onStatement(statements[point], 'committed', die)
  }
}

const statements = {
  receive: /insert into payloads/,
  stored: /insert into payloads/,
  route: /insert into deliveries/,
  routed: /insert into deliveries/,
  leased: /update deliveries set state = 'leased'/,
  intended: /update deliveries set intent = coalesce/,
  record: /insert into attempts/,
  recorded: /insert into attempts/,
} as const

export function dieAtPassing(count: number): () => void {
  let left = count
  return () => {
    left -= 1
    if (left <= 0) process.kill(process.pid, 'SIGKILL')
  }
}

/** Calls `then` before each statement that `wanted` describes, or after each commit that holds at least one. */
export function onStatement(wanted: RegExp, when: 'before' | 'committed', then: () => void): void {
  let isInCommit = false
  watchStatements((sql, run) => {
    const isWanted = wanted.test(sql)
    if (isWanted && when === 'before') then()
    isInCommit ||= isWanted
    const result = run()
    if (sql === 'commit') {
      if (isInCommit && when === 'committed') then()
      isInCommit = false
    }
    return result
  })
}

/** Puts `around` about every statement that the store runs. */
function watchStatements(around: <T>(sql: string, run: () => T) => T): void {
  const { run, get, all } = Transaction.prototype
  Transaction.prototype.run = function (sql, ...parameters) {
    return around(sql, () => run.call(this, sql, ...parameters))
  }
  Transaction.prototype.get = function <Row>(this: Transaction, sql: string, ...parameters: Values) {
    return around(sql, () => get.call(this, sql, ...parameters) as Row | undefined)
  }
  Transaction.prototype.all = function <Row>(this: Transaction, sql: string, ...parameters: Values) {
    return around(sql, () => all.call(this, sql, ...parameters) as Row[])
  }
}

type Values = Parameters<Transaction['run']> extends [string, ...infer Rest] ? Rest : never

interface Request {
  readonly method: string
  readonly path: string
}

export function onRequest(channel: string, isWanted: (request: Request) => boolean, then: () => void): void {
  subscribe(channel, (message) => {
    if (isWanted((message as { readonly request: Request }).request)) then()
  })
}

const isSignIn = ({ path }: Request): boolean => path.includes('/oauth2/')
const isRead = (request: Request): boolean => request.method === 'GET' && !isSignIn(request)
const isWrite = (request: Request): boolean => request.method !== 'GET' && !isSignIn(request)

/** Runs a part of the next migration's statements, and dies in the middle of its transaction. */
export function dieInMigration(part: number): void {
  const { exec } = Database.prototype
  Database.prototype.exec = function (this: Database.Database, sql: string) {
    // What a trigger does is indented, and belongs to it.
    const steps = sql.split(/;\n+(?=\S)(?!end\b)/).filter((step) => step.trim() !== '')
    if (!/(create|drop) (table|index)|alter table/i.test(sql)) return exec.call(this, sql)
    exec.call(this, steps.slice(0, 1 + (part % steps.length)).join(';\n'))
    process.kill(process.pid, 'SIGKILL')
    return this
  }
}

/** Lets the log grow for some commits, then has it folded into the file, and dies a moment after that began. */
function dieInCheckpoint(count: number, delayMs: number): void {
  const { pragma } = Database.prototype
  let fold = (): void => {}
  Database.prototype.pragma = function (this: Database.Database, source: string, options?: Database.PragmaOptions) {
    const isLimit = source.startsWith('wal_autocheckpoint')
    if (isLimit) fold = () => void pragma.call(this, 'wal_checkpoint(PASSIVE)')
    return pragma.call(this, isLimit ? 'wal_autocheckpoint = 0' : source, options) as unknown
  }
  const die = dieIn(null)
  let left = count
  watchStatements((sql, run) => {
    const result = run()
    if (sql !== 'commit' || --left !== 0) return result
    die(delayMs)
    fold()
    return result
  })
}

/** Has a thread end the process after a time, whatever the main thread is busy with then: at once, or when the answer is called. */
export function dieIn(delayMs: number | null): (delayMs: number) => void {
  const order = new Int32Array(new SharedArrayBuffer(4))
  const code = `
    const order = require('node:worker_threads').workerData
    Atomics.wait(order, 0, 0)
    Atomics.wait(order, 0, order[0], order[0] / 1000)
    process.kill(process.pid, 'SIGKILL')`
  new Worker(code, { eval: true, workerData: order }).unref()
  const start = (ms: number): void => {
    Atomics.store(order, 0, Math.max(1, Math.round(ms * 1_000)))
    Atomics.notify(order, 0)
  }
  if (delayMs !== null) start(delayMs)
  return start
}
