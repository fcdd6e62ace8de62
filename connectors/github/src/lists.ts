import { collectPages, nextLink, z } from '@inlay/sdk/connector'
import { github } from './github-api.js'

const PAGE_SIZE = 100
const MAX_PAGES = 20

/** What is asked of a list. */
export interface GitHubList<Item extends z.ZodType> {
  /** In the API. */
  readonly url: string
  /** Undefined and empty values are left out. */
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly item: Item
  /** @default 1000 */
  readonly limit?: number
  /** Whether the next page may hold nothing that is wanted. @default never */
  readonly isEnough?: (page: readonly z.output<Item>[]) => boolean
}

type Context = Parameters<typeof github.send>[0]

/** Items of a list over as many pages as it takes. */
export function listAll<Item extends z.ZodType>(context: Context, list: GitHubList<Item>): Promise<z.output<Item>[]> {
  const { url, query = {}, item, limit = 1000, isEnough = () => false } = list
  const first = new URLSearchParams({ per_page: String(Math.min(limit, PAGE_SIZE)) })
  for (const [name, value] of Object.entries(query)) if (value) first.set(name, value)
  const read = async (page: string) => {
    const { answer, response } = await github.send(context, { url: page, answer: z.array(item) })
    return { items: answer, next: isEnough(answer) ? undefined : nextLink(response) }
  }
  return collectPages(read, `${url}?${first}`, { maxItems: limit, maxPages: MAX_PAGES })
}
