/**
 * HubSpot's own numbers for connections of records, as in
 * https://developers.hubspot.com/docs/api-reference/latest/crm/associations/overview
 */
export const DEAL_TO_CONTACT = 3
/** Not the primary company, which is 5. */
export const DEAL_TO_COMPANY = 341
/** Of a ticket with a contact. */
export const TICKET_TO_CONTACT = 16
/** Not the primary company, which is 26. */
export const TICKET_TO_COMPANY = 339
/** Of a note, by the kind of record that it is on. */
export const NOTE_TO = { contacts: 202, companies: 190, deals: 214, tickets: 228 } as const

/** Of a task, by the kind of record that it is about. */
export const TASK_TO = { contacts: 204, companies: 192, deals: 216 } as const

/** A connection that a new record is created with. */
export function associatedWith(id: string, associationTypeId: number) {
  return { to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }] }
}
