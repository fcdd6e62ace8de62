import type { HttpResponse } from '@inlay/engine'

/** One page of a list. */
export interface PageOf<Item, Next> {
  readonly items: readonly Item[]
  /** How the next page is asked for; undefined after the last. */
  readonly next: Next | undefined
}

/** Bounds on how much is read. */
export interface PageLimits {
  /** @default 1000 */
  readonly maxItems?: number
  /** @default 100 */
  readonly maxPages?: number
}

/**
 * Goes through the pages of a list until it ends or there is enough of it.
 *
 * @example
 * for await (const issue of pages((url) => readIssues(context, url), '/issues')) …
 */
export async function* pages<Item, Next>(
  read: (next: Next) => Promise<PageOf<Item, Next>>,
  first: Next,
  { maxItems = 1000, maxPages = 100 }: PageLimits = {},
): AsyncGenerator<Item, void, undefined> {
  let next: Next | undefined = first
  let given = 0
  for (let page = 0; next !== undefined && page < maxPages; page++) {
    const found: PageOf<Item, Next> = await read(next)
    for (const item of found.items) {
      if (given === maxItems) return
      given += 1
      yield item
    }
    next = found.next
  }
}

/** All items of a list, within bounds. */
export async function collectPages<Item, Next>(
  read: (next: Next) => Promise<PageOf<Item, Next>>,
  first: Next,
  limits?: PageLimits,
): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of pages(read, first, limits)) items.push(item)
  return items
}

/** The address of the next page in a `Link` header (RFC 8288); undefined after the last. */
export function nextLink({ headers }: Pick<HttpResponse, 'headers'>): string | undefined {
  const links = headers['link'] ?? ''
  for (const [, url, parameters = ''] of links.matchAll(/<([^>]*)>((?:\s*;\s*[^;,="]+(?:=(?:"[^"]*"|[^;,"]*))?)*)/g)) {
    if (/;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?(?:\s*;|\s*$)/i.test(parameters)) return url
  }
  return undefined
}
