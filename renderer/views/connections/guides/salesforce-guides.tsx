import { CopyField } from '#renderer/parts/copy-field.tsx'
import { Guide, Menu } from '#renderer/parts/guide.tsx'

export function SalesforceAddressGuide() {
  return (
    <Guide title="Find your My Domain address">
      <li>
        In Salesforce, open <Menu path={['Setup', 'My Domain']} />.
      </li>
      <li>Copy the current My Domain address, such as acme.my.salesforce.com.</li>
      <li>Enter it here with https:// in front. For a test organisation it ends in .sandbox.my.salesforce.com.</li>
    </Guide>
  )
}

/**
 * The user's licence and the licence of its permission set are Salesforce Admins' (Best Practices for Configuring Your Integration User);
 * the app's menus are Salesforce Help's on external client apps, and those that EdgeTier and SaaSify show in their set-up pages.
 */
export function SalesforceSignInGuide({ isJwt }: { readonly isJwt: boolean }) {
  return (
    <>
      <Guide title="A user for Patchbay">
        <li>
          Under <Menu path={['Setup', 'Users', 'New User']} />, make a user such as “Patchbay”, with the licence{' '}
          <b>Salesforce Integration</b>; most editions have five of them. Assign it the permission set licence{' '}
          <b>Salesforce API Integration</b>, too.
        </li>
        <li>
          Give it a permission set with “API Enabled”, and with read, create and edit on Account, Contact, Opportunity
          and Case.
        </li>
      </Guide>
      {isJwt ? <JwtGuide /> : <CredentialsGuide />}
    </>
  )
}

function CredentialsGuide() {
  return (
    <Guide title="An app for Patchbay, with client credentials">
      <li>
        Under <Menu path={['Setup', 'External Client App Manager', 'New External Client App']} />, name it Patchbay,
        leave it <b>Local</b> and switch on OAuth. The callback address is not used; enter:
        <CopyField text="https://localhost/unused" what="the unused callback address" />
      </li>
      <li>
        Choose the scope <b>Manage user data via APIs (api)</b>, and switch on the <b>Client Credentials Flow</b>.
      </li>
      <li>
        Save. On the app’s tab <b>Policies</b>, switch on the <b>Client Credentials Flow</b> once more, and choose the
        user from above under <b>Run As</b>.
      </li>
      <li>
        Open <Menu path={['Settings', 'OAuth Settings', 'Consumer Key and Secret']} />. The key is the client id here,
        the secret the client secret.
      </li>
    </Guide>
  )
}

function JwtGuide() {
  return (
    <Guide title="An app for Patchbay, with a certificate">
      <li>Make an RSA key pair and a certificate, such as with openssl. The private key goes here and nowhere else.</li>
      <li>
        Under <Menu path={['Setup', 'External Client App Manager', 'New External Client App']} />, name it Patchbay,
        switch on OAuth and the <b>JWT Bearer Flow</b>, and upload the certificate.
      </li>
      <li>
        Choose the scopes <b>Manage user data via APIs (api)</b> and <b>Perform requests at any time</b>.
      </li>
      <li>
        In the app’s policies, choose <b>Admin approved users are pre-authorized</b>, and add the permission set of the
        user from above.
      </li>
    </Guide>
  )
}

/** The field that keeps records from being doubled. */
export function SalesforceFieldGuide({ field }: { readonly field: string }) {
  return (
    <Guide
      title="The field that keeps records apart"
      lead="Patchbay notes in each Salesforce record which ConnectWise record it belongs to. Without it, a second try could make a double."
    >
      <li>
        Open <Menu path={['Setup', 'Object Manager', 'Account', 'Fields & Relationships', 'New']} /> and choose{' '}
        <b>Text</b>.
      </li>
      <li>
        Length 40, field name:
        <CopyField text={field.replace(/__c$/, '')} what="the field name" />
      </li>
      <li>
        Tick <b>Unique</b> and <b>External ID</b>.
      </li>
      <li>Let Patchbay’s user see and edit it (field-level security).</li>
      <li>Do the same for Contact, Opportunity and Case, then test again.</li>
    </Guide>
  )
}
