import { z } from 'zod'
import { instant } from '../api/json.js'

/** What endpoints can be told of. Names are kept: receivers decide by them. */
export const WEBHOOK_EVENT_TYPES = [
  'run.succeeded',
  'run.failed',
  'connection.reconnect_needed',
  'workflow.published',
  'webhook_endpoint.disabled',
] as const
/** One of `WEBHOOK_EVENT_TYPES`. */
export type WebhookEventType = (typeof WEBHOOK_EVENT_TYPES)[number]

/** What a test event says that it is; nobody subscribes to it. */
export const TEST_EVENT_TYPE = 'webhook.test'

/** Where deliveries go: to an address, or to a developer's program that fetches them. */
export const WEBHOOK_ENDPOINT_KINDS = ['http', 'listener'] as const

/** An endpoint, without its secret. */
export const webhookEndpointSchema = z.object({
  id: z.string(),
  kind: z.enum(WEBHOOK_ENDPOINT_KINDS),
  /** Null for listeners. */
  url: z.string().nullable(),
  description: z.string(),
  eventTypes: z.array(z.enum(WEBHOOK_EVENT_TYPES)),
  enabled: z.boolean(),
  /** Why it was switched off by itself: it answered 410, or has only failed for five days. */
  disabledReason: z.enum(['gone', 'failing']).nullable(),
  /** Since when every attempt has failed. */
  failingSince: instant.nullable(),
  /** Until when messages are also signed with the secret before. */
  formerSecretUntil: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
})
/** An endpoint, without its secret. */
export type WebhookEndpoint = z.infer<typeof webhookEndpointSchema>

/** A message on its way to one endpoint, and what became of the last attempt. */
export const webhookDeliverySchema = z.object({
  id: z.string(),
  /** The header `webhook-id`: the same for all endpoints and attempts. */
  messageId: z.string(),
  eventType: z.string(),
  customerId: z.string().nullable(),
  status: z.enum(['pending', 'succeeded', 'failed']),
  attempts: z.number(),
  occurredAt: instant,
  attemptedAt: instant.nullable(),
  /** Null when it is not sent again by itself. */
  nextAttemptAt: instant.nullable(),
  durationMs: z.number().nullable(),
  /** The HTTP status; null when there was no answer. */
  responseStatus: z.number().nullable(),
  /** The first kilobyte of the answer. */
  responseBody: z.string().nullable(),
  /** Why there was no answer. */
  error: z.string().nullable(),
  /** What was sent, as text: signed as it stands. */
  body: z.string(),
})
/** A message on its way to one endpoint, and what became of the last attempt. */
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>
