// How every search box of the widget compares texts: case, accents and marks of direction make no difference.

/** Marks that say how a text is read, and the stroke that stretches Arabic words: none of them is a letter. */
const INVISIBLE = /[\p{M}\p{Cf}\u0640]/gu

/** Letters of Arabic that people write for each other. */
const SAME_LETTERS: Readonly<Record<string, string>> = { ى: 'ي', ئ: 'ي', ة: 'ه', ؤ: 'و', ٱ: 'ا' }

/** A text as searches compare it: `Ärger` is `arger`, `Größe` is `grosse`, and full-width letters are plain ones. */
export function foldedText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(INVISIBLE, '')
    .toLowerCase()
    .replace(/[ßىئةؤٱ]/g, (letter) => (letter === 'ß' ? 'ss' : (SAME_LETTERS[letter] ?? letter)))
}

/** The words of a search, folded; none when nothing is looked for. */
export function searchWords(search: string): readonly string[] {
  return foldedText(search).split(/\s+/).filter(Boolean)
}

/** Whether the texts together hold every word of a search; everything does when nothing is looked for. */
export function matchesSearch(search: string, texts: readonly string[]): boolean {
  const words = searchWords(search)
  if (words.length === 0) return true
  const folded = foldedText(texts.join(' '))
  return words.every((word) => folded.includes(word))
}

/** Whether a text holds what is looked for as it was typed, blanks and all. */
export function holdsText(text: string, wanted: string): boolean {
  return foldedText(text).includes(foldedText(wanted.trim()))
}

/** Where a text holds what is looked for, as ranges of its own characters from the first to behind the last. */
export function placesOfText(text: string, wanted: string): readonly (readonly [start: number, end: number])[] {
  const words = foldedText(wanted.trim())
  if (words === '') return []
  const { folded, origins } = foldedWithOrigins(text)
  const places: (readonly [number, number])[] = []
  let next = 0
  for (let at = folded.indexOf(words); at !== -1; at = folded.indexOf(words, next)) {
    next = at + words.length
    // One letter may be folded to several, and what is folded away behind it, such as its accent, belongs to it.
    while (origins[next] === origins[next - 1]) next++
    places.push([origins[at] ?? 0, origins[next] ?? text.length])
  }
  return places
}

/** A folded text with the place in the text that each of its characters comes from. */
function foldedWithOrigins(text: string): { readonly folded: string; readonly origins: readonly number[] } {
  const origins: number[] = []
  let folded = ''
  let at = 0
  for (const letter of text) {
    const part = foldedText(letter)
    for (let index = 0; index < part.length; index++) origins.push(at)
    folded += part
    at += letter.length
  }
  return { folded, origins }
}
