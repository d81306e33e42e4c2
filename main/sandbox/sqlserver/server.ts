import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import type { Database } from 'better-sqlite3'
import { systemClock, type Clock } from '#main/base/clock.ts'
import { EventQueue, type QueuedChange } from './event-queue.ts'
import { serve, type Credentials } from './session.ts'

export interface SqlServerOptions {
  /** On 127.0.0.1; 0 takes any that is free. */
  readonly port: number
  /** Keeps the queue; the tables are made in it when they are missing. */
  readonly database: Database
  readonly credentials: Credentials
  readonly clock?: Clock
}

/** A simulated SQL Server with the queue of install.sql in it. */
export interface SqlServer {
  readonly port: number
  readonly queue: {
    /** Adds what the triggers would put into the queue. */
    add(row: QueuedChange): void
    /** Rows that no client has taken and acknowledged. */
    waiting(): number
  }
  /** While down, connections are cut and new ones are dropped; the queue stays. */
  setDown(down: boolean): void
  close(): Promise<void>
}

/**
 * Starts a server that speaks TDS 7.4 as far as a client of the queue needs it: sign-in, batches and procedure calls,
 * without encryption. Listens on 127.0.0.1 only. Rejects when the port is taken.
 */
export async function startSqlServer(options: SqlServerOptions): Promise<SqlServer> {
  const clock = options.clock ?? systemClock
  const queue = new EventQueue(options.database)
  const sockets = new Set<Socket>()
  let isDown = false
  const server = createServer((socket) => {
    // A client that vanishes is the client's affair.
    socket.on('error', () => socket.destroy())
    if (isDown) {
      socket.destroy()
      return
    }
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.setNoDelay(true)
    serve(socket, { credentials: options.credentials, queue, clock })
  })
  const port = await listen(server, options.port)
  const cut = () => sockets.forEach((socket) => socket.destroy())
  return {
    port,
    queue: {
      add: (row) => queue.add(row, clock.now()),
      waiting: () => {
        const { pending, leased } = queue.counts(clock.now())
        return pending + leased
      },
    },
    setDown: (down) => {
      isDown = down
      if (down) cut()
    },
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      cut()
      await closed
    },
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}
