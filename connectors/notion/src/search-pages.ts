import { type ServiceContext, z } from '@inlay/sdk/connector'
import { listFields, notion } from './notion-api.js'
import { notionPage } from './page.js'

const found = z.object({ results: z.array(notionPage), ...listFields })

/** Pages whose title holds the words, lately changed ones first. @param cursor of the page before */
export function searchPages(
  context: ServiceContext,
  { query, cursor }: { readonly query: string; readonly cursor?: string | undefined },
) {
  const json = {
    query,
    filter: { property: 'object', value: 'page' },
    sort: { timestamp: 'last_edited_time', direction: 'descending' },
    page_size: 100,
    start_cursor: cursor,
  }
  return notion.call(context, { method: 'POST', url: '/v1/search', json, answer: found })
}
