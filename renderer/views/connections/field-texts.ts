/** How settings are called in forms, and what helps to fill them in. Names not listed are spaced out. */
export const fieldTexts: Readonly<Record<string, { label: string; help?: string; common?: boolean }>> = {
  loginUrl: { label: 'My Domain address', help: 'Such as https://acme.my.salesforce.com (Setup → My Domain).' },
  apiVersion: { label: 'API version' },
  grant: { label: 'Way to sign in', common: true },
  clientId: { label: 'Client id' },
  username: { label: 'User to act as', help: 'Its login name; the app has to be pre-authorised for it.' },
  callMark: { label: 'Call mark', help: 'Change events carry it back, so that own writes are recognised.' },
  externalIdField: {
    label: 'External id field',
    help: 'Unique field on each synced object that holds the ConnectWise id.',
  },
  timeoutMs: { label: 'Timeout (ms)' },
  baseUrl: { label: 'Address', help: 'Without /apis/3.0, such as https://cw.example.com/v4_6_release' },
  companyId: { label: 'Company id', help: 'What you type as company when you sign in to ConnectWise.' },
  publicKey: { label: 'Public key', help: 'Of the API member (System › Members › API Members › API Keys).' },
  memberId: { label: 'API member', help: 'Member id of the API member that Patchbay writes as.' },
  crossReferenceCaption: {
    label: 'Custom field for the Salesforce id',
    help: 'Its caption, where an entity has no field of its own.',
  },
  sweepMinutes: {
    label: 'Minutes between looks for missed changes',
    help: 'Patchbay asks what was changed and takes in what nobody has announced. 0: never. Each look costs one call for each kind of record.',
  },
  dailyCalls: {
    label: 'Most API calls in 24 hours',
    help: "Of Patchbay's own; empty means as many as the system allows.",
  },
  reserveForPeople: { label: "Share of the system's limit left to people (%)" },
  reserveForLive: { label: 'Share that replays leave to live events (%)' },
  connectionId: { label: 'Connection', help: 'Where the current record is read from.' },
  publicUrl: { label: 'Public address' },
  organizationId: { label: 'Organization id', help: 'Outbound Messages from other organisations are refused.' },
  hmacHeader: { label: 'Signature header', help: 'For calls that come directly from Salesforce.' },
  mostDeletions: {
    label: 'Deletions in ten minutes that pass unasked',
    help: 'A linked record that is not found any more counts like one that was deleted. Beyond that Patchbay holds them until a person says that they were meant. Empty means that all pass.',
  },
  maxBytes: { label: 'Largest payload (bytes)' },
  maxPerSecond: { label: 'Requests a second from one address' },
  maxRefusedPerSecond: { label: 'Refused requests a second before an address is turned away' },
  allow: { label: 'Allowed addresses', help: 'One address or range (CIDR) a line; empty means any.' },
  host: { label: 'Server' },
  port: { label: 'Port', common: true },
  user: { label: 'SQL login' },
  encrypt: { label: 'Encrypt the connection' },
  trustServerCertificate: { label: 'Trust a self-signed certificate' },
  batchSize: { label: 'Rows at a time' },
  leaseSeconds: { label: 'Lease (seconds)' },
  busyPollMs: { label: 'Pause between polls while rows come (ms)' },
  idlePollMs: { label: 'Pause between polls when nothing comes (ms)' },
}

/** How the choices of a setting read; those not listed stand for themselves. */
export const choiceTexts: Readonly<Record<string, string>> = {
  'client-credentials': 'Client id and secret',
  'jwt-bearer': 'Certificate (JWT)',
  starttls: 'STARTTLS, usually port 587',
  tls: 'TLS from the start, usually port 465',
  none: 'None: a mail server on this computer only',
}
