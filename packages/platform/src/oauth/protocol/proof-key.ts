import { createHash, randomBytes } from 'node:crypto'

const SECRET_BYTES = 32

/** A random text of 43 characters that is safe in URLs: 256 bits. */
export function randomSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/** What the authorization request shows of a verifier (RFC 7636, S256). */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}
