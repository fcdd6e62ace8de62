import { directionOf } from './direction.js'

/**
 * A text, or the forms of a text by plural category of `count` (CLDR: languages have between one and six of them).
 * Forms that are left out are the same as `other`.
 */
export type Message = string | PluralMessage

export type PluralMessage = { readonly [Category in Intl.LDMLPluralRule]?: string } & { readonly other: string }

export type MessageValues = Readonly<Record<string, string | number>>

/**
 * Fills `{name}` places of a message; picks the plural form by `count`. A form `one` is taken for exactly 1 in languages
 * too whose grammar does not ask for it: what is said of one thing may name it.
 */
export function formatMessage(message: Message, values: MessageValues, locale: string): string {
  return pickForm(message, values, locale).replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name]
    if (value === undefined) return place
    if (typeof value === 'number') return value.toLocaleString(locale)
    return directionOf(locale) === 'rtl' ? `${ISOLATE}${value}${END_OF_ISOLATE}` : value
  })
}

/** Unicode's marks around what is read in its own direction: without them a name in Latin letters pulls its neighbours along. */
const ISOLATE = '\u2068'
const END_OF_ISOLATE = '\u2069'

function pickForm(message: Message, values: MessageValues, locale: string): string {
  if (typeof message === 'string') return message
  const count = values['count']
  if (typeof count !== 'number') return message.other
  if (count === 1 && message.one !== undefined) return message.one
  return message[new Intl.PluralRules(locale).select(count)] ?? message.other
}
