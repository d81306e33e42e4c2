import type { MappingDocument } from '#shared/domain/mapping.ts'
import { mappingDocument } from '#shared/domain/mapping.ts'
import { accountCompany } from './account-company.ts'
import { caseTicket } from './case-ticket.ts'
import { contactContact } from './contact-contact.ts'
import { opportunityOpportunity } from './opportunity-opportunity.ts'

/** The mappings that Patchbay comes with: what a small MSP would start from. */
export function readyMadeMappings(): MappingDocument[] {
  const documents = [accountCompany, contactContact, opportunityOpportunity, caseTicket]
  return documents.map((document) => mappingDocument.parse(document))
}
