import { XMLParser } from 'fast-xml-parser'
import type { Values } from '#shared/domain/record.ts'
import { readInstant, readVersion } from './instant.ts'
import { maxItems } from './parsed.ts'
import type { ParsedBody, ParsedItem } from './parsed.ts'
import { accepted, refused } from './reason.ts'
import type { Checked } from './reason.ts'
import { isEntityName, isRecordId, toLongId } from './salesforce-id.ts'
import { readTitle } from '#shared/logic/record-title.ts'
import { readXmlText } from './xml-text.ts'

/** Prefixes vary, so they are dropped; values stay text; entities stay as written until `readXmlText`. */
const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
  captureMetaData: true,
  maxNestedTags: 32,
  isArray: (name) => name === 'Notification',
})

type Node = { readonly [name: string]: unknown }

/**
 * Reads a Salesforce Outbound Message: SOAP with 1 to 100 notifications, each one event.
 *
 * The message doesn't say whether its record was created or changed, only how it is when it is sent; hence `touched`. Each event
 * keeps its own notification as body, which leaves out the session id that stands once in the envelope.
 */
export function parseOutboundMessage(text: string): Checked<ParsedBody> {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) {
    return refused(
      400,
      'not-xml',
      'The XML declares a document type or entities, which is never needed and may be an attack.',
    )
  }
  let root: unknown
  try {
    root = parser.parse(text, true)
  } catch (error) {
    return refused(400, 'not-xml', `The body is not XML: ${(error as Error).message.slice(0, 200)}.`)
  }
  const message = child(child(child(root, 'Envelope'), 'Body'), 'notifications')
  const notifications = message?.['Notification']
  if (message === null || !Array.isArray(notifications)) {
    return refused(400, 'bad-shape', 'The XML is no Salesforce Outbound Message: it holds no notifications.')
  }
  if (notifications.length > maxItems) {
    return refused(
      413,
      'too-large',
      `The message holds ${notifications.length} notifications; at most ${maxItems} are taken at once.`,
    )
  }
  const items: ParsedItem[] = []
  for (const [index, notification] of notifications.entries()) {
    const item = parseNotification(notification, text)
    if (!item.ok) {
      return refused(
        item.reason.status,
        item.reason.code,
        `Notification ${index + 1} of ${notifications.length}: ${item.reason.sentence}`,
      )
    }
    items.push(item.value)
  }
  const organizationId = readXmlText(message['OrganizationId'])
  return accepted({
    format: 'outbound-message',
    items,
    organizationId: organizationId === null ? null : toLongId(organizationId.trim()),
  })
}

function parseNotification(notification: unknown, text: string): Checked<ParsedItem> {
  const record = child(notification, 'sObject')
  const type = record?.['@_type']
  const entity = typeof type === 'string' ? type.slice(type.indexOf(':') + 1) : ''
  if (record === null || !isEntityName(entity)) {
    return refused(400, 'bad-shape', 'it does not say which object it is about (the xsi:type of sObject).')
  }
  const fields = readFields(record)
  const id = fields['Id']
  if (typeof id !== 'string' || !isRecordId(id)) {
    return refused(400, 'bad-shape', `it does not say which ${entity} it is about (Id).`)
  }
  const changedAt = fields['SystemModstamp'] ?? fields['LastModifiedDate']
  const actor = fields['LastModifiedById']
  const notificationId = readXmlText((notification as Node)['Id'])
  return accepted({
    content: {
      recordId: id,
      entity,
      action: 'touched',
      title: readTitle(fields),
      version: readVersion(changedAt),
      occurredAt: readInstant(changedAt),
      actor: typeof actor === 'string' ? toLongId(actor) : null,
      ownMark: false,
      fields,
      full: false,
    },
    body: Buffer.from(sourceOf(notification, text)),
    ownKeys: notificationId === null ? [] : [`om:${toLongId(notificationId.trim()).slice(0, 200)}`],
  })
}

/** The selected fields as text; `xsi:nil` and an empty element both mean that the field is empty. */
function readFields(record: Node): Values {
  const fields: Values = {}
  for (const [name, value] of Object.entries(record)) {
    if (isEntityName(name)) fields[name] = readXmlText(value)
  }
  const id = fields['Id']
  if (typeof id === 'string') fields['Id'] = toLongId(id.trim())
  return fields
}

function child(node: unknown, name: string): Node | null {
  const value = typeof node === 'object' && node !== null ? (node as Node)[name] : undefined
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : null
}

const metaData = XMLParser.getMetaDataSymbol() as symbol

/** The notification as it stands in the message. */
function sourceOf(notification: unknown, text: string): string {
  const place = (
    notification as { readonly [key: symbol]: { readonly startIndex?: number; readonly endIndex?: number } | undefined }
  )[metaData]
  return text.slice(place?.startIndex, place?.endIndex)
}
