import { UserError } from '../contracts/errors.js'

const MAX_LENGTH = 255
const LAST_CONTROL_CODE = 0x1f

/**
 * What every journal asks of a deduplication key.
 *
 * @throws UserError `journal.invalid_deduplication_key`
 */
export function assertDeduplicationKey(key: string): void {
  const isPrintable = [...key].every((character) => character.charCodeAt(0) > LAST_CONTROL_CODE)
  if (key.length > 0 && key.length <= MAX_LENGTH && isPrintable) return
  throw new UserError('invalid', 'journal.invalid_deduplication_key', 'The deduplication key cannot be kept.', {
    detail: `It must have 1 to ${MAX_LENGTH} characters, none of them a control character; it has ${key.length}.`,
  })
}
