import { CopyField } from '#renderer/parts/copy-field.tsx'
import { Guide, Menu } from '#renderer/parts/guide.tsx'
import styles from './guides.module.css'

const sample = JSON.stringify({ eventId: 'text', objectApiName: 'Account', recordId: 'text' })

/**
 * A record-triggered flow that calls out after the save. Patchbay reads the record itself, so three values are enough.
 *
 * Menus and names are Salesforce Help's: Create or Edit a No Authentication External Credential, Enable External Credential Principals,
 * Guidelines for Authenticating HTTP Callout Actions, and Configure an HTTP Callout Action. Such a flow runs as whoever made the change
 * (Salesforce Admins, Guide to Determining the Flow Running User), which is why all of them need the permission.
 */
export function FlowGuide() {
  return (
    <>
      <Guide title="In Salesforce, a Flow">
        <li>
          Under <Menu path={['Setup', 'Named Credentials', 'External Credentials', 'New']} />, make “Hookdeck” with the
          protocol <b>No Authentication</b>, save, and add a principal under <b>Principals</b>.
        </li>
        <li>
          Under <Menu path={['Setup', 'Permission Sets']} />, make a set that has this principal in{' '}
          <b>External Credential Principal Access</b>, and reads the object <b>User External Credentials</b>. Give it to
          everybody whose changes are to be carried: the call is made in their name.
        </li>
        <li>
          Under <Menu path={['Named Credentials', 'New']} />, make “Hookdeck” with that credential. The address is the
          first part of the Hookdeck source’s, up to the third slash.
        </li>
        <li>
          Choose <Menu path={['Setup', 'Flows', 'New Flow', 'Record-Triggered Flow']} />. Object Account, when a record
          is <b>created or updated</b>. Tick <b>Include a Run Asynchronously path</b>: Salesforce allows no call to the
          outside during the save.
        </li>
        <li>
          On that path, add an action and choose <b>Create HTTP Callout</b> with the named credential. Method POST; the
          path is the rest of the source’s address. As sample body, paste:
          <CopyField text={sample} what="the sample body" />
        </li>
        <li>
          Before the action, add an <b>Assignment</b> that fills the body. eventId:
          <CopyField text="{!$Flow.InterviewGuid}" what="the value of eventId" />
          recordId:
          <CopyField text="{!$Record.Id}" what="the value of recordId" />
          objectApiName: the text Account.
        </li>
        <li>Save and activate. Do the same for Contact, Opportunity and Case.</li>
      </Guide>
      <p className={styles.note}>
        A Flow can’t tell of deletions this way, and Salesforce does not repeat a call that failed; an Outbound Message
        is repeated for 24 hours.
      </p>
    </>
  )
}
