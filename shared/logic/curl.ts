/** The shells that technicians paste commands into. */
export type Shell = 'posix' | 'powershell'

/** A request to be written as a command. */
export interface CurlRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** The body itself, or the file that it has been saved to; null: none. */
  readonly body: string | { readonly file: string } | null
}

/** A request as a curl command for a shell: pasted there, it sends exactly this. */
export function curlCommand(request: CurlRequest, shell: Shell): string {
  return shell === 'posix' ? forPosix(request) : forPowerShell(request)
}

function forPosix({ method, url, headers, body }: CurlRequest): string {
  const parts = [
    `curl --request ${posixQuote(method)} ${posixQuote(url)}`,
    ...linesOf(headers).map((line) => `--header ${posixQuote(line)}`),
    // Raw: else a body that begins with @ would be taken for the name of a file.
    ...(typeof body === 'string' ? [`--data-raw ${posixQuote(body)}`] : []),
    ...(body !== null && typeof body === 'object' ? [`--data-binary ${posixQuote(`@${body.file}`)}`] : []),
  ]
  return parts.join(' \\\n  ')
}

/**
 * Windows PowerShell takes double quotes out of what it hands to a program, newer ones do not; so nothing with quotes is handed over.
 * What has some goes through a file, which curl reads as it is. PowerShell alone calls `curl` by another name.
 */
function forPowerShell({ method, url, headers, body }: CurlRequest): string {
  const before: string[] = []
  const lines = linesOf(headers)
  const throughFile = lines.some((line) => line.includes('"'))
  if (throughFile) before.push(...toFile('headers', lines.join('\n')))
  if (typeof body === 'string') before.push(...toFile('body', body))
  const parts = [
    `curl.exe --request ${powerShellQuote(method)} ${powerShellQuote(url)}`,
    ...(throughFile ? ['--header "@$headers"'] : lines.map((line) => `--header ${powerShellQuote(line)}`)),
    ...(typeof body === 'string' ? ['--data-binary "@$body"'] : []),
    ...(body !== null && typeof body === 'object' ? [`--data-binary ${powerShellQuote(`@${body.file}`)}`] : []),
  ]
  return [...before, parts.join(' `\n  ')].join('\n')
}

/** Puts a text into a file of its own, to the letter and in UTF-8, and its name into a variable. */
function toFile(name: string, text: string): string[] {
  return [`$${name} = New-TemporaryFile`, `[IO.File]::WriteAllText($${name}, ${powerShellQuote(text)})`]
}

function linesOf(headers: CurlRequest['headers']): string[] {
  // curl leaves out a header without a value unless it ends in a semicolon; line breaks would make two of one.
  return Object.entries(headers).map(([name, value]) =>
    value === '' ? `${name};` : `${name}: ${value.replace(/[\r\n]+/g, ' ')}`,
  )
}

/** In single quotes a POSIX shell takes everything as it stands but the quote itself. */
export function posixQuote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** In single quotes PowerShell takes everything as it stands but single quotes, straight or curly, which are doubled. */
export function powerShellQuote(text: string): string {
  return `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`
}
