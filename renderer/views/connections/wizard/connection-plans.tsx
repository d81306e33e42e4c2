import {
  ConnectwiseAddressGuide,
  ConnectwiseFieldGuide,
  ConnectwiseSignInGuide,
} from '../guides/connectwise-guides.tsx'
import { SalesforceAddressGuide, SalesforceFieldGuide, SalesforceSignInGuide } from '../guides/salesforce-guides.tsx'
import { LimitsNow } from './limits-now.tsx'
import type { WizardContext, WizardPart, WizardPlan } from './plans.tsx'
import { TestPart } from './test-part.tsx'

export const salesforcePlan: WizardPlan = {
  parts: (context) => {
    const isJwt = context.draft.values['grant'] === 'jwt-bearer'
    return [
      {
        title: 'Address',
        lead: 'Where your Salesforce is.',
        hasName: true,
        fields: ['loginUrl'],
        aside: <SalesforceAddressGuide />,
      },
      {
        title: 'Sign-in',
        lead: 'How Patchbay signs in. It acts as a user of its own, so that its changes can be told from those of people.',
        fields: ['grant', 'clientId', 'username'],
        secrets: ['clientSecret', 'privateKey'],
        saves: true,
        aside: <SalesforceSignInGuide isJwt={isJwt} />,
      },
      test(context, 'Salesforce', <SalesforceFieldGuide field={textOf(context, 'externalIdField')} />),
      limits(context),
    ]
  },
}

export const connectwisePlan: WizardPlan = {
  parts: (context) => [
    {
      title: 'Address',
      lead: 'Where your ConnectWise is, in the cloud or on your own server.',
      hasName: true,
      fields: ['baseUrl', 'companyId'],
      aside: <ConnectwiseAddressGuide />,
    },
    {
      title: 'Sign-in',
      lead: 'How Patchbay signs in. It writes as an API member of its own, so that its changes can be told from those of people.',
      fields: ['memberId', 'publicKey', 'clientId'],
      secrets: ['privateKey'],
      saves: true,
      aside: <ConnectwiseSignInGuide />,
    },
    test(context, 'ConnectWise', <ConnectwiseFieldGuide caption={textOf(context, 'crossReferenceCaption')} />),
    limits(context),
  ],
}

function test(context: WizardContext, system: string, aside: WizardPart['aside']): WizardPart {
  const { findings } = context
  const isSignedIn = findings?.[0]?.ok === true
  const isFailed = findings?.some((check) => !check.ok) === true
  return {
    title: 'Test',
    lead: `Patchbay signs in to ${system} now and looks whether it can do its work. Nothing is written.`,
    isTest: true,
    body: <TestPart testKey={context.testKey} id={context.id} />,
    // What most often is missing once the sign-in works.
    ...(isSignedIn && isFailed && { aside }),
  }
}

function limits(context: WizardContext): WizardPart {
  return {
    title: 'Limits',
    lead: 'How many API calls Patchbay may use, so that people and other programs keep theirs.',
    fields: ['dailyCalls', 'reserveForPeople', 'reserveForLive', 'sweepMinutes'],
    saves: true,
    aside: <LimitsNow id={context.id} isSalesforce={context.kind === 'salesforce'} values={context.draft.values} />,
  }
}

function textOf({ draft }: WizardContext, name: string): string {
  const value = draft.values[name]
  return typeof value === 'string' ? value : ''
}
