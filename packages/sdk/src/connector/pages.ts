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
 * Goes through the pages of a list until it ends, there is enough of it, or a page names itself as the next.
 *
 * @example
 * for await (const issue of pages((url) => readIssues(context, url), '/issues')) …
 */
export async function* pages<Item, Next>(
  read: (next: Next) => Promise<PageOf<Item, Next>>,
  first: Next,
  { maxItems = 1000, maxPages = 100 }: PageLimits = {},
): AsyncGenerator<Item, void, undefined> {
  let asked: Next | undefined = first
  let given = 0
  for (let page = 0; asked !== undefined && page < maxPages && given < maxItems; page++) {
    const { items, next }: PageOf<Item, Next> = await read(asked)
    for (const item of items) {
      if (given === maxItems) return
      given += 1
      yield item
    }
    // Some services give the last page's cursor for ever.
    asked = next === asked ? undefined : next
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

/** One link: its target, and its parameters as far as the next link. */
const LINK = /<([^<>]*)>([^<]*)/g
const RELATION = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i
const QUOTED_VALUE = /(?<!rel\s*)=\s*"[^"]*"/gi

/** The address of the next page in a `Link` header (RFC 8288); undefined after the last. */
export function nextLink({ headers }: Pick<HttpResponse, 'headers'>): string | undefined {
  for (const [, url, parameters = ''] of (headers['link'] ?? '').matchAll(LINK)) {
    // A title may hold anything, `; rel="next"` among it.
    const [, quoted, bare] = RELATION.exec(parameters.replace(QUOTED_VALUE, '=""')) ?? []
    const relations = (quoted ?? bare ?? '').toLowerCase().split(/\s+/)
    if (relations.includes('next')) return url
  }
  return undefined
}
