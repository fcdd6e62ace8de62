import type { DeliveryRow } from './delivery-store.js'
import type { EndpointRow } from './endpoint-store.js'
import { bodyOf } from './message.js'
import type { WebhookDelivery, WebhookEndpoint } from './schema.js'

/** An endpoint as the API shows it. */
export function toEndpoint(row: EndpointRow): WebhookEndpoint {
  return {
    id: row.id,
    kind: row.kind,
    url: row.url,
    description: row.description,
    eventTypes: row.event_types,
    enabled: row.enabled,
    disabledReason: row.disabled_reason,
    failingSince: row.failing_since?.toISOString() ?? null,
    formerSecretUntil: row.former_secret_until?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

/** A delivery as the API shows it. */
export function toDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    messageId: row.message_id,
    eventType: row.event_type,
    customerId: row.customer_id,
    status: row.status,
    attempts: row.attempts,
    occurredAt: row.occurred_at.toISOString(),
    attemptedAt: row.attempted_at?.toISOString() ?? null,
    nextAttemptAt: row.status === 'pending' ? (row.due_at?.toISOString() ?? null) : null,
    durationMs: row.duration_ms,
    responseStatus: row.response_status,
    responseBody: row.response_body,
    error: row.error,
    body: bodyOfRow(row),
  }
}

/** What is sent for a delivery. */
export function bodyOfRow({ event_type, occurred_at, data }: DeliveryRow): string {
  return bodyOf({ type: event_type, occurredAt: occurred_at, data })
}
