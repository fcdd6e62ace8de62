import { useEffect, useMemo, useRef, useState } from 'react'
import { loadedMessages, loadMessages, nearestLocale } from './locales.js'
import { type Messages, mergeMessages, type PartialMessages } from './messages.js'

/**
 * The texts of a language with a host's own in place.
 *
 * @param locale BCP 47 tag
 * @returns those of the language before while the next ones are fetched; at first undefined
 */
export function useMessages(locale: string, overrides: PartialMessages | undefined): Messages | undefined {
  const name = nearestLocale(locale)
  const [fetched, setFetched] = useState<{ readonly name: string; readonly messages: Messages }>()
  useEffect(() => {
    if (loadedMessages(name) !== undefined) return
    let isCurrent = true
    void loadMessages(name).then((messages) => {
      if (isCurrent) setFetched({ name, messages })
    })
    return () => {
      isCurrent = false
    }
  }, [name])
  const base = loadedMessages(name) ?? (fetched?.name === name ? fetched.messages : undefined)
  const shown = useRef<Messages | undefined>(undefined)
  if (base !== undefined) shown.current = base
  const { current } = shown
  return useMemo(() => (current === undefined ? undefined : mergeMessages(overrides, current)), [current, overrides])
}
