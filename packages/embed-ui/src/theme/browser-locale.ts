/** The language that the browser is set to, as a BCP 47 tag. */
export function browserLocale(): string {
  return typeof navigator === 'undefined' ? 'en' : navigator.language
}
