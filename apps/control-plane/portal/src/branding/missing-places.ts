/** Names between braces that a text has and the words in its place have not. */
export function missingPlaces(text: string, words: string): string[] {
  const has = placesOf(words)
  return [...placesOf(text)].filter((place) => !has.has(place))
}

function placesOf(text: string): Set<string> {
  return new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))
}
