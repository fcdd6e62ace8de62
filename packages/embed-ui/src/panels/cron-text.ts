import { toString as describeCron } from 'cronstrue'
import type { LocaleName } from '../messages/locales.js'

export interface CronText {
  /** For example "At 09:00 AM, Monday through Friday"; undefined when it is not valid. */
  readonly text: string | undefined
  /** Whether it has other than five parts, or something in one of them is wrong. */
  readonly error: 'parts' | 'part' | undefined
}

const PARTS = 5

/** A cron expression in words. @param language one that {@link loadCronWords} has fetched the words of */
export function cronText(cron: string, language: LocaleName = 'en'): CronText {
  const locale = language.replace('-', '_')
  try {
    const text = describeCron(cron, { throwExceptionOnParseError: true, verbose: false, locale })
    return { text: tidied(text, language), error: undefined }
  } catch {
    return { text: undefined, error: cron.trim().split(/\s+/).length === PARTS ? 'part' : 'parts' }
  }
}

// Each of them adds itself to the library.
const LOADERS: Readonly<Record<Exclude<LocaleName, 'en'>, () => Promise<unknown>>> = {
  de: () => import('cronstrue/locales/de.js'),
  fr: () => import('cronstrue/locales/fr.js'),
  es: () => import('cronstrue/locales/es.js'),
  'pt-BR': () => import('cronstrue/locales/pt_BR.js'),
  ja: () => import('cronstrue/locales/ja.js'),
  ar: () => import('cronstrue/locales/ar.js'),
}

/** Fetches the words of a language. @returns the language to describe in: English when they cannot be had */
export async function loadCronWords(language: LocaleName): Promise<LocaleName> {
  if (language === 'en') return 'en'
  try {
    await LOADERS[language]()
    return language
  } catch {
    return 'en'
  }
}

/** Some translations begin with a space; the Japanese one has them between words, and a needless “carried out as follows”. */
function tidied(text: string, language: LocaleName): string {
  return language === 'ja' ? text.replace('次において実施', '').replaceAll(' ', '') : text.trim()
}
