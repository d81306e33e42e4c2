import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Packager } from 'app-builder-lib'
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js'
import { DebugLogger } from 'builder-util'
import { beforeAll, describe, expect, it } from 'vitest'
import { heapFlags } from '#main/base/heap-flags.ts'
import { root } from '#main/setup/ensure.mjs'
import { icoOf } from '#test/icons/ico.ts'

type Config = Awaited<ReturnType<typeof getConfig>>

let config: Config
beforeAll(async () => {
  config = await getConfig(root, 'electron-builder.yml', null)
})

const at = (path: string): string => join(root, path)

describe('electron-builder.yml', () => {
  it('is what electron-builder understands', async () => {
    await expect(validateConfiguration(config, new DebugLogger(false))).resolves.toBeUndefined()
  })

  it('would be refused with a word that electron-builder does not know', async () => {
    const wrong = { ...config, electronFuses: { ...config.electronFuses, runAsNodes: true } }
    await expect(validateConfiguration(wrong, new DebugLogger(false))).rejects.toThrow('configuration.electronFuses')
  })

  it('lets nothing from outside change what runs', () => {
    expect(config.electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      enableCookieEncryption: true,
    })
  })

  it('names the address and the maintainer without which no deb is made', async () => {
    const packager = new Packager({ projectDir: root, config: at('electron-builder.yml') })
    await packager.validateConfig()
    // What electron-builder takes before it looks at where a clone is from.
    expect(packager.metadata.homepage).toMatch(/^https:\/\//)
    expect(packager.config.linux?.maintainer).toMatch(/ <.+@.+>$/)
  })

  it('names files that are there', () => {
    const named = [config.win?.icon, config.linux?.icon, 'electron/resources/icon.png', 'electron/service']
    expect(named.filter((path) => typeof path !== 'string' || !existsSync(at(path)))).toEqual([])
  })
})

describe('the scripts of the service', () => {
  const script = readFileSync(at('electron/service/install-service.ps1'), 'utf8')

  it('start the relay with its flags, from where the package has it', () => {
    expect(script).toContain(heapFlags.join(' '))
    expect(script).toContain('out\\service\\headless.mjs')
    expect(config.asarUnpack).toContain('out/service/**')
  })
})

describe('the icons', () => {
  it('hold each size that Windows asks for, and the pictures are PNGs of that size', () => {
    const ico = readFileSync(at('electron/resources/icon.ico'))
    const count = ico.readUInt16LE(4)
    const sizes = Array.from({ length: count }, (_, index) => {
      const entry = ico.subarray(6 + 16 * index)
      const picture = ico.subarray(entry.readUInt32LE(12), entry.readUInt32LE(12) + entry.readUInt32LE(8))
      expect(picture.subarray(1, 4).toString()).toBe('PNG')
      expect(picture.readUInt32BE(16)).toBe(entry.readUInt8(0) || 256)
      return entry.readUInt8(0) || 256
    })
    expect(sizes).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256])
  })

  it('are put together so that they can be taken apart', () => {
    const made = icoOf([
      { size: 256, png: Buffer.from('one') },
      { size: 16, png: Buffer.from('another') },
    ])
    expect(made.subarray(made.readUInt32LE(6 + 12)).toString()).toBe('oneanother')
    expect(made.subarray(made.readUInt32LE(22 + 12)).toString()).toBe('another')
  })
})
