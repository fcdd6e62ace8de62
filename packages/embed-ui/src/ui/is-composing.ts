import type { KeyboardEvent } from 'react'

/** What of a key press tells whose it is. */
type Press = Pick<KeyboardEvent, 'nativeEvent' | 'keyCode'>

/** What browsers say of a key that an input method has taken. */
const TAKEN = 229

/**
 * Whether a key belongs to an input method that puts a word together, as for Japanese: then Enter takes the word and
 * Escape gives it up, and neither means the field.
 */
export function isComposing({ nativeEvent, keyCode }: Press): boolean {
  // Safari ends the composition before it tells of the key that ended it, and says so by the code alone.
  return nativeEvent.isComposing || keyCode === TAKEN
}
