const NAMES = new Intl.DisplayNames(['en'], { type: 'language' })

/** What a language is called, from its BCP 47 tag. */
export function languageName(tag: string): string {
  try {
    return NAMES.of(tag) ?? tag
  } catch {
    // Whoever kept a brand may have written any tag.
    return tag
  }
}
