/**
 * `npm run test:soak -- [--minutes N] [--rate R] [--outage MINUTES]`: traffic at R events a second (100) for N minutes (10), half of it
 * changes of records that exist already. With `--outage`, ConnectWise is down for that long in the middle, so that R x 60 x MINUTES
 * events stand behind it. Prints a sample every ten seconds, then slopes and a verdict; the last line is `N passed, N failed`.
 * With `--desktop`, it is the desktop app that works for N minutes (20), in the sandbox, with a window that somebody looks at.
 */
import { parseArgs } from 'node:util'
import { buildIfOutdated, desktopBuild } from '#main/setup/build.ts'
import { soakDesktop } from './desktop-soak.ts'
import { soak } from './soak.ts'
import { judge } from './verdict.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    rate: { type: 'string', default: '100' },
    outage: { type: 'string', default: '0' },
    desktop: { type: 'boolean', default: false },
  },
})
const seconds = Number(values.minutes ?? (values.desktop ? 20 : 10)) * 60
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const findings = values.desktop ? await ofDesktop() : await ofRelay()
for (const { holds, text } of findings) say(`${holds ? 'holds ' : 'BROKEN'} ${text}`)
const failed = findings.filter((finding) => !finding.holds).length
say(`\n${findings.length - failed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0

async function ofRelay() {
  const options = { perSecond: Number(values.rate), outageSeconds: Number(values.outage) * 60 }
  return judge(await soak({ ...options, seconds, say }))
}

async function ofDesktop() {
  await buildIfOutdated(desktopBuild)
  return soakDesktop(seconds, say)
}
