import { CallbackGuide } from '../guides/callback-guide.tsx'
import { ReachGuide } from '../guides/reach-guide.tsx'
import { SendersGuide } from '../guides/senders-guide.tsx'
import { SqlLoginGuide } from '../guides/sql-login-guide.tsx'
import { ScriptList } from '../scripts-drawer.tsx'
import { SecretRotation } from './secret-rotation.tsx'
import { senderOf, SenderChoice, senders } from './sender-choice.tsx'
import { EventWatch } from './event-watch.tsx'
import type { WizardContext, WizardPart, WizardPlan } from './plans.tsx'
import { TestPart } from './test-part.tsx'
import { TokenMaker } from './token-maker.tsx'

export const webhookPlan: WizardPlan = {
  firstChoice: senderOf,
  parts: (context) => {
    const sender = senders.find(({ name }) => name === context.choice) ?? senders[0]
    return [
      {
        title: 'Way in',
        lead: 'How changes in Salesforce reach this computer.',
        fields: ['publicUrl'],
        saves: true,
        before: <SenderChoice value={sender.name} onChange={context.setChoice} />,
        aside: <ReachGuide id={context.id} isThroughHookdeck={sender.name === 'hookdeck'} />,
      },
      {
        title: 'Set-up',
        lead: sender.lead,
        fields: sender.fields,
        secrets: sender.secrets,
        saves: true,
        body: (
          <>
            {sender.name === 'outbound-message' && <TokenMaker draft={context.draft} />}
            {sender.name === 'hookdeck' && <SecretRotation draft={context.draft} />}
          </>
        ),
        aside: <SendersGuide id={context.id} sender={sender.name} draft={context.draft} />,
      },
      test(context, 'Change a record in Salesforce, such as the telephone number of an account.'),
    ]
  },
}

export const callbackPlan: WizardPlan = {
  parts: (context) => [
    {
      title: 'Address',
      lead: 'At which address ConnectWise can reach this computer.',
      fields: ['publicUrl'],
      saves: true,
      aside: <ReachGuide id={context.id} isThroughHookdeck={false} />,
    },
    {
      title: 'Callbacks',
      lead: 'A callback is what ConnectWise calls when a record was changed. Patchbay needs one for companies, contacts, opportunities and tickets.',
      body: <CallbackGuide id={context.id} draft={context.draft} />,
    },
    test(context, 'Change a record in ConnectWise, such as the summary of a ticket.'),
  ],
}

export const sqlPlan: WizardPlan = {
  parts: (context) => {
    const { user } = context.draft.values
    const login = typeof user === 'string' && user !== '' ? user : 'patchbay_relay'
    return [
      {
        title: 'Server',
        lead: 'Where the database of your ConnectWise is. This works for ConnectWise on your own server; the cloud gives no access to its database.',
        hasName: true,
        fields: ['host', 'port', 'database', 'encrypt', 'trustServerCertificate'],
      },
      {
        title: 'Login',
        lead: 'The SQL login that Patchbay reads its queue with. It can read no table of ConnectWise.',
        fields: ['user'],
        secrets: ['password'],
        saves: true,
        aside: <SqlLoginGuide login={login} />,
      },
      {
        title: 'Scripts',
        lead: 'Three scripts for the administrator of the database, with your settings filled in.',
        body: context.stored?.kind === 'connectwise-sql' ? <ScriptList id={context.stored.id} /> : null,
      },
      test(context, 'Change a record in ConnectWise, such as the summary of a ticket.'),
    ]
  },
}

function test(context: WizardContext, what: string): WizardPart {
  return {
    title: 'Test',
    lead: 'Patchbay looks whether the source is ready, and waits for an event.',
    isTest: true,
    body: (
      <>
        <TestPart testKey={context.testKey} id={context.id} />
        <EventWatch sourceId={context.id} what={what} />
      </>
    ),
  }
}
