/**
 * A secret in the ways in which services and libraries quote it: as it is, in addresses and forms, in JSON and in JSON
 * within JSON, in hexadecimal, and in Base64, also in the midst of other text. Longest first, since one may be part of
 * another.
 *
 * @param minLength shorter forms would be found in ordinary words
 */
export function writtenForms(secret: string, minLength: number): readonly string[] {
  const json = inJson(secret)
  const hexadecimal = Buffer.from(secret).toString('hex')
  const forms = [
    secret,
    ...inAddress(secret),
    new URLSearchParams([['', secret]]).toString().slice(1),
    json,
    inJson(json),
    hexadecimal,
    hexadecimal.toUpperCase(),
    ...[0, 1, 2].flatMap((offset) => inBase64(secret, offset)),
  ]
  return [...new Set(forms)].filter(({ length }) => length >= minLength).sort((a, b) => b.length - a.length)
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function inAddress(secret: string): readonly string[] {
  try {
    return [encodeURIComponent(secret)]
  } catch {
    // Half a character has no place in an address.
    return []
  }
}

/**
 * Base64 of a text that has so many bytes before the secret, modulo 3. Its first and last characters depend on what stands
 * around the secret; those between do not.
 */
function inBase64(secret: string, offset: number): readonly string[] {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
  const [start, end] = [offset === 0 ? 0 : 4, Math.floor(bytes.length / 3) * 4]
  const alone = offset === 0 ? [bytes.toString('base64'), bytes.toString('base64url')] : []
  return [...alone, bytes.toString('base64').slice(start, end), bytes.toString('base64url').slice(start, end)]
}
