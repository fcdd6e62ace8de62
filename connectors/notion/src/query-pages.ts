import { type JsonObject, type ServiceContext, z } from '@inlay/sdk/connector'
import { dataSourcePath } from './data-source.js'
import { listFields, nextCursor, notion } from './notion-api.js'
import { notionPage } from './page.js'

/** Databases of wikis hold databases beside pages. */
const entry = z.union([notionPage, z.object({ object: z.enum(['data_source', 'database']) })])
const answer = z.object({ results: z.array(entry), ...listFields })

/** What is asked of a database. */
interface PageQuery {
  readonly database: string
  readonly filter: JsonObject | undefined
  readonly sort: JsonObject
  readonly size: number
  /** Of the page before; empty at first. */
  readonly cursor: string
}

/** Some pages of a database, and how the next ones are asked for. */
export async function queryPages(context: ServiceContext, { database, filter, sort, size, cursor }: PageQuery) {
  const json = { filter, sorts: [sort], page_size: size, start_cursor: cursor === '' ? undefined : cursor }
  const url = `${dataSourcePath(database)}/query`
  const list = await notion.call(context, { method: 'POST', url, json, answer })
  return { items: list.results.filter((each) => each.object === 'page'), next: nextCursor(list) }
}
