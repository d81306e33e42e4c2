import { Connection, OAuth2 } from 'jsforce'
import type { Clock } from '#main/base/clock.ts'
import { toError } from '#main/base/errors.ts'
import type { Redactor } from '#main/base/redactor.ts'
import type { SalesforceSettings } from '#shared/domain/connection.ts'
import { failed, ok, type Failure, type Result } from '#shared/domain/failure.ts'
import { createCached, type Cached } from '../cached.ts'
import type { CallContext } from '../connector.ts'
import { explainNoAnswer } from '../http/http-failures.ts'
import { searchSubject } from '../subject.ts'
import { createAssertion } from './jwt-assertion.ts'
import { explainRefusal } from './refusal.ts'
import { wireCalls, type RelayTransport, type WireCall } from './transport.ts'

export interface SalesforceSecrets {
  /** For the client credentials grant. */
  readonly clientSecret?: string
  /** For the JWT bearer grant: PEM. */
  readonly privateKey?: string
}

export interface SessionOptions {
  readonly settings: SalesforceSettings
  readonly secrets: SalesforceSecrets
  readonly clock: Clock
  readonly redactor: Redactor
  readonly transport: RelayTransport
}

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** The signed-in connections, of which there is at most one; signing in happens once for all who wait. */
export function createSessions(options: SessionOptions): Cached<Connection> {
  return createCached({ clock: options.clock, ttlMs: Infinity, load: (_, context) => signIn(options, context) })
}

async function signIn(options: SessionOptions, context: CallContext): Promise<Result<Connection>> {
  const { settings, clock, redactor, transport } = options
  const parameters = grantParameters(options)
  if (!parameters.ok) return parameters
  const oauth2 = new OAuth2({
    loginUrl: settings.loginUrl,
    clientId: settings.clientId,
    ...(settings.grant === 'client-credentials' && options.secrets.clientSecret !== undefined
      ? { clientSecret: options.secrets.clientSecret }
      : {}),
  })
  oauth2._transport = transport
  const call: WireCall = { context: { ...context, purpose: 'sign-in' }, last: null }
  const subject = searchSubject('the sign-in', context)
  try {
    const token = await wireCalls.run(call, () => oauth2.requestToken(parameters.value))
    redactor.add(token.access_token)
    // No refresh function: jsforce would sign in again without end when a fresh token is refused too.
    const connection = new Connection({
      instanceUrl: token.instance_url,
      accessToken: token.access_token,
      version: settings.apiVersion,
      callOptions: { client: settings.callMark },
    })
    connection._transport = transport
    return ok(connection)
  } catch (thrown) {
    if (call.last === null) throw thrown
    if (!call.last.answered) return failed(explainNoAnswer(call.last, 'Salesforce', subject))
    if (call.last.status < 400) return failed(notAToken(thrown))
    const failure = explainRefusal(call.last, subject, clock.now())
    return failed(failure.class === 'permanent' ? { ...failure, class: 'auth' } : failure)
  }
}

/** What the token endpoint is asked for; a failure when the connection lacks something for it. */
function grantParameters({
  settings,
  secrets,
  clock,
}: SessionOptions): Result<{ grant_type: string; assertion?: string } & Record<string, string>> {
  if (settings.grant === 'client-credentials') {
    if (!secrets.clientSecret)
      return failed(incomplete('The consumer secret is not set.', 'Enter the consumer secret of the connected app.'))
    return ok({ grant_type: 'client_credentials' })
  }
  if (!secrets.privateKey)
    return failed(
      incomplete('The private key is not set.', 'Paste the private key whose certificate the connected app holds.'),
    )
  if (!settings.username)
    return failed(incomplete('The user to act as is not set.', 'Enter the username of the integration user.'))
  try {
    const claims = {
      clientId: settings.clientId,
      username: settings.username,
      audience: settings.loginUrl,
      now: clock.now(),
    }
    return ok({ grant_type: jwtBearer, assertion: createAssertion(claims, secrets.privateKey) })
  } catch {
    return failed(
      incomplete('The private key can not be read.', 'Paste the whole key in PEM form, from -----BEGIN to -----END.'),
    )
  }
}

function incomplete(sentence: string, fix: string): Failure {
  return {
    class: 'auth',
    stage: 'deliver',
    code: 'CONNECTION_INCOMPLETE',
    sentence: `Signing in to Salesforce is not possible: ${sentence}`,
    fix,
  }
}

function notAToken(thrown: unknown): Failure {
  return {
    class: 'transient',
    stage: 'deliver',
    code: 'NOT_THE_API',
    sentence: `Something answered at Salesforce's sign-in address, but not with a session (${toError(thrown).message}).`,
    fix: 'Check the login address in the connection.',
  }
}
