import sql from 'mssql'
import * as z from 'zod'
import { failed, ok, type Failure, type Result } from '#shared/domain/failure.ts'
import type { SourceOf } from '#shared/domain/source.ts'
import { sqlFailure } from './sql-failure.ts'

/** The version of install.sql that this client speaks to. */
export const listenerVersion = '1'

const instant = z
  .date()
  .nullable()
  .transform((date) => date?.getTime() ?? null)

const queueRow = z
  .object({
    lease_token: z.string(),
    id: z.string(),
    entity: z.string().nullable(),
    rec_id: z.union([z.string(), z.number().transform(String)]).nullable(),
    action: z.string().nullable(),
    changed_at: instant,
    changed_by: z.string().nullable(),
  })
  .transform((row) => ({
    token: row.lease_token,
    id: row.id,
    entity: row.entity,
    recordId: row.rec_id,
    action: row.action,
    /** ms since 1970. */
    changedAt: row.changed_at,
    changedBy: row.changed_by,
  }))
/** A leased row of the queue; `token` is the lease's. */
export type QueueRow = z.infer<typeof queueRow>

const queueStatus = z.object({
  pending: z.number(),
  leased: z.number(),
  dead: z.number(),
  listener_version: z.string().nullable(),
})
/** How many rows wait, are leased, and were set aside; and the version of the scripts that made the queue. */
export type QueueStatus = z.infer<typeof queueStatus>

const triggerState = z.object({
  schema_name: z.string(),
  table_name: z.string(),
  state: z.enum(['ok', 'disabled', 'missing', 'skipped', 'unknown']),
  problem: z.string().nullable(),
})
/** Whether the trigger of a watched table is at work; `unknown` where the server does not let the login see that. */
export type TriggerState = z.infer<typeof triggerState>

/** ms; a server in the same building that takes longer has a problem worth showing. */
const connectTimeoutMs = 10_000
const requestTimeoutMs = 30_000

/**
 * The queue in the ConnectWise database, called by its procedures only. Connects with the first call and again after each
 * failure of the connection; every method answers with a value.
 */
export class QueueClient {
  readonly #settings: SourceOf<'connectwise-sql'>['settings']
  readonly #password: string
  #pool: Promise<sql.ConnectionPool> | null = null
  #isStopped = false
  #giveUp: () => void = () => undefined
  /** The number of the last error of a call; of a sign-in the driver does not hand it on. */
  #errorNumber: number | null = null

  constructor(settings: SourceOf<'connectwise-sql'>['settings'], password: string) {
    this.#settings = settings
    this.#password = password
  }

  /** Leases the oldest free rows; other callers don't get them until the lease ends. */
  lease(batchSize: number, leaseSeconds: number): Promise<Result<QueueRow[]>> {
    return this.#call('lease_events', z.array(queueRow), (request) =>
      request.input('batch_size', sql.Int, batchSize).input('lease_seconds', sql.Int, leaseSeconds),
    )
  }

  /** Takes rows off the queue; answers with how many were still under the lease. */
  async acknowledge(token: string, ids: readonly string[]): Promise<Result<number>> {
    const answer = await this.#call(
      'acknowledge_events',
      z.tuple([z.object({ acknowledged: z.number() })]),
      (request) =>
        request
          .input('lease_token', sql.UniqueIdentifier, token)
          .input('ids', sql.NVarChar(sql.MAX), JSON.stringify(ids)),
    )
    return answer.ok ? ok(answer.value[0].acknowledged) : answer
  }

  /** Keeps a row out of further leases, with the reason. */
  async setAside(token: string, id: string, reason: string): Promise<Result<null>> {
    const answer = await this.#call('set_aside_event', z.tuple([z.object({ set_aside: z.number() })]), (request) =>
      request
        .input('lease_token', sql.UniqueIdentifier, token)
        .input('id', sql.UniqueIdentifier, id)
        .input('error', sql.NVarChar(2_000), reason),
    )
    return answer.ok ? ok(null) : answer
  }

  async status(): Promise<Result<QueueStatus>> {
    const answer = await this.#call('queue_status', z.tuple([queueStatus]))
    return answer.ok ? ok(answer.value[0]) : answer
  }

  triggers(): Promise<Result<TriggerState[]>> {
    return this.#call('trigger_status', z.array(triggerState))
  }

  /** Lets a call that waits for a connection fail at once, now and later. Requests on a connection go on. */
  stopConnecting(): void {
    this.#isStopped = true
    this.#giveUp()
  }

  async close(): Promise<void> {
    const pool = this.#pool
    this.#pool = null
    await pool?.then((open) => open.close()).catch(() => undefined)
  }

  async #call<T>(
    procedure: string,
    shape: z.ZodType<T>,
    bind: (request: sql.Request) => sql.Request = (request) => request,
  ): Promise<Result<T>> {
    this.#errorNumber = null
    try {
      const pool = await (this.#pool ??= this.#connect())
      const { recordset } = await bind(pool.request()).execute<unknown>(`patchbay.${procedure}`)
      const parsed = shape.safeParse([...(recordset ?? [])])
      return parsed.success ? ok(parsed.data) : failed(strangeAnswer(procedure))
    } catch (thrown) {
      const failure = sqlFailure(thrown, this.#settings, this.#errorNumber)
      // A refusal by number came over a sound connection.
      if (!(thrown instanceof sql.RequestError && Number(thrown.number) > 0)) await this.close()
      return failed(failure)
    }
  }

  async #connect(): Promise<sql.ConnectionPool> {
    const { host, port, database, user, encrypt, trustServerCertificate } = this.#settings
    if (this.#isStopped) throw new Error('Patchbay stopped connecting.')
    const pool = new sql.ConnectionPool({
      server: host,
      port,
      database,
      user,
      password: this.#password,
      connectionTimeout: connectTimeoutMs,
      requestTimeout: requestTimeoutMs,
      pool: { min: 0, max: 1 },
      options: { encrypt, trustServerCertificate, appName: 'Patchbay' },
      beforeConnect: (connection) => connection.on('errorMessage', ({ number }) => (this.#errorNumber = number)),
    })
    // A connection that breaks while idle is replaced with the next call, which also tells when that fails.
    pool.on('error', () => undefined)
    const connected = pool.connect()
    // The driver can't be told to stop waiting for a silent server, so that goes on behind our back until its timeout.
    const givenUp = new Promise<never>((_resolve, reject) => {
      this.#giveUp = () => {
        reject(new Error('Patchbay stopped connecting.'))
        connected.then((late) => late.close()).catch(() => undefined)
      }
    })
    try {
      return await Promise.race([connected, givenUp])
    } finally {
      this.#giveUp = () => undefined
    }
  }
}

function strangeAnswer(procedure: string): Failure {
  return {
    class: 'permanent',
    stage: 'receive',
    code: 'unexpected-answer',
    sentence: `The procedure patchbay.${procedure} answered in a form that Patchbay does not know.`,
    fix: 'Let an administrator run install.sql of this source again.',
  }
}
