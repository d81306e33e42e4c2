/** The token of the page that begins below `id`; opaque to clients, so that its meaning may change. */
export function pageToken(id: number): string {
  return Buffer.from(String(id)).toString('base64url')
}

/** The id that a page has to stay below; null when `token` is not one of ours. Absent: the first page. */
export function readPageToken(token: string | undefined): number | null {
  if (token === undefined) return Number.MAX_SAFE_INTEGER
  const text = Buffer.from(token, 'base64url').toString()
  const id = /^\d{1,16}$/.test(text) ? Number(text) : 0
  return Number.isSafeInteger(id) && id > 0 && pageToken(id) === token ? id : null
}
