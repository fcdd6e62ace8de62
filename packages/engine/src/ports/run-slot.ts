import { UserError } from '../contracts/errors.js'
import { isKey, MAX_KEY_LENGTH } from './deduplication-key.js'
import type { RunSlot } from './journal.js'

/**
 * What every journal asks of a slot.
 *
 * @throws UserError `journal.invalid_slot`
 */
export function assertSlot({ key, limit }: RunSlot): void {
  if (isKey(key) && Number.isInteger(limit) && limit >= 1) return
  throw new UserError('invalid', 'journal.invalid_slot', 'The slot of the run cannot be kept.', {
    detail: `Its key must have 1 to ${MAX_KEY_LENGTH} characters, none of them a control character, and its limit must be a whole number from 1; the key has ${key.length} characters and the limit is ${limit}.`,
  })
}
