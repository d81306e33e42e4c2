import { CopyField } from '#renderer/parts/copy-field.tsx'
import { Guide, Menu } from '#renderer/parts/guide.tsx'

export function ConnectwiseAddressGuide() {
  return (
    <Guide title="Find the address">
      <li>
        <b>On your own server:</b> the address you sign in at, with /v4_6_release at its end, such as
        https://cw.example.com/v4_6_release
      </li>
      <li>
        <b>In the cloud:</b> with api- in front and the version at its end, such as
        https://api-na.myconnectwise.net/v2025_1 (eu, au and za likewise).
      </li>
      <li>
        Not sure of the version? Open this in a browser with your own company id; it is called Codebase:
        <CopyField
          text="https://na.myconnectwise.net/login/companyinfo/COMPANY"
          what="the address that tells the version"
        />
      </li>
      <li>The company id is what you type as company when you sign in.</li>
    </Guide>
  )
}

export function ConnectwiseSignInGuide() {
  return (
    <>
      <Guide title="An API member for Patchbay">
        <li>
          Under <Menu path={['System', 'Security Roles']} />, make a role that may inquire, add and edit companies,
          contacts, opportunities and service tickets, and inquire the system tables. Not Admin.
        </li>
        <li>
          Under <Menu path={['System', 'Members', 'API Members', 'New']} />, make a member such as “patchbay” with that
          role. Its id is the API member here.
        </li>
        <li>
          On its tab <b>API Keys</b>, make a key and save it. Copy both: the private key is shown this once.
        </li>
      </Guide>
      <Guide title="A client id">
        <li>
          Sign in at developer.connectwise.com and open <b>ClientID</b>.
        </li>
        <li>Make one for Patchbay and copy it. It is not secret; ConnectWise tells programs apart by it.</li>
      </Guide>
    </>
  )
}

/** The field that keeps records from being doubled. */
export function ConnectwiseFieldGuide({ caption }: { readonly caption: string }) {
  return (
    <Guide
      title="The field that keeps records apart"
      lead="Patchbay notes in each ConnectWise record which Salesforce record it belongs to. Without it, a second try could make a double."
    >
      <li>
        Open <Menu path={['System', 'Setup Tables', 'Custom Fields']} />.
      </li>
      <li>
        For companies, contacts and opportunities, add a field of the type <b>Text</b> with the caption:
        <CopyField text={caption} what="the caption" />
      </li>
      <li>Tickets need none: their own field for outside references is used.</li>
    </Guide>
  )
}
