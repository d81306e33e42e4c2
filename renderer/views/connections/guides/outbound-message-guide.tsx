import { CopyField } from '#renderer/parts/copy-field.tsx'
import { Guide, Menu } from '#renderer/parts/guide.tsx'

interface Props {
  /** Where it is sent to. */
  readonly url: string
  /** Straight to Patchbay, and not through Hookdeck. */
  readonly isDirect: boolean
}

/**
 * An Outbound Message, sent by a flow. Menus, editions and "User to send as" are Salesforce Help's (Outbound Message Actions) and the SOAP
 * API Developer Guide's (Setting Up Outbound Messaging).
 */
export function OutboundMessageGuide({ url, isDirect }: Props) {
  return (
    <Guide title="In Salesforce, an Outbound Message">
      {isDirect && (
        <li>
          Under <Menu path={['Setup', 'Company Information']} />, copy the <b>Organization ID</b> and enter it here.
          Messages from any other are refused.
        </li>
      )}
      <li>
        Choose <Menu path={['Setup', 'Outbound Messages', 'New Outbound Message']} /> and the object Account. Salesforce
        has them from the Enterprise edition on; with Professional, take a Flow through Hookdeck.
      </li>
      <li>
        As endpoint address, enter {isDirect ? 'this:' : 'the address of the Hookdeck source.'}
        {isDirect && <CopyField text={url} what="the address with its token" />}
      </li>
      <li>
        As <b>User to send as</b>, choose one who may see all of these records. Leave <b>Send Session ID</b> off. Choose
        the fields Id, SystemModstamp and LastModifiedById, then save.
      </li>
      <li>
        Choose <Menu path={['Setup', 'Flows', 'New Flow', 'Record-Triggered Flow']} />, object Account, when a record is{' '}
        <b>created or updated</b>, and add the message as an action of the type <b>Outbound Message</b>. Activate it.
      </li>
      <li>Do the same for Contact, Opportunity and Case.</li>
      <li>
        What Salesforce could not send yet stands under{' '}
        <Menu path={['Setup', 'Outbound Messages', 'View Message Delivery Status']} />.
      </li>
    </Guide>
  )
}
