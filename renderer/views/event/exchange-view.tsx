import type { ReactNode } from 'react'
import { CopyButton } from '#renderer/parts/copy-button.tsx'
import { Disclosure } from '#renderer/parts/disclosure.tsx'
import { KeyValues } from '#renderer/parts/key-values.tsx'
import { TextView } from '#renderer/parts/text-view.tsx'
import { showDuration } from '#renderer/parts/time-format.ts'
import type { Exchange } from '#shared/domain/delivery.ts'
import { requestOfExchange } from '#renderer/state/curl-requests.ts'
import { CurlMenu } from './curl-menu.tsx'
import styles from './exchange-view.module.css'

const purposes: Record<Exchange['purpose'], string> = {
  'sign-in': 'Sign in',
  refetch: 'Refetch',
  'look-up': 'Look up',
  compare: 'Compare',
  write: 'Write',
  'read-back': 'Read back',
}

/** One request and its response; secrets were taken out before they were stored. */
export function ExchangeView({ exchange }: { exchange: Exchange }) {
  const failed = exchange.status === null || exchange.status >= 400
  const title = (
    <span className={styles.title}>
      <span className={styles.purpose}>{purposes[exchange.purpose]}</span>
      <code className={styles.url} title={exchange.url}>
        {exchange.method} {pathOf(exchange.url)}
      </code>
      <span className={styles.status} data-tone={failed ? 'bad' : 'good'}>
        {exchange.status ?? 'no answer'}
      </span>
      <span className={styles.time}>{showDuration(exchange.durationMs)}</span>
    </span>
  )
  const request = requestOfExchange(exchange)
  return (
    <Disclosure title={title}>
      {() => <Both exchange={exchange} curl={request === null ? null : <CurlMenu request={request} />} />}
    </Disclosure>
  )
}

function Both({ exchange, curl }: { exchange: Exchange; curl: ReactNode }) {
  return (
    <div className={styles.both}>
      <Side
        name="Request"
        line={`${exchange.method} ${exchange.url}`}
        headers={exchange.requestHeaders}
        body={exchange.requestBody}
        tool={curl}
      />
      <Side
        name="Response"
        line={exchange.status === null ? (exchange.error ?? 'No answer came.') : `HTTP ${exchange.status}`}
        headers={exchange.responseHeaders}
        body={exchange.responseBody}
      />
    </div>
  )
}

interface SideProps {
  readonly name: string
  readonly line: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly tool?: ReactNode
}

function Side({ name, line, headers, body, tool }: SideProps) {
  return (
    <section className={styles.side}>
      <h4>
        {name} {body !== null && <CopyButton text={body} what={`the ${name.toLowerCase()} body`} label="Copy body" />}{' '}
        {tool}
      </h4>
      <code className={styles.line}>{line}</code>
      <KeyValues rows={Object.entries(headers)} />
      {body !== null && body !== '' && <TextView text={body} />}
    </section>
  )
}

function pathOf(url: string): string {
  const parsed = URL.parse(url)
  return parsed === null ? url : `${parsed.pathname}${parsed.search}`
}
