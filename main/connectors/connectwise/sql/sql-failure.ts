import * as z from 'zod'
import { wasNeverSent } from '#main/connectors/http/no-answer.ts'
import type { Failure, FailureClass } from '#shared/domain/failure.ts'

/** What the sentences name. */
export interface SqlTarget {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
}

interface Rule {
  readonly class: FailureClass
  readonly sentence: string
  readonly fix?: string
}

const runInstall = 'Let an administrator run install.sql of this source again in {database}.'

const refusedLogin: Rule = {
  class: 'auth',
  sentence: 'SQL Server on {server} refused the login {user}.',
  fix: 'Enter user and password of the source again. On the server the login has to be enabled, and SQL Server authentication switched on.',
}
const closedDatabase: Rule = {
  class: 'auth',
  sentence: 'The login {user} may not open the database {database} on {server}.',
  fix: `Check the name of the database. ${runInstall}`,
}
const otherVersion: Rule = {
  class: 'permanent',
  sentence: 'The listener in {database} does not fit this version of Patchbay.',
  fix: runInstall,
}

/** SQL Server's error numbers, from its list of database engine errors. */
const byNumber: Readonly<Record<number, Rule>> = {
  18452: refusedLogin,
  18456: refusedLogin,
  18470: refusedLogin,
  18486: refusedLogin,
  18487: { ...refusedLogin, sentence: 'The password of the login {user} has expired.' },
  18488: { ...refusedLogin, sentence: 'The password of the login {user} has to be changed first.' },
  911: closedDatabase,
  916: closedDatabase,
  4060: closedDatabase,
  229: {
    class: 'permanent',
    sentence: 'The login {user} may not run the procedures of the queue in {database}.',
    fix: `${runInstall} It grants them.`,
  },
  2812: {
    class: 'permanent',
    sentence: 'The Patchbay listener is not installed in {database}, or a part of it is missing.',
    fix: runInstall,
  },
  208: {
    class: 'permanent',
    sentence: 'A part of the Patchbay listener in {database} is missing, or the database does not know OPENJSON.',
    fix: `${runInstall} The compatibility level of the database has to be 130 or higher; verify.sql shows it.`,
  },
  201: otherVersion,
  8144: otherVersion,
  8145: otherVersion,
  15517: {
    class: 'permanent',
    sentence: "The owner of {database} is not known on this server, so the triggers can't be checked.",
    fix: 'Let an administrator give the database an owner: ALTER AUTHORIZATION ON DATABASE::[{database}] TO [sa]',
  },
  1105: {
    class: 'transient',
    sentence: 'The database {database} is full.',
    fix: 'Make room on the disk of the database server.',
  },
  9002: {
    class: 'transient',
    sentence: 'The transaction log of {database} is full.',
    fix: 'Back up the log, or make room on the disk of the database server.',
  },
  1205: { class: 'transient', sentence: 'SQL Server ended the request in favour of another one (deadlock).' },
  1222: { class: 'transient', sentence: 'The queue in {database} was locked for too long.' },
}

const certificate: Rule = {
  class: 'permanent',
  sentence: 'The certificate of {server} is not trusted ({code}).',
  fix: 'Install the certificate of its issuer on this computer, or, in a network of your own, let the source trust any certificate.',
}
const unreachable: Rule = {
  class: 'transient',
  sentence: "The database server {server} can't be reached ({code}).",
  fix: 'Check that the server runs, that TCP/IP is enabled for SQL Server, and that the firewall lets the port through.',
}
const unencrypted: Rule = {
  class: 'permanent',
  sentence: '{server} demands encryption.',
  fix: 'Switch on encryption in the settings of the source.',
}
const tooSlow: Rule = { class: 'transient', sentence: 'The database server {server} did not answer in time.' }
const cut: Rule = { class: 'transient', sentence: 'The connection to {server} was cut.' }
const otherwise: Rule = { class: 'transient', sentence: 'SQL Server on {server} said: {message}' }

/** Codes of the driver (mssql, tedious) and of the socket beneath it. */
const byCode: Readonly<Record<string, Rule>> = {
  ELOGIN: refusedLogin,
  EENCRYPT: unencrypted,
  ETIMEOUT: tooSlow,
  ETIMEDOUT: tooSlow,
  ESOCKET: cut,
  ECLOSE: cut,
  ECONNCLOSED: cut,
  ENOTOPEN: cut,
  ECONNRESET: cut,
  EPIPE: cut,
}

/** The parts of an error, and of those it wraps, that say something. */
const told = z.object({
  code: z.string().optional().catch(undefined),
  number: z.number().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
  cause: z.unknown().optional(),
  originalError: z.unknown().optional(),
  errors: z.array(z.unknown()).optional().catch(undefined),
})
type Told = z.infer<typeof told>

/**
 * Classifies what the driver threw. Goes by the server's error number (`errorNumber` where the driver did not hand
 * it on, as for a sign-in), then by the code of the certificate check or the socket, then by the driver's own.
 */
export function sqlFailure(thrown: unknown, target: SqlTarget, errorNumber: number | null = null): Failure {
  const chain = unwrap(thrown)
  const number = errorNumber ?? chain.find((one) => one.number !== undefined)?.number
  const message = chain.find((one) => one.message !== undefined)?.message ?? String(thrown)
  const codes = chain.flatMap((one) => (one.code === undefined ? [] : [one.code]))
  // The innermost code is the cause; the outer ones only say where it came up.
  const deepest = codes.toReversed()
  const code = deepest.find((one) => wasNeverSent(one) !== null) ?? deepest.find((one) => one in byCode) ?? codes[0]
  const rule = ruleFor(number, code)
  return toFailure(rule, target, String(number ?? code ?? 'unknown'), message)
}

function ruleFor(number: number | undefined, code: string | undefined): Rule {
  if (number !== undefined) return byNumber[number] ?? otherwise
  if (code === undefined) return otherwise
  const reason = wasNeverSent(code)
  if (reason !== null) return reason === 'certificate' ? certificate : unreachable
  return byCode[code] ?? otherwise
}

function toFailure(rule: Rule, target: SqlTarget, code: string, message: string): Failure {
  const facts: Record<string, string> = { ...target, server: `${target.host}:${target.port}`, port: '', code, message }
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => facts[name] ?? whole)
  return {
    class: rule.class,
    stage: 'receive',
    code,
    sentence: fill(rule.sentence),
    ...(rule.fix === undefined ? {} : { fix: fill(rule.fix) }),
  }
}

/** An error and everything it wraps, outermost first. */
function unwrap(thrown: unknown, depth = 0): Told[] {
  const parsed = told.safeParse(thrown)
  if (!parsed.success || depth > 5) return []
  const { originalError, cause, errors } = parsed.data
  return [parsed.data, ...[originalError, cause, ...(errors ?? [])].flatMap((inner) => unwrap(inner, depth + 1))]
}
