/** The page of a Patchbay that can't open its key: why, and the one field that may help. It needs neither the relay nor its client. */
import '../style/tokens.css'
import './unlock.css'
import { unlockKey, type LockedKey, type UnlockShell } from '#shared/contract/unlock.ts'

declare global {
  interface Window {
    readonly [unlockKey]?: UnlockShell
  }
}

function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`unlock.html has no #${id}`)
  return found
}

const input = element('passphrase', HTMLInputElement)
const openButton = element('open', HTMLButtonElement)
const answer = element('answer', HTMLElement)

function show({ canRecover, sentence, ways }: LockedKey): void {
  element('sentence', HTMLElement).textContent = sentence
  element('ways', HTMLOListElement).replaceChildren(
    ...ways.map((way) => Object.assign(document.createElement('li'), { textContent: way })),
  )
  element('form', HTMLFormElement).hidden = !canRecover
  if (canRecover) input.focus()
}

async function tryToOpen(shell: UnlockShell): Promise<void> {
  openButton.disabled = true
  answer.textContent = 'Trying…'
  answer.textContent = (await shell.open(input.value)) ?? 'It opens. Patchbay starts.'
  openButton.disabled = false
  input.select()
}

function followScheme(): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const apply = () => (document.documentElement.dataset['mantineColorScheme'] = dark.matches ? 'dark' : 'light')
  dark.addEventListener('change', apply)
  apply()
}

followScheme()
const shell = window[unlockKey]
if (shell === undefined) {
  show({ sentence: 'This page belongs to the window of the desktop app.', ways: [], canRecover: false })
} else {
  void shell.state().then(show)
  element('form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    void tryToOpen(shell)
  })
  element('show', HTMLInputElement).addEventListener('change', (event) => {
    input.type = event.target instanceof HTMLInputElement && event.target.checked ? 'text' : 'password'
  })
  element('quit', HTMLButtonElement).addEventListener('click', () => void shell.quit())
}
