// The names of the languages, without a text of theirs: the script of a host's page needs no more.

/** BCP 47 tags of the languages that all texts exist in. */
export const LOCALES = ['en', 'de', 'fr', 'es', 'pt-BR', 'ja', 'ar'] as const
export type LocaleName = (typeof LOCALES)[number]

/** The language that fits a tag best: the same one, then another form of it, then English. */
export function nearestLocale(tag: string): LocaleName {
  const wanted = tag.toLowerCase()
  const [language] = wanted.split('-')
  const exact = LOCALES.find((locale) => locale.toLowerCase() === wanted)
  return exact ?? LOCALES.find((locale) => locale.toLowerCase().split('-')[0] === language) ?? 'en'
}
