import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { explainFailure, isAtLeast, isStale, root, setupNode } from '#main/setup/ensure.mjs'

describe('isAtLeast', () => {
  it.each([
    ['v20.0.0', [20, 0], true],
    ['22.19.0', [22, 19], true],
    ['v24.1.0', [22, 19], true],
    ['v22.9.0', [22, 19], false],
    ['v18.20.8', [20, 0], false],
  ])('%s against %j is %s', (version, needed, expected) => {
    expect(isAtLeast(version, needed)).toBe(expected)
  })

  it('asks for the same Node as package.json', () => {
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { node: string } }
    expect(engines.node).toBe(`>=${setupNode[0]}`)
  })
})

describe('isStale', () => {
  const one = { version: '1.0.0', integrity: 'sha512-a' }

  it('asks for an installation when there is none', () => {
    expect(isStale({ '': {}, 'node_modules/one': one }, null)).toBe(true)
  })

  it('is content when everything is there, whatever the project itself is called', () => {
    expect(isStale({ '': { version: '2.0.0' }, 'node_modules/one': one }, { 'node_modules/one': one })).toBe(false)
  })

  it('lets packages of other platforms be absent', () => {
    const wanted = { 'node_modules/one': one, 'node_modules/two': { version: '1.0.0', optional: true } }
    expect(isStale(wanted, { 'node_modules/one': one })).toBe(false)
  })

  it.each([
    ['another version', { 'node_modules/one': { ...one, version: '1.0.1' } }],
    ['other content of the same version', { 'node_modules/one': { ...one, integrity: 'sha512-b' } }],
    ['a package that is missing', {}],
    ['a package too many', { 'node_modules/one': one, 'node_modules/two': one }],
  ])('notices %s', (_what, present) => {
    expect(isStale({ 'node_modules/one': one }, present)).toBe(true)
  })
})

describe('explainFailure', () => {
  it.each([
    ['npm error code ENOTFOUND', 'could not be reached'],
    ['npm error code ECONNREFUSED', 'could not be reached'],
    ['npm error code SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
    ['npm error ENOSPC: no space left', 'disk is full'],
    ['npm error code EACCES', 'may not be written'],
    ['something new', 'its own words'],
  ])('%s', (output, words) => {
    expect(explainFailure(output)).toContain(words)
  })
})

describe('the script itself', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'patchbay-setup-'))
    mkdirSync(join(folder, 'main/setup'), { recursive: true })
    copyFileSync(join(root, 'main/setup/ensure.mjs'), join(folder, 'main/setup/ensure.mjs'))
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'tree', version: '1.0.0', dependencies: {} }))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  function run(packages: object, registry?: string) {
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, requires: true, packages }))
    const env = {
      ...process.env,
      npm_config_registry: registry,
      npm_config_fetch_retries: '0',
      npm_execpath: undefined,
    }
    return spawnSync(process.execPath, ['main/setup/ensure.mjs'], { cwd: folder, env, encoding: 'utf8' })
  }

  it('says nothing when all is there', () => {
    mkdirSync(join(folder, 'node_modules'))
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: {} }))
    expect(run({ '': { name: 'tree', version: '1.0.0' } })).toMatchObject({ status: 0, stdout: '', stderr: '' })
  })

  it('explains an unreachable registry in one sentence and fails', () => {
    const dependencies = { 'patchbay-absent': '1.0.0' }
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'tree', version: '1.0.0', dependencies }))
    const wanted = {
      '': { name: 'tree', version: '1.0.0', dependencies },
      'node_modules/patchbay-absent': { version: '1.0.0' },
    }
    // Port 9 (discard) of this machine: nobody listens there.
    const { status, stdout, stderr } = run(wanted, 'http://127.0.0.1:9/')
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('registry could not be reached')
    expect(stderr).not.toContain('at ensure')
  })
})
