import { describe, expect, it } from 'vitest'
import { isOwnPage, isWebPage, pageUrl } from '#electron/windows/navigation-guard.ts'

describe('isOwnPage', () => {
  it.each([
    [pageUrl, true],
    ['patchbay-app://patchbay/index.html#/events/7', true],
    ['patchbay-app://elsewhere/index.html', false],
    ['patchbay-app://patchbay.example.com/index.html', false],
    ['https://patchbay/index.html', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['not an address', false],
  ])('%s: %s', (url, expected) => {
    expect(isOwnPage(url, undefined)).toBe(expected)
  })

  it('knows the development server while there is one, by its whole origin', () => {
    const devUrl = 'http://localhost:5173/'
    expect(isOwnPage('http://localhost:5173/index.html', devUrl)).toBe(true)
    expect(isOwnPage('http://localhost:5174/index.html', devUrl)).toBe(false)
    expect(isOwnPage('http://localhost:5173.example.com/', devUrl)).toBe(false)
  })
})

describe('isWebPage', () => {
  it.each([
    ['https://developer.salesforce.com/docs', true],
    ['http://127.0.0.1:7421/', true],
    ['javascript:alert(1)', false],
    ['file:///C:/Windows/System32/calc.exe', false],
    ['ms-settings:network', false],
    ['', false],
  ])('%s: %s', (url, expected) => {
    expect(isWebPage(url)).toBe(expected)
  })
})
