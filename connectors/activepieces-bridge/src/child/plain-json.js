/**
 * What a piece gives, as the JSON that it would be on the wire.
 *
 * @param {unknown} value
 * @returns {unknown}
 */
export function plainJson(value) {
  /** @type {object[]} */
  const above = []
  const text = JSON.stringify(value, function replace(key, item) {
    // `JSON.stringify` has called `toJSON` already; the original of a buffer is in its holder.
    const original = Reflect.get(this, key)
    if (original instanceof Uint8Array) return Buffer.from(original).toString('base64')
    if (typeof item === 'bigint') return String(item)
    if (typeof item !== 'object' || item === null) return item
    while (above.length > 0 && above.at(-1) !== this) above.pop()
    // Responses of HTTP clients hold their request, which holds them.
    if (above.includes(item)) return undefined
    above.push(item)
    return item
  })
  return text === undefined ? null : JSON.parse(text)
}
