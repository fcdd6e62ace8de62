import type { ReactNode } from 'react'
import { formatMessage, type MessageValues } from '../src/messages/format.js'
import { loadMessages, nearestLocale } from '../src/messages/locales.js'
import type { MessageKey } from '../src/messages/messages.js'

/** A view of the gallery. */
export interface GalleryPage {
  readonly draw: () => ReactNode
  /** Brings the view into the state that it shows, as a person would. */
  readonly act?: () => Promise<void>
}

/** Files of the folder `pages` export this under the name `PAGES`; keys are what `?page=` names. */
export type GalleryPages = Readonly<Record<string, GalleryPage>>

/** The language of the page, as a BCP 47 tag. */
export const LOCALE = new URLSearchParams(location.search).get('locale') ?? 'en'

/** What an element says: words of the page's data, or a text of the widget in whatever language the page is in. */
export type Words = RegExp | MessageKey | readonly [key: MessageKey, values: MessageValues]

const PATIENCE_MS = 30_000

/** Waits for an element. @throws Error when it does not come */
export async function appeared<T extends Element = HTMLElement>(selector: string, words?: Words): Promise<T> {
  const fits = await matcher(words)
  const until = Date.now() + PATIENCE_MS
  while (Date.now() < until) {
    const found = [...document.querySelectorAll<T>(selector)].find((element) =>
      fits((element.getAttribute('aria-label') ?? element.textContent ?? '').trim()),
    )
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error(`Nothing matches ${selector} ${words ?? ''}`)
}

/** Clicks an element once it is there. */
export async function press(selector: string, words?: Words): Promise<void> {
  const element = await appeared<HTMLElement>(selector, words)
  element.click()
}

/** Opens a menu by keyboard, which menus obey whether or not the page is in front. */
export async function openMenu(selector: string, words: Words): Promise<void> {
  await byKeyboard(await appeared<HTMLElement>(selector, words))
}

/** Chooses from an open menu. */
export async function choose(words: Words): Promise<void> {
  await byKeyboard(await appeared<HTMLElement>('[role=menuitem]', words))
}

/** Types into a field as a person would, so that React hears of it. */
export async function type(selector: string, text: string): Promise<void> {
  const field = await appeared<HTMLInputElement | HTMLTextAreaElement>(selector)
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

async function byKeyboard(element: HTMLElement): Promise<void> {
  element.focus()
  element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
}

async function matcher(words: Words | undefined): Promise<(said: string) => boolean> {
  if (words === undefined) return () => true
  if (words instanceof RegExp) return (said) => words.test(said)
  const [key, values] = typeof words === 'string' ? [words, {}] : words
  const messages = await loadMessages(nearestLocale(LOCALE))
  const text = formatMessage(messages[key], values, LOCALE)
  return (said) => said === text || said.startsWith(text)
}
