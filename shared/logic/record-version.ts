/** A record's version as ms since 1970; null when it is no instant. */
export function versionInstant(version: string): number | null {
  if (/^\d{10,16}$/u.test(version)) return Number(version)
  // Salesforce writes +0000 where ISO 8601 has +00:00 or Z.
  const instant = Date.parse(version.replace(/([+-]\d{2})(\d{2})$/u, '$1:$2'))
  return Number.isNaN(instant) ? null : instant
}

/**
 * Which of two record versions is the newer one: negative when `a` is older, positive when it is newer, 0 when they
 * are the same instant; null when that can't be told. Versions are instants (see RemoteRecord.version), ConnectWise's in
 * whole seconds: two changes may carry the same one.
 */
export function compareVersions(a: string | null, b: string | null): number | null {
  if (a === null || b === null) return null
  const [left, right] = [versionInstant(a), versionInstant(b)]
  return left === null || right === null ? null : left - right
}
