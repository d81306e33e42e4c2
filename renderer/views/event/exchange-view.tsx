import { CopyButton } from '#renderer/parts/copy-button.tsx'
import { Disclosure } from '#renderer/parts/disclosure.tsx'
import { KeyValues } from '#renderer/parts/key-values.tsx'
import { TextView } from '#renderer/parts/text-view.tsx'
import { showDuration } from '#renderer/parts/time-format.ts'
import type { Exchange } from '#shared/domain/delivery.ts'
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
  return <Disclosure title={title}>{() => <Both exchange={exchange} />}</Disclosure>
}

function Both({ exchange }: { exchange: Exchange }) {
  return (
    <div className={styles.both}>
      <Side
        name="Request"
        line={`${exchange.method} ${exchange.url}`}
        headers={exchange.requestHeaders}
        body={exchange.requestBody}
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
}

function Side({ name, line, headers, body }: SideProps) {
  return (
    <section className={styles.side}>
      <h4>
        {name} {body !== null && <CopyButton text={body} what={`the ${name.toLowerCase()} body`} />}
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
