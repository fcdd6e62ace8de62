/** How a host says where it shows a path: an address with `{path}` in it, or a function that gives an address. */
export type LinkToOption = string | ((path: string) => string)

/**
 * The whole address of a path.
 *
 * @param base the page around the widget, for addresses that begin with `/`
 * @throws TypeError when the host gives what is no address
 */
export function readLinkTo(option: LinkToOption, path: string, base: string): string {
  const address = typeof option === 'function' ? option(path) : fillPattern(option, path)
  return new URL(address, base).href
}

/** In the query of an address a path is one value of it. */
function fillPattern(pattern: string, path: string): string {
  const isInQuery = /\?[^#]*\{path\}/.test(pattern)
  return pattern.replace('{path}', () => (isInQuery ? encodeURIComponent(path) : path))
}
