import { badPath } from './errors.js'

/** A request's address below the proxy, as it came: nothing of it is decoded. */
export interface ProxyPath {
  /** Begins with `/`, or is empty. */
  readonly path: string
  /** With its `?`, or empty. */
  readonly query: string
}

/** Servers decode paths more than once where several of them stand behind each other. */
const MAX_DECODINGS = 5
/** Byte by byte: dots and slashes are what is looked for. */
const ENCODED = /%([0-9a-f]{2})/gi
// Characters that end a line or a text in the hands of careless servers.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/

/**
 * The address of a service that a proxied request goes to: always below `base`, whatever the path holds.
 *
 * @param base the service's API
 * @throws UserError `proxy.path` for a path that could be read as leading out of it
 */
export function targetUrl(base: URL, { path, query }: ProxyPath): URL {
  if (path !== '' && !path.startsWith('/')) throw badPath('It has to begin with /.')
  assertStaysBelow(path)
  const root = base.pathname.replace(/\/+$/, '')
  const url = new URL(`${base.origin}${root}${path}`)
  // What is asserted above must be true of what a parser makes of it, too.
  const isBelow = url.pathname === root || url.pathname.startsWith(`${root}/`)
  if (url.origin !== base.origin || !isBelow) throw badPath('It leads out of the service.')
  url.search = query
  return url
}

/** In all readings: encoded once or repeatedly, with `\\` for `/`, with parameters behind `;`. */
function assertStaysBelow(path: string): void {
  if (/^[/\\]{2}/.test(path)) throw badPath('It begins like the name of another host.')
  assertEncoded(path)
  let reading = path
  for (let n = 0; n < MAX_DECODINGS; n++) {
    if (CONTROL.test(reading)) throw badPath('It holds a control character.')
    if (reading.split(/[/\\]/).some(isDots)) throw badPath('It holds a segment . or ..')
    const decoded = reading.replace(ENCODED, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    if (decoded === reading) return
    reading = decoded
  }
  throw badPath('It is encoded too often.')
}

/** Also refuses what is no UTF-8: there are readers that find dots and slashes in it. */
function assertEncoded(path: string): void {
  try {
    decodeURIComponent(path)
  } catch {
    throw badPath('It holds a % that encodes nothing, or encodes no UTF-8.')
  }
}

/** Some servers take what follows a `;` for parameters, and the segment for what stands before it. */
function isDots(segment: string): boolean {
  const [name = ''] = segment.split(';')
  return name.trim() === '.' || name.trim() === '..'
}
