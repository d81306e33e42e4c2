/** An Outbound Message in the form that Salesforce sends. */
export function outboundMessage(notifications: readonly string[], organizationId = '00D000000000062EAA'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <soapenv:Body>
  <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
   <OrganizationId>${organizationId}</OrganizationId>
   <ActionId>04k000000000001AAA</ActionId>
   <SessionId>SECRET-SESSION</SessionId>
   <EnterpriseUrl>https://example.my.salesforce.com/services/Soap/c/62.0</EnterpriseUrl>
   <PartnerUrl>https://example.my.salesforce.com/services/Soap/u/62.0</PartnerUrl>
   ${notifications.join('\n   ')}
  </notifications>
 </soapenv:Body>
</soapenv:Envelope>`
}

/** One notification about an Account; `fields` is XML with the prefix `sf`. */
export function notification(number: number, fields: string): string {
  const digits = String(number).padStart(3, '0')
  return `<Notification><Id>04l000000000${digits}AAA</Id><sObject xsi:type="sf:Account" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>001000000000${digits}AAA</sf:Id>${fields}</sObject></Notification>`
}
