import { createRoot } from 'react-dom/client'
import { App } from '#renderer/app.tsx'
import { createMadeUpHost } from './made-up-host.ts'

const query = new URLSearchParams(window.location.search)
const host = createMadeUpHost({
  workspace: query.get('workspace') ?? 'sandbox',
  perSecond: Number(query.get('rate') ?? '0'),
  events: Number(query.get('events') ?? '400'),
  linked: query.get('lost') === null,
})
const root = document.getElementById('root')
if (root) createRoot(root).render(<App client={host} />)
