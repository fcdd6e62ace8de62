// The languages of the widget. English is always there; the others are fetched when they are asked for.
import { ENGLISH, type Messages } from './messages.js'

/** BCP 47 tags of the languages that all texts exist in. */
export const LOCALES = ['en'] as const
export type LocaleName = (typeof LOCALES)[number]

/** By ISO 639: languages that are written from right to left. */
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur'])

const LOADERS: Readonly<Record<string, (() => Promise<{ readonly MESSAGES: Messages }>) | undefined>> = {}

/** The language that fits a tag best: the same one, then another form of it, then English. */
export function nearestLocale(tag: string): LocaleName {
  const wanted = tag.toLowerCase()
  const [language] = wanted.split('-')
  const exact = LOCALES.find((locale) => locale.toLowerCase() === wanted)
  return exact ?? LOCALES.find((locale) => locale.toLowerCase().split('-')[0] === language) ?? 'en'
}

/** Whether a language is written from the right. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(tag.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr'
}

const loaded = new Map<LocaleName, Messages>([['en', ENGLISH]])

/** The texts of a language when they are here already. */
export function loadedMessages(locale: LocaleName): Messages | undefined {
  return loaded.get(locale)
}

/** Fetches the texts of a language; English when they cannot be had. Never rejects. */
export async function loadMessages(locale: LocaleName): Promise<Messages> {
  const known = loaded.get(locale)
  const load = LOADERS[locale]
  if (known !== undefined || load === undefined) return known ?? ENGLISH
  try {
    const { MESSAGES } = await load()
    loaded.set(locale, MESSAGES)
    return MESSAGES
  } catch {
    return ENGLISH
  }
}
