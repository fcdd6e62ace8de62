/**
 * The origins that somebody typed, one a line. Of an address, such as one copied from the browser, its origin is taken.
 *
 * @returns the origins, or the first line that is no address
 */
export function readOrigins(text: string): { readonly origins: readonly string[]; readonly wrong?: string } {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const wrong = lines.find((line) => !/^https?:\/\//i.test(line) || !URL.canParse(line))
  if (wrong !== undefined) return { origins: [], wrong }
  return { origins: [...new Set(lines.map((line) => new URL(line).origin))] }
}
