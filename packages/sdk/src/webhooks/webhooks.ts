import { createHmac, timingSafeEqual } from 'node:crypto'
import { UserError } from '@inlay/engine'

/** Headers as Node, Express or `fetch` give them. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

/** How strictly requests are checked. */
export interface VerifyOptions {
  /** How far the sender's clock may be off, either way, in seconds. @default 300 */
  readonly toleranceSeconds?: number
  /** Unix milliseconds; for tests. @default now */
  readonly nowMs?: number
}

/** The outcome of a check: an expected refusal is not an exception. */
export type VerifyResult =
  | { readonly ok: true; readonly id: string; readonly sentAt: Date }
  | { readonly ok: false; readonly reason: VerifyFailure }

/** Why a request is not taken as ours. */
export type VerifyFailure = 'missing_headers' | 'malformed_headers' | 'outside_tolerance' | 'signature_mismatch'

const MIN_SECRET_BYTES = 24
const MAX_SECRET_BYTES = 64
const ID = /^[A-Za-z0-9_-]{1,64}$/
const TIMESTAMP = /^\d{1,12}$/

/**
 * Checks the signature of a webhook (Standard Webhooks, symmetric `v1`).
 *
 * @param rawBody the body exactly as received: text or bytes, never parsed and serialised again
 * @param secrets `whsec_…`; several while a secret is being rotated
 * @throws UserError `webhook.invalid_secret`, `webhook.body_not_raw`: mistakes in the set-up, not in the message
 */
export function verify(
  rawBody: string | Uint8Array,
  headers: WebhookHeaders,
  { secrets, ...options }: VerifyOptions & { readonly secrets: string | readonly string[] },
): VerifyResult {
  if (typeof rawBody !== 'string' && !(rawBody instanceof Uint8Array)) {
    const title = 'The body must be raw text or bytes. Verify before a JSON parser sees the request.'
    throw new UserError('invalid', 'webhook.body_not_raw', title)
  }
  const keys = (typeof secrets === 'string' ? [secrets] : secrets).map(decodeSecret)
  const id = header(headers, 'webhook-id')
  const timestamp = header(headers, 'webhook-timestamp')
  const signatures = header(headers, 'webhook-signature')
  if (id === undefined || timestamp === undefined || signatures === undefined) return refuse('missing_headers')
  if (!ID.test(id) || !TIMESTAMP.test(timestamp)) return refuse('malformed_headers')
  const sentAtMs = Number(timestamp) * 1000
  const toleranceMs = (options.toleranceSeconds ?? 300) * 1000
  if (Math.abs((options.nowMs ?? Date.now()) - sentAtMs) > toleranceMs) return refuse('outside_tolerance')
  const given = signatures
    .split(' ')
    .flatMap((part) => (part.startsWith('v1,') ? [Buffer.from(part.slice(3), 'base64')] : []))
  const matches = keys.some((key) => {
    const expected = digest(key, { id, timestamp, rawBody })
    return given.some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected))
  })
  return matches ? { ok: true, id, sentAt: new Date(sentAtMs) } : refuse('signature_mismatch')
}

/**
 * Signs a webhook as a sender does, for tests and for services of your own.
 *
 * @returns the three headers to send
 * @throws UserError `webhook.invalid_secret`, `webhook.invalid_id`
 */
export function sign(
  rawBody: string | Uint8Array,
  { secret, id, timestamp = Math.floor(Date.now() / 1000) }: { secret: string; id: string; timestamp?: number },
): { 'webhook-id': string; 'webhook-timestamp': string; 'webhook-signature': string } {
  if (!ID.test(id)) {
    throw new UserError(
      'invalid',
      'webhook.invalid_id',
      'A webhook id has 1 to 64 letters, digits, dashes and underscores.',
    )
  }
  const signature = digest(decodeSecret(secret), { id, timestamp: String(timestamp), rawBody }).toString('base64')
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` }
}

interface Message {
  readonly id: string
  readonly timestamp: string
  readonly rawBody: string | Uint8Array
}

function digest(key: Buffer, { id, timestamp, rawBody }: Message): Buffer {
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(rawBody).digest()
}

function decodeSecret(secret: string): Buffer {
  const key = Buffer.from(secret.startsWith('whsec_') ? secret.slice(6) : secret, 'base64')
  if (key.length >= MIN_SECRET_BYTES && key.length <= MAX_SECRET_BYTES) return key
  const title = `A webhook secret is whsec_ and ${MIN_SECRET_BYTES} to ${MAX_SECRET_BYTES} bytes in Base64.`
  throw new UserError('invalid', 'webhook.invalid_secret', title)
}

function header(headers: WebhookHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
  return typeof value === 'string' ? value : value?.[0]
}

function refuse(reason: VerifyFailure): VerifyResult {
  return { ok: false, reason }
}
