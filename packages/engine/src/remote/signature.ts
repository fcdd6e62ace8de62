import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'

/** How far the clocks of both sides may differ, and how long a signed message is good for, in milliseconds. */
export const REPLAY_WINDOW_MS = 300_000

/** The headers that carry a signature, of calls and of answers. */
export const SIGNATURE_HEADERS = { id: 'inlay-id', timestamp: 'inlay-timestamp', signature: 'inlay-signature' } as const

/** A message that is signed: a call, or the answer to one. */
export interface SignedMessage {
  /** An answer carries the id of its call, so that it cannot be given to another one. */
  readonly direction: 'call' | 'answer'
  readonly id: string
  /** Unix milliseconds, as text. */
  readonly timestamp: string
  readonly body: string
}

/** Signs with HMAC-SHA256 over direction, id, timestamp and body; the result is `v1=` and hex. */
export function signMessage({ direction, id, timestamp, body }: SignedMessage, secret: string): string {
  return `v1=${createHmac('sha256', secret).update(`${direction}\n${id}\n${timestamp}\n`).update(body).digest('hex')}`
}

/** The headers of a message that is signed now. @param id of the call that an answer belongs to */
export function signedHeaders(
  { direction, body, id = randomUUID() }: Pick<SignedMessage, 'direction' | 'body'> & { readonly id?: string },
  secret: string,
  now: number,
): Record<string, string> {
  const timestamp = String(now)
  return {
    [SIGNATURE_HEADERS.id]: id,
    [SIGNATURE_HEADERS.timestamp]: timestamp,
    [SIGNATURE_HEADERS.signature]: signMessage({ direction, id, timestamp, body }, secret),
  }
}

/** Why a message is not taken as the other side's. */
export type SignatureFailure = 'unsigned' | 'outside_window' | 'wrong_signature'

/** What is checked. */
export interface SignatureCheck {
  readonly direction: 'call' | 'answer'
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
  /** More than one while a secret is being changed. */
  readonly secrets: readonly string[]
  /** Unix milliseconds. */
  readonly now: number
}

/** Checks a message's signature and age. @returns the message's id, or why it is refused */
export function checkSignature(
  check: SignatureCheck,
): { readonly id: string } | { readonly failure: SignatureFailure } {
  const { direction, headers, body, secrets, now } = check
  const id = headers[SIGNATURE_HEADERS.id]
  const timestamp = headers[SIGNATURE_HEADERS.timestamp]
  const signature = headers[SIGNATURE_HEADERS.signature]
  if (id === undefined || timestamp === undefined || signature === undefined) return { failure: 'unsigned' }
  const isRight = secrets.some((secret) => isSame(signature, signMessage({ direction, id, timestamp, body }, secret)))
  if (!isRight) return { failure: 'wrong_signature' }
  const sentAt = Number(timestamp)
  if (!Number.isFinite(sentAt) || Math.abs(now - sentAt) > REPLAY_WINDOW_MS) return { failure: 'outside_window' }
  return { id }
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
