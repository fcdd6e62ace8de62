import type { Brand } from '../data/api-types.js'
import { nearestLocale } from '../messages/locales.js'
import type { PartialMessages } from '../messages/messages.js'

/** A brand's own words for a language: those of the very tag win over those of the language. */
export function brandTexts({ texts }: Pick<Brand, 'texts'>, locale: string): PartialMessages {
  const [language = ''] = locale.split('-')
  return { ...texts[language], ...texts[nearestLocale(locale)], ...texts[locale] }
}
