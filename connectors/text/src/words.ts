/** The words of a text, however they are written together: `orderId`, `order_id` and `Order ID` have the same two. */
export function wordsOf(text: string): string[] {
  const apart = text.replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2').replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
  return apart.match(/[\p{L}\p{N}]+/gu) ?? []
}

/** The word with a large letter at its beginning. */
export function capitalize(word: string): string {
  const [first = '', ...rest] = word
  return first.toUpperCase() + rest.join('').toLowerCase()
}
