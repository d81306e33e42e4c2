import { CopyField } from '#renderer/parts/copy-field.tsx'
import { Guide, Menu } from '#renderer/parts/guide.tsx'
import styles from './guides.module.css'

const sample = JSON.stringify({ eventId: 'text', objectApiName: 'Account', recordId: 'text' })

/** A record-triggered flow that calls out after the save. Patchbay reads the record itself, so three values are enough. */
export function FlowGuide() {
  return (
    <>
      <Guide title="In Salesforce, a Flow">
        <li>
          Under <Menu path={['Setup', 'Named Credentials', 'External Credentials', 'New']} />, make “Hookdeck” with{' '}
          <b>No Authentication</b>, add a principal, and allow it to the people whose changes are to be carried (
          <Menu path={['Permission Set', 'External Credential Principal Access']} />
          ).
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
