import './no-eval.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { createHostClient } from './client/host-client.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(<App client={createHostClient()} />)
