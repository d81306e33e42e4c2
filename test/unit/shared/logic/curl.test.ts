import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { curlCommand, posixQuote, powerShellQuote } from '#shared/logic/curl.ts'

const request = {
  method: 'PATCH',
  url: 'https://acme.my.salesforce.com/services/data/v62.0/sobjects/Account/001?a=1&b=2',
  headers: { Authorization: 'Bearer <access token>', 'content-type': 'application/json' },
  body: `{"Name":"O'Neill & Söhne"}`,
}

test('a command for a POSIX shell', () => {
  expect(curlCommand(request, 'posix')).toBe(
    [
      `curl --request PATCH 'https://acme.my.salesforce.com/services/data/v62.0/sobjects/Account/001?a=1&b=2' \\`,
      `  --header 'Authorization: Bearer <access token>' \\`,
      `  --header 'content-type: application/json' \\`,
      `  --data-raw '{"Name":"O'\\''Neill & Söhne"}'`,
    ].join('\n'),
  )
})

test('a command for PowerShell hands the body over in a file, as some versions lose its quotes', () => {
  expect(curlCommand(request, 'powershell')).toBe(
    [
      '$body = New-TemporaryFile',
      `[IO.File]::WriteAllText($body, '{"Name":"O''Neill & Söhne"}')`,
      `curl.exe --request 'PATCH' 'https://acme.my.salesforce.com/services/data/v62.0/sobjects/Account/001?a=1&b=2' \``,
      `  --header 'Authorization: Bearer <access token>' \``,
      `  --header 'content-type: application/json' \``,
      `  --data-binary "@$body"`,
    ].join('\n'),
  )
})

test('headers with quotes go through a file too; a body in a file is named', () => {
  const command = curlCommand(
    {
      method: 'PUT',
      url: 'https://x.test/',
      headers: { 'If-Match': '"7"', 'x-empty': '' },
      body: { file: 'a b.json' },
    },
    'powershell',
  )
  expect(command).toBe(
    [
      '$headers = New-TemporaryFile',
      `[IO.File]::WriteAllText($headers, 'If-Match: "7"\nx-empty;')`,
      `curl.exe --request 'PUT' 'https://x.test/' \``,
      `  --header "@$headers" \``,
      `  --data-binary '@a b.json'`,
    ].join('\n'),
  )
})

test('a request without body and headers is one line', () => {
  expect(curlCommand({ method: 'GET', url: 'https://x.test/a', headers: {}, body: null }, 'posix')).toBe(
    'curl --request GET https://x.test/a',
  )
})

test('a line break in a header does not make another header', () => {
  const headers = { a: 'b\r\nHost: evil.test' }
  expect(curlCommand({ method: 'GET', url: 'u', headers, body: null }, 'posix')).toBe(
    `curl --request GET u \\\n  --header 'a: b Host: evil.test'`,
  )
})

test('curly quotes end a text in PowerShell, and are doubled', () => {
  expect(powerShellQuote("it's ‘so’")).toBe("'it''s ‘‘so’’'")
})

test('whatever is quoted for a POSIX shell comes out of one as it went in', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((one) => !one.includes('\0'))
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (texts) => {
      const script = `printf '%s\\0' ${texts.map(posixQuote).join(' ')}`
      const answer = execFileSync('sh', ['-c', script]).toString()
      expect(answer).toBe(texts.map((one) => `${one}\0`).join(''))
    }),
    { numRuns: 30 },
  )
})
