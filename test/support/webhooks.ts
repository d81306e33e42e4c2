import { createHmac } from 'node:crypto'

/** Hookdeck's signature: base64 HMAC-SHA256 of the raw body. */
export function hookdeckSignature(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('base64')
}

/** Sends a Salesforce event as Hookdeck would; answers status and text. */
export async function sendSalesforce(
  receiverUrl: string,
  secret: string,
  event: unknown,
  options: { eventId?: string; signature?: string } = {},
): Promise<{ status: number; text: string }> {
  const body = JSON.stringify(event)
  const answer = await fetch(`${receiverUrl}/hooks/salesforce`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-hookdeck-signature': options.signature ?? hookdeckSignature(secret, body),
      ...(options.eventId === undefined ? {} : { 'x-hookdeck-eventid': options.eventId }),
    },
  })
  return { status: answer.status, text: await answer.text() }
}
