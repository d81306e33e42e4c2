import type { RuleBook } from '../rule-book.ts'

const signInFix =
  'Check company id, public key, private key and client id of the connection, and whether the API member is active.'
const valueFix = 'Correct the value in Salesforce, or the mapping of {field}. Then replay.'

/** ConnectWise's error codes and statuses (PSA Developer Guide, and answers seen by other clients) and what they mean here. */
export const connectwiseRuleBook: RuleBook = {
  byCode: {
    TOO_MANY_REQUESTS: { class: 'limited', sentence: 'ConnectWise asked for a pause; {record} waits.' },
    NOT_THE_API: {
      class: 'transient',
      sentence: "Something answered at ConnectWise's address, but it was not its API: {message}",
      fix: 'Check the base address of the connection: https://your-server/v4_6_release on premises, https://api-na.myconnectwise.net/v2025_1 or the like in the cloud.',
    },
    MissingRequiredField: {
      class: 'permanent',
      sentence: 'ConnectWise wants a value for {field} of {record}, and none was sent: {message}',
      fix: 'Fill the field in Salesforce, or give {field} a default in the mapping. Then replay.',
    },
    InvalidField: {
      class: 'permanent',
      sentence: 'ConnectWise refused the value {value} for {field} of {record}: {message}',
      fix: valueFix,
    },
    InvalidObject: {
      class: 'permanent',
      sentence: 'ConnectWise refused {field} of {record}: {message}',
      fix: valueFix,
    },
    InvalidReference: {
      class: 'permanent',
      sentence: 'ConnectWise does not know the value {value} for {field} of {record}: {message}',
      fix: 'Add a pair for the value to the value map of {field}, or add it in the setup tables of ConnectWise. Then replay.',
    },
    InvalidPatch: {
      class: 'permanent',
      sentence: 'ConnectWise could not apply the change to {field} of {record}: {message}',
      fix: valueFix,
    },
    ObjectExists: {
      class: 'permanent',
      sentence: 'ConnectWise has such a record already, so {record} was not saved: {message}',
      fix: 'Link the two records in Patchbay, or change the value that has to be unique. Then replay.',
    },
    NotFound: {
      class: 'permanent',
      sentence: '{record}, or something it points to, was not found in ConnectWise: {message}',
      fix: 'Restore the record in ConnectWise and replay, or unlink it in Patchbay.',
    },
    TWINS: {
      class: 'permanent',
      sentence:
        'Several records in ConnectWise carry the same cross-reference, so Patchbay does not choose between them: {message}',
      fix: 'Keep one of them, and merge the others or clear their cross-reference. Then replay.',
    },
    NO_CUSTOM_FIELD: {
      class: 'permanent',
      sentence: 'ConnectWise has no custom field "{field}" for {record}.',
      fix: 'Add a custom field with this caption in ConnectWise (System, Setup Tables, Custom Fields), or name another one in the connection. Then replay.',
    },
    NO_COMMUNICATION_TYPE: {
      class: 'permanent',
      sentence: 'ConnectWise has no communication type to keep {field} of {record} in.',
      fix: 'Add the types Direct, Cell, Fax and an e-mail type in ConnectWise (System, Setup Tables, Communication Type). Then replay.',
    },
  },
  byStatus: {
    401: { class: 'auth', sentence: 'ConnectWise refused the sign-in: {message}', fix: signInFix },
    403: {
      class: 'permanent',
      sentence: 'The API member may not do this with {record}: {message}',
      fix: 'Give the security role of the API member the missing right. Then replay.',
    },
    404: {
      class: 'permanent',
      sentence: '{record} was not found in ConnectWise: {message}',
      fix: 'Restore the record in ConnectWise and replay, or unlink it in Patchbay.',
    },
    408: { class: 'transient', sentence: 'ConnectWise did not answer in time; Patchbay tries again.' },
    409: {
      class: 'transient',
      sentence: 'Someone else was changing {record} at the same moment: {message} Patchbay tries again.',
      recordOnly: true,
    },
    415: {
      class: 'transient',
      sentence: 'This ConnectWise server does not know the API version of the connection: {message}',
      fix: 'Set the API version of the connection to the version of the server, or an older one.',
    },
    500: { class: 'transient', sentence: 'ConnectWise had an internal error: {message} Patchbay tries again.' },
    502: { class: 'transient', sentence: 'ConnectWise could not be reached behind its gateway; Patchbay tries again.' },
    503: { class: 'transient', sentence: 'ConnectWise is not available at the moment; Patchbay tries again.' },
    504: { class: 'transient', sentence: 'ConnectWise did not answer behind its gateway; Patchbay tries again.' },
  },
  otherwise: {
    class: 'permanent',
    sentence: 'ConnectWise refused {record}: {message}',
    fix: 'Read the message, correct the record or the mapping, then replay.',
  },
}
