// The languages of the widget. English is always there; the others are fetched when they are asked for.
import { LOCALES, type LocaleName, nearestLocale } from './locale-names.js'
import { ENGLISH, type Messages, mergeMessages, type PartialMessages } from './messages.js'

export { LOCALES, type LocaleName, nearestLocale }

type Load = () => Promise<{ readonly MESSAGES: PartialMessages }>

const LOADERS: Readonly<Record<Exclude<LocaleName, 'en'>, Load>> = {
  de: () => import('../locales/de/index.js'),
  fr: () => import('../locales/fr/index.js'),
  es: () => import('../locales/es/index.js'),
  'pt-BR': () => import('../locales/pt-BR/index.js'),
  ja: () => import('../locales/ja/index.js'),
  ar: () => import('../locales/ar/index.js'),
}

const loaded = new Map<LocaleName, Messages>([['en', ENGLISH]])

/** The texts of a language when they are here already. */
export function loadedMessages(locale: LocaleName): Messages | undefined {
  return loaded.get(locale)
}

/** Fetches the texts of a language; English when they cannot be had. Never rejects. */
export async function loadMessages(locale: LocaleName): Promise<Messages> {
  const known = loaded.get(locale)
  if (known !== undefined || locale === 'en') return known ?? ENGLISH
  try {
    const messages = mergeMessages((await translationOf(locale)) ?? {})
    loaded.set(locale, messages)
    return messages
  } catch {
    return ENGLISH
  }
}

/** The texts of a language alone, without English in place of what it lacks; undefined for English itself. */
export async function translationOf(locale: LocaleName): Promise<PartialMessages | undefined> {
  return locale === 'en' ? undefined : (await LOADERS[locale]()).MESSAGES
}
