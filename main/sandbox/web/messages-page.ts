import type { ReceivedMessage } from './messages.ts'

/** The messages as a page without scripts, which loads itself anew every few seconds. */
export function messagesPage(messages: readonly ReceivedMessage[]): string {
  const list = messages.map(article).join('\n')
  const none = '<p>Nothing was sent here yet. Enter an address below as that of a channel, and send a test.</p>'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="3">
<meta name="viewport" content="width=device-width">
<title>Messages of the sandbox</title>
<style>${style}</style>
</head>
<body>
<h1>Messages of the sandbox</h1>
<p>What Patchbay sends to these addresses is shown here and goes nowhere else:
<code>/sandbox/messages/slack</code>, <code>/teams</code>, <code>/sms</code>, <code>/webhook</code>.</p>
<main>${list === '' ? none : list}</main>
</body>
</html>`
}

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.3rem }
article { border: 1px solid #8886; border-radius: 6px; padding: .7rem 1rem; margin: 1rem 0; overflow-wrap: anywhere }
header { display: flex; gap: 1rem; justify-content: space-between }
article p { margin: .3rem 0; white-space: pre-wrap }
pre { white-space: pre-wrap; font-size: .85rem }
`

function article({ at, to, lines, body }: ReceivedMessage): string {
  const words = lines.map((line) => `<p>${escape(line)}</p>`).join('')
  const title = `<header><strong>${escape(to)}</strong><time datetime="${escape(at)}">${escape(at.slice(11, 19))} UTC</time></header>`
  return `<article>${title}${words}<details><summary>As it was sent</summary><pre>${escape(body)}</pre></details></article>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
