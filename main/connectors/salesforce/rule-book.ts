import type { RuleBook } from '../rule-book.ts'

const limitFix =
  'Patchbay waits by itself. If it happens often, raise the limit in Salesforce or reduce what other integrations use.'
const signInFix =
  'Check the consumer key, the secret or key, and the run-as user of the connected app, then test the connection.'

/** Salesforce's error codes (REST API Developer Guide, status codes and error responses) and what they mean here. */
export const salesforceRuleBook: RuleBook = {
  byCode: {
    INVALID_SESSION_ID: {
      class: 'auth',
      sentence: 'Salesforce did not accept the session, even after signing in again: {message}',
      fix: signInFix,
    },
    INVALID_AUTH_HEADER: {
      class: 'auth',
      sentence: 'Salesforce did not accept the session: {message}',
      fix: signInFix,
    },
    INVALID_LOGIN: { class: 'auth', sentence: 'Salesforce refused the sign-in: {message}', fix: signInFix },
    invalid_grant: { class: 'auth', sentence: 'Salesforce refused the sign-in: {message}', fix: signInFix },
    invalid_client: {
      class: 'auth',
      sentence: 'Salesforce does not accept the consumer key or secret: {message}',
      fix: signInFix,
    },
    invalid_client_id: {
      class: 'auth',
      sentence: 'Salesforce does not know the consumer key: {message}',
      fix: signInFix,
    },
    unauthorized_client: {
      class: 'auth',
      sentence: 'The connected app may not sign in this way: {message}',
      fix: 'Allow the chosen sign-in flow in the connected app.',
    },
    unsupported_grant_type: {
      class: 'auth',
      sentence: 'Salesforce does not offer this way to sign in at this address: {message}',
      fix: 'Use the My Domain address of the organisation, such as https://acme.my.salesforce.com.',
    },
    inactive_user: {
      class: 'auth',
      sentence: 'The Salesforce user is inactive.',
      fix: 'Activate the user that the connected app runs as.',
    },
    inactive_org: {
      class: 'auth',
      sentence: 'The Salesforce organisation is locked or closed.',
      fix: 'Ask Salesforce about the state of the organisation.',
    },
    API_DISABLED_FOR_ORG: {
      class: 'auth',
      sentence: 'The API is switched off for this user or organisation.',
      fix: 'Give the user the permission "API Enabled".',
    },
    API_CURRENTLY_DISABLED: {
      class: 'auth',
      sentence: 'The API is switched off for this organisation: {message}',
      fix: 'Ask Salesforce to switch it on again.',
    },

    REQUEST_LIMIT_EXCEEDED: {
      class: 'limited',
      sentence: "Salesforce's API calls of the last 24 hours are used up; {record} waits.",
      fix: limitFix,
      pauseMs: 15 * 60_000,
    },
    STORAGE_LIMIT_EXCEEDED: {
      class: 'limited',
      sentence: 'Salesforce has no storage left for {record}.',
      fix: 'Free or buy data storage in Salesforce.',
      pauseMs: 15 * 60_000,
    },
    TOO_MANY_REQUESTS: { class: 'limited', sentence: 'Salesforce asked for a pause; {record} waits.' },
    NOT_THE_API: {
      class: 'transient',
      sentence: "Something answered at Salesforce's address, but it was not Salesforce's API: {message}",
      fix: 'Check the login address in the connection; it should look like https://acme.my.salesforce.com.',
    },
    UNABLE_TO_LOCK_ROW: {
      class: 'transient',
      sentence: 'Someone else was changing {record} or its parent at the same moment; Patchbay tries again.',
      recordOnly: true,
    },
    SERVER_UNAVAILABLE: { class: 'transient', sentence: 'Salesforce is too busy at the moment; Patchbay tries again.' },
    QUERY_TIMEOUT: {
      class: 'transient',
      sentence: 'Salesforce took too long to look up {record}; Patchbay tries again.',
    },
    UNKNOWN_EXCEPTION: {
      class: 'transient',
      sentence: 'Salesforce had an internal error: {message} Patchbay tries again.',
    },

    MULTIPLE_CHOICES: {
      class: 'permanent',
      sentence:
        'Several records in Salesforce carry the same cross-reference, so Patchbay does not choose between them: {message}',
      fix: 'Keep one of them, merge or clear the others, and mark the field as unique. Then replay.',
    },
    DUPLICATE_VALUE: {
      class: 'permanent',
      sentence: 'Salesforce did not save {record}, because another record has the same unique value: {message}',
      fix: 'Link or merge the two records, or change the value. Then replay.',
    },
    DUPLICATES_DETECTED: {
      class: 'permanent',
      sentence: 'A duplicate rule in Salesforce stopped {record}: {message}',
      fix: 'Merge the duplicates, or let the duplicate rule pass for the integration user. Then replay.',
    },
    NOT_FOUND: {
      class: 'permanent',
      sentence: '{record} was not found in Salesforce: {message}',
      fix: 'Restore the record, or unlink it in Patchbay.',
    },
    ENTITY_IS_DELETED: {
      class: 'permanent',
      sentence: '{record} was deleted in Salesforce.',
      fix: 'Restore it from the recycle bin and replay, or unlink it in Patchbay.',
    },
    INVALID_CROSS_REFERENCE_KEY: {
      class: 'permanent',
      sentence:
        '{record} points with {field} to a record that does not exist in Salesforce or may not be seen: {message}',
      fix: 'Restore or share the record it points to, then replay.',
    },
    INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: {
      class: 'permanent',
      sentence: 'Patchbay may not use a record that {record} points to: {message}',
      fix: 'Give the integration user access to the parent record. Then replay.',
    },
    INSUFFICIENT_ACCESS_OR_READONLY: {
      class: 'permanent',
      sentence: 'Patchbay may not change {record}: {message}',
      fix: 'Give the integration user edit rights on the record, or check whether it is locked by an approval. Then replay.',
    },
    INSUFFICIENT_ACCESS: {
      class: 'permanent',
      sentence: 'Patchbay may not use {record}: {message}',
      fix: 'Give the integration user the missing right. Then replay.',
    },
    CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: {
      class: 'permanent',
      sentence: 'An Apex trigger or flow in Salesforce stopped {record}: {message}',
      fix: 'Ask the Salesforce administrator to look at the trigger or flow named in the message. Then replay.',
    },
    FIELD_CUSTOM_VALIDATION_EXCEPTION: {
      class: 'permanent',
      sentence: 'A validation rule in Salesforce refused {field} of {record}: {message}',
      fix: 'Correct the value in ConnectWise, or let the validation rule except the integration user. Then replay.',
    },
    REQUIRED_FIELD_MISSING: {
      class: 'permanent',
      sentence: 'Salesforce wants a value for {field} of {record}, and none was sent.',
      fix: 'Fill the field in ConnectWise, or give {field} a default in the mapping. Then replay.',
    },
    INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: {
      class: 'permanent',
      sentence: 'Salesforce refused the value {value} for {field} of {record}: it is not in the pick list.',
      fix: 'Add a pair for {value} to the value map of {field}, or add the value in Salesforce. Then replay.',
    },
    STRING_TOO_LONG: {
      class: 'permanent',
      sentence: 'The text for {field} of {record} is longer than Salesforce allows: {message}',
      fix: 'Set the greatest length of {field} in the mapping, or shorten the text in ConnectWise. Then replay.',
    },
    NUMBER_OUTSIDE_VALID_RANGE: {
      class: 'permanent',
      sentence: 'The number {value} for {field} of {record} is too large for Salesforce.',
      fix: 'Correct the number in ConnectWise. Then replay.',
    },
    INVALID_EMAIL_ADDRESS: {
      class: 'permanent',
      sentence: 'Salesforce does not take {value} as the e-mail address in {field} of {record}.',
      fix: 'Correct the address in ConnectWise. Then replay.',
    },
    FIELD_INTEGRITY_EXCEPTION: {
      class: 'permanent',
      sentence: 'The value {value} for {field} does not fit {record}: {message}',
      fix: 'Correct the value in ConnectWise, or the mapping. Then replay.',
    },
    JSON_PARSER_ERROR: {
      class: 'permanent',
      sentence: 'Salesforce could not read what was sent for {record}: {message}',
      fix: 'Check in the mapping that each value has the kind its field wants. Then replay.',
    },
    MALFORMED_ID: {
      class: 'permanent',
      sentence: '{record} was sent with an id that is none: {message}',
      fix: 'Check in the mapping which field supplies the id. Then replay.',
    },
    INVALID_FIELD: {
      class: 'permanent',
      sentence: 'Salesforce has no field {field} on {record}, or Patchbay may not see it: {message}',
      fix: 'Create the field, give the integration user access to it, or take it out of the mapping. Then replay.',
    },
    INVALID_FIELD_FOR_INSERT_UPDATE: {
      class: 'permanent',
      sentence: 'The field {field} of {record} cannot be written in Salesforce: {message}',
      fix: 'Take {field} out of this direction of the mapping, or give the integration user edit rights on it. Then replay.',
    },
    INVALID_TYPE: {
      class: 'permanent',
      sentence: 'Salesforce does not know this kind of object, or Patchbay may not see it: {message}',
      fix: 'Give the integration user access to the object, or correct the mapping.',
    },
    NO_EXTERNAL_ID_FIELD: {
      class: 'permanent',
      sentence: '{record} has no usable cross-reference field in Salesforce: {message}',
      fix: 'Create the field as Text, External ID, Unique, and give the integration user access to it. Then replay.',
    },
  },
  byStatus: {
    401: { class: 'auth', sentence: 'Salesforce refused the sign-in: {message}', fix: signInFix },
    403: {
      class: 'permanent',
      sentence: 'Patchbay may not do this with {record}: {message}',
      fix: 'Give the integration user the missing right. Then replay.',
    },
    404: {
      class: 'permanent',
      sentence: '{record} was not found in Salesforce: {message}',
      fix: 'Restore the record, or unlink it in Patchbay.',
    },
    408: { class: 'transient', sentence: 'Salesforce did not answer in time; Patchbay tries again.' },
    420: {
      class: 'transient',
      sentence: 'The Salesforce organisation cannot be reached at this address: {message}',
      fix: 'Check the login address in the connection.',
    },
    500: { class: 'transient', sentence: 'Salesforce had an internal error: {message} Patchbay tries again.' },
    502: { class: 'transient', sentence: 'Salesforce could not be reached behind its gateway; Patchbay tries again.' },
    503: { class: 'transient', sentence: 'Salesforce is not available at the moment; Patchbay tries again.' },
    504: { class: 'transient', sentence: 'Salesforce did not answer behind its gateway; Patchbay tries again.' },
  },
  otherwise: {
    class: 'permanent',
    sentence: 'Salesforce refused {record}: {message}',
    fix: 'Read the message, correct the record or the mapping, then replay.',
  },
}
