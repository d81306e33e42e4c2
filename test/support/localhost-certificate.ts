import { getCACertificates, setDefaultCACertificates } from 'node:tls'

/** A certificate for localhost, signed by itself and good until 2120, with its key: for servers of tests, and of use to nobody else. */
export const localhostCertificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgV39yUZYzkJw4Cs7h
2z9npARsh6TQ+mUvYqnyY2vIZaChRANCAASveTvFiWPxKoR/wEPfD6V2zcsTUIwm
md2aSbWfbHO4AWj/J6wVtQnulO9Ak/EH2ae9N0bCDUQg9OzBmOal7FKO
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBaDCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABK95O8WJY/EqhH/A
Q98PpXbNyxNQjCaZ3ZpJtZ9sc7gBaP8nrBW1Ce6U70CT8QfZp703RsINRCD07MGY
5qXsUo6jTjBMMA8GA1UdEwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIJbG9jYWxob3N0
hwR/AAABMB0GA1UdDgQWBBSTQTQ9Nwu2zeGC8RCbmLExYLSTKTAKBggqhkjOPQQD
AgNJADBGAiEAgu4FkuyAHNZ78TaEwsyMVTygH0emwPej0RBWp2/tQ7UCIQD45mKz
tgkEqPImDvBGYjxK5jZy+zaleDzqTw9hEIzDFQ==
-----END CERTIFICATE-----`,
}

/** Has this process trust it from now on; answers with the way to stop that. */
export function trustLocalhostCertificate(): () => void {
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, localhostCertificate.cert])
  return () => setDefaultCACertificates(before)
}
