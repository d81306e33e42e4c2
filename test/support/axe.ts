import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { scratchPackage } from './scratch-package.ts'

/** Its licence (MPL-2.0) is none of those that Patchbay's packages may have, so it is fetched for the tests alone. */
const axe = { name: 'axe-core', version: '4.14.1' } as const

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

let source: Promise<string> | null = null

/**
 * What axe has to complain about at what is in sight, as far as it is serious or critical; one line for each element.
 *
 * @throws when axe can't be had: then nothing was looked at, and a test must not pass.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  source ??= loadAxe()
  const text = await source
  const isThere = await page.evaluate(() => 'axe' in window)
  if (!isThere) await page.evaluate(text)
  const violations = await page.evaluate(async () => {
    const { axe: judge } = window as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
    return (await judge.run({ resultTypes: ['violations'] })).violations
  })
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`))
}

async function loadAxe(): Promise<string> {
  const installed = await scratchPackage(axe, (line) => process.stderr.write(`Patchbay: ${line}\n`))
  if ('problem' in installed)
    throw new Error(`Accessibility can't be tested: ${installed.problem} Without axe nothing is known about it.`)
  return readFileSync(join(installed.path, 'axe.min.js'), 'utf8')
}
