import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { localhostCertificate } from './localhost-certificate.ts'

export interface Letter {
  readonly to: readonly string[]
  readonly user: string | undefined
  readonly isEncrypted: boolean
  readonly source: string
}

export interface MailServer {
  readonly port: number
  readonly letters: readonly Letter[]
  close(): Promise<void>
}

/** What the server is to be like besides offering STARTTLS and letting in ada with the password `tickets`. */
export interface MailServerTraits extends Pick<
  SMTPServerOptions,
  'secure' | 'authOptional' | 'disabledCommands' | 'allowInsecureAuth'
> {
  /** Answers to recipients that are not taken: address to SMTP status. */
  readonly refuses?: Readonly<Record<string, number>>
}

/** A mail server on 127.0.0.1. */
export async function startMailServer({ refuses = {}, ...traits }: MailServerTraits = {}): Promise<MailServer> {
  const letters: Letter[] = []
  const server = new SMTPServer({
    ...localhostCertificate,
    ...traits,
    logger: false,
    closeTimeout: 100,
    onAuth({ username, password }, _session, done) {
      const isRight = username === 'ada' && password === 'tickets'
      if (isRight) done(null, { user: username })
      else done(Object.assign(new Error('Invalid username or password'), { responseCode: 535 }))
    },
    onRcptTo({ address }, _session, done) {
      const status = refuses[address]
      if (status === undefined) done()
      else done(Object.assign(new Error('No such mailbox'), { responseCode: status }))
    },
    onData(stream, session, done) {
      const { envelope, secure } = session
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const to = envelope.rcptTo.map(({ address }) => address)
        const user = typeof session.user === 'string' ? session.user : undefined
        letters.push({ to, user, isEncrypted: secure, source: Buffer.concat(parts).toString() })
        done()
      })
    },
  })
  server.on('error', () => undefined)
  const listening = server.listen(0, '127.0.0.1')
  await new Promise<void>((resolve) => listening.once('listening', resolve))
  return {
    port: (listening.address() as AddressInfo).port,
    letters,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
