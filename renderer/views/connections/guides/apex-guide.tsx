import { CopyField } from '#renderer/parts/copy-field.tsx'
import { Guide, Menu } from '#renderer/parts/guide.tsx'

/** For a Salesforce developer: a class that sends signed events. The menu is Salesforce Help's (Configure Remote Site Settings). */
export function ApexGuide({ url, header }: { readonly url: string; readonly header: string }) {
  return (
    <Guide title="In Salesforce, by a developer">
      <li>
        Under <Menu path={['Setup', 'Remote Site Settings', 'New Remote Site']} />, allow the beginning of this address,
        up to the third slash:
        <CopyField text={url} what="the webhook address" />
      </li>
      <li>Keep the secret that you enter here in protected custom metadata, too.</li>
      <li>
        Add this class, and enqueue it from triggers on Account, Contact, Opportunity and Case (after insert, update,
        delete and undelete):
        <CopyField isLong text={apexClass(url, header)} what="the Apex class" />
      </li>
    </Guide>
  )
}

function apexClass(url: string, header: string): string {
  return `public class PatchbayEvent implements Queueable, Database.AllowsCallouts {
  private final String body;
  private final String secret;

  // what: created, updated, deleted or restored
  public PatchbayEvent(String objectName, Id recordId, String what, String secret) {
    this.secret = secret;
    this.body = JSON.serialize(new Map<String, String>{
      'eventId' => UUID.randomUUID().toString(),
      'eventType' => what,
      'objectApiName' => objectName,
      'recordId' => recordId
    });
  }

  public void execute(QueueableContext context) {
    Blob mac = Crypto.generateMac('hmacSHA256', Blob.valueOf(body), Blob.valueOf(secret));
    HttpRequest request = new HttpRequest();
    request.setEndpoint('${url}');
    request.setMethod('POST');
    request.setHeader('Content-Type', 'application/json');
    request.setHeader('${header}', EncodingUtil.base64Encode(mac));
    request.setBody(body);
    new Http().send(request);
  }
}
`
}
