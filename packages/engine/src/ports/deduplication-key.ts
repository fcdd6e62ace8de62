import { UserError } from '../contracts/errors.js'

/** Characters of a deduplication key or a slot's key, at most. */
export const MAX_KEY_LENGTH = 255
const LAST_CONTROL_CODE = 0x1f

/** Whether a text can be kept as a key: not empty, not too long, no control characters. */
export function isKey(key: string): boolean {
  const isPrintable = [...key].every((character) => character.charCodeAt(0) > LAST_CONTROL_CODE)
  return key.length > 0 && key.length <= MAX_KEY_LENGTH && isPrintable
}

/**
 * What every journal asks of a deduplication key.
 *
 * @throws UserError `journal.invalid_deduplication_key`
 */
export function assertDeduplicationKey(key: string): void {
  if (isKey(key)) return
  throw new UserError('invalid', 'journal.invalid_deduplication_key', 'The deduplication key cannot be kept.', {
    detail: `It must have 1 to ${MAX_KEY_LENGTH} characters, none of them a control character; it has ${key.length}.`,
  })
}
