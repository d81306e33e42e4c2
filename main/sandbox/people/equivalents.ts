/** Pairs of equal meaning, Salesforce first, as a small MSP would map them; paired seed records agree by these. */

export const statusPairs = [
  ['New', 'New'],
  ['Working', 'In Progress'],
  ['Waiting on Customer', 'Waiting on Client'],
  ['Escalated', 'Escalated'],
  ['Closed', 'Closed'],
] as const

export const priorityPairs = [
  ['High', 'Priority 2 - High'],
  ['Medium', 'Priority 3 - Medium'],
  ['Low', 'Priority 4 - Low'],
] as const

/** Salesforce stage, ConnectWise stage, ConnectWise status. */
export const stagePairs = [
  ['Prospecting', 'Prospect', 'Open'],
  ['Qualification', 'Qualification', 'Open'],
  ['Proposal/Price Quote', 'Quote', 'Open'],
  ['Negotiation/Review', 'Negotiation', 'Open'],
  ['Closed Won', 'Won', 'Won'],
  ['Closed Lost', 'Lost', 'Lost'],
] as const
