import { toError } from '#main/base/errors.ts'
import { cut, type SendFailure } from './channel.ts'
import type { EmailSettings } from './email.ts'

/** What is known of a failed conversation with a mail server. */
interface MailError {
  /** nodemailer's own code, or the socket's. */
  readonly code: string
  /** The server's last answer as a number; 0: it gave none. */
  readonly status: number
  readonly words: string
}

/** Characters of the server's words that are shown. */
const shown = 200
/** Failures of the TLS handshake in OpenSSL's and Node's words. */
const certificate = /certificate|altnames|self[- ]signed|unable to verify/iu

/** Reads what a mail server, or the way to it, said. */
export function explainMailError(thrown: unknown, settings: EmailSettings): SendFailure {
  const { code, status, words } = readError(thrown)
  const { host, port, security } = settings
  const told = `(${words})`
  const fail = (sentence: string, fix: string | null, again: boolean): SendFailure => ({
    ok: false,
    sentence,
    fix,
    again,
  })
  if (code === 'EAUTH')
    return fail(
      `The mail server refuses the sign-in as ${settings.user ?? 'nobody'} ${told}.`,
      'Enter user and password again. With Microsoft 365 and Google a password made for apps is needed, and SMTP has to be allowed for the mailbox.',
      status >= 400 && status < 500,
    )
  if (certificate.test(words))
    return fail(
      `The certificate of the mail server ${host} is not trusted or does not fit its name ${told}.`,
      "Enter the server's full name as it stands in its certificate, and check this computer's date.",
      true,
    )
  if (code === 'ETLS' && security === 'starttls')
    return fail(
      `The mail server ${host}:${port} offers no encryption by STARTTLS ${told}.`,
      'Try TLS with port 465, or ask who looks after the server.',
      false,
    )
  if (code === 'EDNS' || /ENOTFOUND|EAI_AGAIN/u.test(words))
    return fail(`There is no mail server ${host} ${told}.`, 'Check the name for typing mistakes.', true)
  if (/ECONNREFUSED/u.test(words))
    return fail(
      `Nothing answers at ${host}:${port}.`,
      'Check the name and the port: 587 for STARTTLS, 465 for TLS.',
      true,
    )
  if (/wrong version number|packet length|EPROTO/iu.test(words))
    return fail(
      `The mail server ${host}:${port} does not speak TLS from the start.`,
      'Choose STARTTLS for port 587, or port 465 for TLS.',
      false,
    )
  if (code === 'EENVELOPE')
    return explainRefusal(`The mail server takes no letter from or to these addresses ${told}.`, status)
  if (status >= 500) return explainRefusal(`The mail server did not take the letter ${told}.`, status)
  if (code === 'ETIMEDOUT')
    return fail(
      `The mail server ${host}:${port} did not answer in time ${told}.`,
      'Check host and port. Some networks let no mail out on port 25.',
      true,
    )
  return fail(`The mail server ${host}:${port} could not be used ${told}.`, null, true)
}

/** Some recipients were refused, and the others have the letter. */
export function explainRejected(errors: readonly unknown[], reached: readonly string[]): SendFailure {
  const { status, words } = readError(errors[0])
  return { ...explainRefusal(`Not all recipients were taken by the mail server (${words}).`, status), reached }
}

/** SMTP's 5xx are meant for good, its 4xx for now. */
function explainRefusal(sentence: string, status: number): SendFailure {
  const fix = 'Check the addresses of sender and recipients, and that this user may send as the sender.'
  return { ok: false, sentence, fix, again: status > 0 && status < 500 }
}

function readError(thrown: unknown): MailError {
  const error = toError(thrown)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const status = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0
  const answer = 'response' in error && typeof error.response === 'string' ? error.response : error.message
  return { code, status, words: cut(answer.replaceAll(/\s+/gu, ' ').trim(), shown) }
}
