/** `npm run package`: builds the desktop app and has electron-builder make the installers; what follows on the command line goes to it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { build, desktopBuild, serviceBuild } from './build.ts'
import { giveUp, root } from './ensure.mjs'
import { explainPackaging } from './packaging-failure.ts'

for (const one of [desktopBuild, serviceBuild]) await build(one).catch(giveUp)
const command = ['node_modules/electron-builder/cli.js', '--config', 'electron-builder.yml', ...process.argv.slice(2)]
const child = spawn(process.execPath, command, { cwd: root, stdio: ['inherit', 'pipe', 'pipe'] })
let held = ''
for (const [from, to] of [
  [child.stdout, process.stdout],
  [child.stderr, process.stderr],
] as const) {
  from.setEncoding('utf8').on('data', (text: string) => {
    // From the failure on it is held back: what it means may be a sentence.
    if (held !== '' || text.includes('⨯')) held += text
    else to.write(text)
  })
}
const [code] = (await once(child, 'close')) as [number | null]
if (code !== 0) {
  const own = held.trim() === '' ? `electron-builder has ended with ${code ?? 'a signal'}.` : held
  giveUp(new Error(explainPackaging(held) ?? own))
}
process.stdout.write(held)
