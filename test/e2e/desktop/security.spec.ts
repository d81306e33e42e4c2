import { expect } from '@playwright/test'
import { test } from '#test/support/desktop.ts'
import { pageUrl } from '#electron/windows/navigation-guard.ts'

test('the page has no Node, runs no foreign script, goes nowhere else and opens nothing but web pages outside', async ({
  start,
}) => {
  const desktop = await start()
  const page = await desktop.window()
  await expect(page.getByRole('main')).toBeVisible()

  const names = ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer', 'electronHostSay']
  expect(await page.evaluate((all) => all.filter((name) => name in window), names)).toEqual([])
  const offered = await page.evaluate(() => Object.keys(Reflect.get(window, 'patchbayShell') as object))
  expect(offered.sort()).toEqual([
    'onState',
    'openExternal',
    'openFile',
    'relayLines',
    'restartRelay',
    'saveFile',
    'saveSettings',
    'settings',
    'showProgress',
    'state',
    'update',
  ])

  const policy = await page.evaluate(async () =>
    (await fetch(window.location.href)).headers.get('content-security-policy'),
  )
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).toContain("connect-src 'self';")
  const ran = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'window.inlineRan = true'
    document.head.append(script)
    return 'inlineRan' in window
  })
  expect(ran).toBe(false)
  expect(
    await page.evaluate(() =>
      fetch('https://example.com/').then(
        () => 'loaded',
        () => 'refused',
      ),
    ),
  ).toBe('refused')

  const before = page.url()
  for (const url of ['https://example.com/', 'patchbay-app://elsewhere/index.html']) {
    expect(await desktop.tellContents('will-navigate', { url }), url).toBe(true)
  }
  expect(await desktop.tellContents('will-navigate', { url: `${pageUrl}#/live` })).toBe(false)
  await page.evaluate(() => window.location.assign('https://example.com/'))
  await page.evaluate(() => window.location.assign('#/settings'))
  await expect.poll(() => new URL(page.url()).hash).toBe('#/settings')
  expect(new URL(page.url()).origin).toBe(new URL(before).origin)

  await page.evaluate(() => void window.open('https://developer.salesforce.com/'))
  await page.evaluate(() => void window.open('file:///etc/passwd'))
  await expect.poll(() => desktop.opened).toEqual(['https://developer.salesforce.com/'])
  await expect.poll(() => page.context().pages().length).toBe(1)
  expect(await desktop.tellContents('will-attach-webview', {})).toBe(true)

  const permission = (name: string) =>
    page.evaluate(async (asked) => (await navigator.permissions.query({ name: asked as PermissionName })).state, name)
  expect(await permission('clipboard-write')).toBe('granted')
  for (const name of ['geolocation', 'camera', 'microphone', 'clipboard-read'])
    expect(await permission(name), name).not.toBe('granted')
})

test('messages are answered to the top frame of our own page only, and to what the contract allows', async ({
  start,
}) => {
  const desktop = await start()
  const page = await desktop.window()
  await expect(page.getByRole('main')).toBeVisible()
  const own = { url: pageUrl, parent: null }
  const ask = (args: unknown[], frame: Parameters<typeof desktop.forge>[1]) =>
    desktop.forge({ type: 'invoke', channel: 'shell:call', args }, frame).then(String, (error: Error) => error.message)

  expect(await ask(['state'], own)).toBe('[object Object]')
  expect(await ask(['state'], { url: 'https://example.com/', parent: null })).toContain('Only the console may ask')
  expect(await ask(['state'], { url: pageUrl, parent: own })).toContain('Only the console may ask')
  expect(await ask(['toString'], own)).toContain('no such call')
  expect(await ask(['openExternal', 'file:///etc/passwd'], own)).toBe('false')
  expect(await ask(['saveSettings', { startsAtLogin: 'yes' }], own)).toContain('startsAtLogin')
  expect(await ask(['showProgress', 7], own)).toContain('Too big')
  expect(desktop.opened).toEqual([])

  const params = { isEditable: false, selectionText: 'chosen', editFlags: { canCopy: true, canSelectAll: true } }
  await desktop.tellContents('context-menu', {}, params)
  expect((await desktop.contextMenu()).map(({ label }) => label)).toEqual(['copy', 'selectAll'])
})
