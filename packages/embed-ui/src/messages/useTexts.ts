import { createContext, useCallback, useContext } from 'react'
import { directionOf } from './direction.js'
import { formatMessage, type MessageValues } from './format.js'
import { ENGLISH, type MessageKey, type Messages } from './messages.js'

/** The texts and locale in force. */
export const MessagesContext = createContext<{ readonly messages: Messages; readonly locale: string }>({
  messages: ENGLISH,
  locale: 'en',
})

/** Gives the text of a key, filled with values. */
export type Texts = (key: MessageKey, values?: MessageValues) => string

/** The texts of the widget in the language of the page. */
export function useTexts(): Texts {
  const { messages, locale } = useContext(MessagesContext)
  return useCallback((key, values = {}) => formatMessage(messages[key], values, locale), [messages, locale])
}

/** BCP 47 tag for numbers and dates. */
export function useLocale(): string {
  return useContext(MessagesContext).locale
}

/** From which side the language of the page is read. */
export function useDirection(): 'ltr' | 'rtl' {
  return directionOf(useLocale())
}
