import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

export const API_KEY_PREFIX = 'ink_live_'

/** `ink_live_`, 8 characters that may be shown, `_`, the secret, and a checksum over all before it. */
const FORMAT = /^(ink_live_[0-9a-z]{8}_[A-Za-z0-9-]{43})([0-9a-f]{8})$/

/** A key that was just made. */
export interface FreshApiKey {
  /** The whole key, shown once. */
  readonly secret: string
  /** Its beginning, for lists. */
  readonly prefix: string
}

export function createApiKey(): FreshApiKey {
  const shown = BigInt(`0x${randomBytes(6).toString('hex')}`)
    .toString(36)
    .padStart(10, '0')
    .slice(-8)
  const prefix = `${API_KEY_PREFIX}${shown}`
  const body = `${prefix}_${randomBytes(32).toString('base64url').replaceAll('_', '-')}`
  return { secret: body + checksum(body), prefix }
}

/** Whether a text can be a key at all: typing errors are found out without asking the database. */
export function isApiKey(text: string): boolean {
  const match = FORMAT.exec(text)
  return match !== null && checksum(match[1] ?? '') === match[2]
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}
