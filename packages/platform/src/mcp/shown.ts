/** How data of customers is shown to a language model. */
import type { JsonObject, JsonValue } from '@inlay/engine'

const MAX_NAME = 200
/** About ten thousand words: more would crowd out the conversation. */
const MAX_VALUE_CHARACTERS = 60_000

/** A name without the characters that people do not see and models do: controls, and invisible or direction marks. */
export function shownName(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').slice(0, MAX_NAME)
}

/** A value under a name, or how large it is when it is too large to be shown. */
export function shownValue(name: string, value: JsonValue): JsonObject {
  const { length } = JSON.stringify(value)
  return length <= MAX_VALUE_CHARACTERS
    ? { [name]: value }
    : { [name]: null, [`${name}Note`]: `It has ${length} characters and is not shown. The API gives all of it.` }
}
