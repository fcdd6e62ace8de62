import { createHmac, timingSafeEqual } from 'node:crypto'
import type { SecretText } from '@inlay/engine'

/** How a service signs what it sends. */
export interface HmacSignature {
  /** Such as the `clientSecret` of an app, as it is. */
  readonly secret: string | Uint8Array | SecretText
  /** What was signed, often the raw body, or a timestamp and the raw body. */
  readonly content: string | Uint8Array
  /** The signature as it was sent, without any prefix. Undefined is refused. */
  readonly signature: string | undefined
  /** @default 'sha256' */
  readonly algorithm?: 'sha1' | 'sha256' | 'sha512'
  /** Letters of `hex` may be of either case. @default 'hex' */
  readonly encoding?: 'hex' | 'base64' | 'base64url'
}

/** Whether a keyed hash (RFC 2104) is right, in the same time for every wrong one. */
export function isHmacValid(given: HmacSignature): boolean {
  const { content, signature, algorithm = 'sha256', encoding = 'hex' } = given
  const secret = typeof given.secret === 'object' && 'reveal' in given.secret ? given.secret.reveal() : given.secret
  // An empty secret would let anybody sign.
  if (signature === undefined || secret.length === 0) return false
  const expected = createHmac(algorithm, secret).update(content).digest(encoding)
  return isSameText(expected, encoding === 'hex' ? signature.toLowerCase() : signature)
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function isSameText(expected: string, given: string | undefined): boolean {
  if (given === undefined) return false
  // Hashes have one length, whatever the texts' lengths are.
  const digest = (text: string): Buffer => createHmac('sha256', 'compare').update(text).digest()
  return timingSafeEqual(digest(expected), digest(given)) && expected.length === given.length
}

/** What `isRecent` compares. */
export interface SentAt {
  /** As the service sent it. */
  readonly sentAtMs: number
  readonly now: number
  /** How old it may be, and how far ahead a clock may run. @default 300_000 */
  readonly toleranceMs?: number
}

/** Whether a delivery is of now: an old one, however well signed, may be a replay. */
export function isRecent({ sentAtMs, now, toleranceMs = 300_000 }: SentAt): boolean {
  return Number.isFinite(sentAtMs) && Math.abs(now - sentAtMs) <= toleranceMs
}
