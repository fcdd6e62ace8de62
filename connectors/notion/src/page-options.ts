import type { OptionsContext } from '@inlay/sdk/connector'
import { nextCursor } from './notion-api.js'
import { toPage } from './page.js'
import { searchPages } from './search-pages.js'

/** Pages that are shared with the connection, page by page. */
export const pageOptions = {
  isSearchable: true,
  load: async (context: OptionsContext) => {
    const list = await searchPages(context, { query: context.search, cursor: context.cursor })
    const next = nextCursor(list)
    return {
      options: list.results.map(toPage).map(({ id, title }) => ({ value: id, label: title || 'Untitled' })),
      ...(next === undefined ? {} : { nextCursor: next }),
    }
  },
}
