/**
 * Of a deal: HubSpot's own numbers for connections of records, by the kind of the other record, as in
 * https://developers.hubspot.com/docs/api-reference/latest/crm/associations/overview
 */
export const DEAL_TO = {
  contacts: 3,
  /** Not the primary company, which is 5. */
  companies: 341,
} as const

/** Of a ticket. */
export const TICKET_TO = {
  contacts: 16,
  /** Not the primary company, which is 26. */
  companies: 339,
} as const

/** Of a note. */
export const NOTE_TO = { contacts: 202, companies: 190, deals: 214, tickets: 228 } as const

/** Of a task. */
export const TASK_TO = { contacts: 204, companies: 192, deals: 216 } as const
