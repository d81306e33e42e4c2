/** Ways in which a call can end without an answer. */
export type NoAnswerReason = 'unreachable' | 'certificate' | 'timeout' | 'cut' | 'aborted' | 'too-large'

/** Errors of name resolution and connection: raised before a byte of the request can have left. */
const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
  'UND_ERR_INVALID_ARG',
])

/** Failures of the TLS handshake; names from Node's and OpenSSL's verification errors. */
const certificate =
  /^(ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(GET|VERIFY)_|HOSTNAME_MISMATCH|EPROTO)/

/** The reason, when an error with this code proves that the request never left; else null. */
export function wasNeverSent(code: string): 'unreachable' | 'certificate' | null {
  if (unreachable.has(code)) return 'unreachable'
  return certificate.test(code) ? 'certificate' : null
}
