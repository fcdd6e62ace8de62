import { hash as argon2Hash, verify as argon2Verify } from '@node-rs/argon2'
import { createGate } from './gate.js'

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const MAX_IN_FLIGHT = 4
const MAX_LENGTH = 128

/** The hash of no password: verifying against it costs what a real check costs, so that time tells nobody who exists. */
let decoy: Promise<string> | undefined

/** Hashing takes memory and a core each: a flood of sign-ins must not take all of them. */
const bounded = createGate(MAX_IN_FLIGHT)

/** A PHC string. */
export function hashPassword(password: string): Promise<string> {
  return bounded(() => argon2Hash(normalize(password), OPTIONS))
}

/** @param hash undefined when there is no such member: the answer is no, after the same work */
export async function verifyPassword(hash: string | undefined, password: string): Promise<boolean> {
  if (password.length > MAX_LENGTH) return false
  decoy ??= hashPassword('decoy')
  const against = hash ?? (await decoy)
  const matches = await bounded(() => argon2Verify(against, normalize(password)))
  return matches && hash !== undefined
}

/** The same characters typed on different keyboards are the same password. */
function normalize(password: string): string {
  return password.normalize('NFC')
}
