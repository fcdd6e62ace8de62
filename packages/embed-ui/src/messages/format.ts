/** A text, or the forms of a text by plural category of `count`. */
export type Message = string | { readonly one: string; readonly other: string }

export type MessageValues = Readonly<Record<string, string | number>>

/** Fills `{name}` places of a message; picks the plural form by `count`. */
export function formatMessage(message: Message, values: MessageValues, locale: string): string {
  return pickForm(message, values, locale).replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name]
    if (value === undefined) return place
    return typeof value === 'number' ? value.toLocaleString(locale) : value
  })
}

function pickForm(message: Message, values: MessageValues, locale: string): string {
  if (typeof message === 'string') return message
  const count = values['count']
  const isOne = typeof count === 'number' && new Intl.PluralRules(locale).select(count) === 'one'
  return isOne ? message.one : message.other
}
