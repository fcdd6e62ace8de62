/** What is sent: a thin body, and the headers of Standard Webhooks. */
import { createHmac, randomBytes } from 'node:crypto'
import type { JsonObject } from '@inlay/engine'

const SECRET_BYTES = 32
const PREFIX = 'whsec_'

/** An event as it is told. */
export interface WebhookMessage {
  readonly type: string
  readonly occurredAt: Date
  readonly data: JsonObject
}

/** The body as it is signed and sent; it is the same at every attempt. */
export function bodyOf({ type, occurredAt, data }: WebhookMessage): string {
  return JSON.stringify({ type, timestamp: occurredAt.toISOString(), data })
}

/**
 * The three headers of a message (Standard Webhooks, symmetric `v1`).
 *
 * @param message `secrets`: `whsec_…`, one signature for each; `sentAtMs`: of this attempt, as Unix milliseconds
 */
export function signedHeaders(message: {
  readonly id: string
  readonly body: string
  readonly secrets: readonly string[]
  readonly sentAtMs: number
}): Record<string, string> {
  const { id, body, secrets, sentAtMs } = message
  const timestamp = String(Math.floor(sentAtMs / 1000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

/** 256 random bits. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64')
}
