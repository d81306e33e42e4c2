import type { Clock } from '#main/base/clock.ts'
import { createRedactor } from '#main/base/redactor.ts'
import { createHttpClient, type HttpAnswer, type NoAnswer } from '#main/connectors/http/http-client.ts'
import { readRetryAfter } from '#main/connectors/http/retry-after.ts'
import type { AddressGuard } from './address-guard.ts'
import { cut, sent, type SendFailure, type Sent } from './channel.ts'

/** ms for a whole exchange. */
const timeoutMs = 15_000
/** Nobody reads what a messenger answers beyond a sentence. */
const maxBodyBytes = 1024 * 1024
/** Characters of an answer that are shown. */
const shown = 200

export interface Post {
  readonly method?: 'GET' | 'POST'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Whom it is sent to, at the beginning of a sentence: "Slack". */
  readonly name: string
  /** Not to be shown although the answer may repeat it. */
  readonly secrets: readonly string[]
  /** What an answer of this service means, where that is known better. */
  readonly explain?: (answer: HttpAnswer) => Omit<SendFailure, 'ok'> | null
}

/** Where all channels that speak HTTP go through: bounded in time and size, never redirected, never into the own network. */
export interface HttpDoor {
  post(post: Post, signal: AbortSignal): Promise<Sent>
  close(): Promise<void>
}

export function createHttpDoor(clock: Clock, guard: AddressGuard): HttpDoor {
  // Nothing of these exchanges is kept, so there is nothing to take secrets out of.
  const http = createHttpClient({ clock, redactor: createRedactor([]), timeoutMs, maxBodyBytes, lookup: guard.lookup })
  return {
    async post({ method = 'POST', url, headers = {}, body, name, secrets, explain }, signal) {
      const refusal = guard.refusal(url)
      if (refusal !== null) return refusedAddress(refusal)
      const asked = { method, url, headers: { ...headers, 'user-agent': 'Patchbay' }, body: body ?? null }
      const outcome = await http.send(asked, { purpose: 'write', signal, record: () => undefined })
      const clean = createRedactor([url, ...secrets]).text
      if (!outcome.answered) return explainSilence(outcome, name, new URL(url).host, clean)
      if (outcome.status >= 200 && outcome.status < 300) return sent
      const failure = explain?.(outcome) ?? explainStatus(outcome, name, clean)
      return { ok: false, ...failure, ...retryOf(outcome, clock.now()) }
    },
    close: () => http.close(),
  }
}

function refusedAddress(sentence: string): SendFailure {
  return { ok: false, sentence, fix: 'Enter the address as the service shows it, with https://.', again: false }
}

function retryOf({ headers }: HttpAnswer, now: number): Pick<SendFailure, 'retryAt'> {
  const header = headers['retry-after']
  return header === undefined ? {} : { retryAt: readRetryAfter(header, now) }
}

function explainSilence(outcome: NoAnswer, name: string, host: string, clean: (text: string) => string): SendFailure {
  const detail = clean(outcome.detail)
  const texts: Record<NoAnswer['reason'], Omit<SendFailure, 'ok'>> = {
    unreachable: {
      sentence: `${name} could not be reached at ${host} (${detail}).`,
      fix: 'Check the address for typing mistakes, and that this computer is on the network.',
      again: true,
    },
    certificate: {
      sentence: `The certificate of ${host} is not trusted or does not fit the address (${detail}).`,
      fix: "Check the address, the server's certificate and this computer's date.",
      again: true,
    },
    timeout: {
      sentence: `${name} did not answer within ${timeoutMs / 1_000} seconds.`,
      fix: `Look whether ${host} is well.`,
      again: true,
    },
    cut: { sentence: `The connection to ${host} broke off (${detail}).`, fix: null, again: true },
    aborted: { sentence: 'Patchbay was stopped meanwhile.', fix: null, again: true },
    'too-large': {
      sentence: `${host} answered with a page of more than 1 MB, so it is not known whether it took the message.`,
      fix: 'Check that the address is the one of a webhook, not of a page.',
      again: false,
    },
  }
  return { ok: false, ...texts[outcome.reason] }
}

function explainStatus(
  { status, body }: HttpAnswer,
  name: string,
  clean: (text: string) => string,
): Omit<SendFailure, 'ok'> {
  const words = cut(clean(body).replaceAll(/\s+/gu, ' ').trim(), shown)
  const told = words === '' || words.startsWith('<') ? `HTTP ${status}` : `HTTP ${status}: ${words}`
  if (status === 408 || status === 425 || status >= 500)
    return { sentence: `${name} has trouble of its own (${told}).`, fix: null, again: true }
  if (status === 429) return { sentence: `${name} takes no more messages for now (${told}).`, fix: null, again: true }
  if (status >= 300 && status < 400)
    return {
      sentence: `${name} sends to another address, and Patchbay does not follow (${told}).`,
      fix: 'Enter the address that it leads to.',
      again: false,
    }
  if (status === 401 || status === 403)
    return {
      sentence: `${name} refuses the sign-in (${told}).`,
      fix: 'Enter the address and the password or token again.',
      again: false,
    }
  if (status === 404 || status === 410)
    return {
      sentence: `There is nothing at this address any more (${told}).`,
      fix: 'Have the service make a new address, and enter it here.',
      again: false,
    }
  return {
    sentence: `${name} did not take the message (${told}).`,
    fix: 'Check that the address is meant for messages of this kind.',
    again: false,
  }
}
