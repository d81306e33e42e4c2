import type { MappingDocument, MappingField } from '#shared/domain/mapping.ts'
import type { Route } from '#shared/domain/route.ts'
import { checkExpression } from './expression.ts'

/** What is wrong with the expressions of a mapping, in a sentence that names the row; null when nothing is. */
export function unfitMapping(document: MappingDocument): string | null {
  return document.fields.map(unfitRow).find((reason) => reason !== null) ?? null
}

function unfitRow(row: MappingField): string | null {
  for (const [to, expression] of [
    ['ConnectWise', row.toConnectwise],
    ['Salesforce', row.toSalesforce],
  ] as const) {
    const reason = expression === undefined ? null : checkExpression(expression)
    if (reason === null) continue
    return `The row ${row.salesforce} ↔ ${row.connectwise} has an expression to ${to} that can't be read: ${reason}`
  }
  return null
}

/** What is wrong with the expression that a route matches by, in a sentence; null when nothing is. */
export function unfitMatch({ match, name }: Route): string | null {
  const reason = match.expression === undefined ? null : checkExpression(match.expression)
  return reason === null ? null : `The expression that the route "${name}" matches by can't be read: ${reason}`
}
