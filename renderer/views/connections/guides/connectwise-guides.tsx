import { CopyField } from '#renderer/parts/copy-field.tsx'
import { Guide, Menu } from '#renderer/parts/guide.tsx'

/** Hosts and `companyinfo` as the ConnectWise PSA Developer Guide has them. */
export function ConnectwiseAddressGuide() {
  return (
    <Guide title="Find the address">
      <li>
        <b>On your own server:</b> the address you sign in at, with /v4_6_release at its end, such as
        https://cw.example.com/v4_6_release
      </li>
      <li>
        <b>In the cloud:</b> with api- in front and the version at its end, such as
        https://api-na.myconnectwise.net/v2025_1 (eu, au, aus and za likewise).
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

/**
 * The menus are those that N-able, MSP360 and MSPCFO show in their own set-up pages for ConnectWise; the parts of a security role are named
 * as on those pages and on Lifecycle Insights'. ConnectWise's University is behind a sign-in.
 */
export function ConnectwiseSignInGuide() {
  return (
    <>
      <Guide title="An API member for Patchbay">
        <li>
          Under <Menu path={['System', 'Security Roles']} />, make a role with the levels Inquire, Add and Edit on{' '}
          <Menu path={['Companies', 'Company Maintenance']} />, <Menu path={['Companies', 'Contacts']} />,{' '}
          <Menu path={['Sales', 'Opportunity']} /> and <Menu path={['Service Desk', 'Service Tickets']} />, and Inquire
          on <Menu path={['System', 'Table Setup']} /> and <Menu path={['System', 'Member Maintenance']} />. Not Admin.
        </li>
        <li>
          Under <Menu path={['System', 'Members', 'API Members', '+']} />, make a member such as “patchbay” with that
          role. Its member id is the API member here.
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

/**
 * The field that keeps records from being doubled. The way to the custom fields is the one that Barracuda's set-up page for ConnectWise
 * shows; a caption has 25 characters at most by the OpenAPI document.
 */
export function ConnectwiseFieldGuide({ caption }: { readonly caption: string }) {
  return (
    <Guide
      title="The field that keeps records apart"
      lead="Patchbay notes in each ConnectWise record which Salesforce record it belongs to. Without it, a second try could make a double."
    >
      <li>
        Open <Menu path={['System', 'Setup Tables', 'Custom Fields']} />. It lists the screens that can have fields of
        their own.
      </li>
      <li>
        Open the screen of companies (<b>Company Overview</b>), of contacts and of opportunities one after the other,
        and add to each a field of the type <b>Text</b> with the caption:
        <CopyField text={caption} what="the caption" />
      </li>
      <li>Tickets need none: their own field for outside references is used.</li>
    </Guide>
  )
}
