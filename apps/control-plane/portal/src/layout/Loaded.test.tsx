import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Loaded, LoadedList } from './Loaded.js'

const KEY = ['thing']

/** What a page shows of a query that ended so. */
async function shown(ending: () => Promise<unknown>, Page: () => ReactNode): Promise<string> {
  const queries = new QueryClient({
    defaultOptions: { queries: { queryFn: ending, retry: false, retryOnMount: false } },
  })
  await queries.prefetchQuery({ queryKey: KEY })
  return renderToStaticMarkup(
    <QueryClientProvider client={queries}>
      <Page />
    </QueryClientProvider>,
  )
}

describe('what a query gave', () => {
  it('has the page’s name as its heading when the query failed, and the data’s own when it did not', async () => {
    const Page = () => (
      <Loaded query={useQuery<string>({ queryKey: KEY })} page="Customer">
        {(name) => <h1>{name}</h1>}
      </Loaded>
    )
    const failed = await shown(() => Promise.reject(new Error('It is not there.')), Page)
    expect(failed.match(/<h1[^>]*>(.*?)<\/h1>/g)).toHaveLength(1)
    expect(failed).toMatch(/<h1[^>]*>Customer<\/h1>/)
    expect(await shown(async () => 'Blue Bikes', Page)).toBe('<h1>Blue Bikes</h1>')
  })

  it('is a list of rows, or what stands in their place', async () => {
    const Page = () => (
      <LoadedList query={useQuery<{ data: string[] }>({ queryKey: KEY })} empty="None yet">
        {(rows) => rows.join(', ')}
      </LoadedList>
    )
    expect(await shown(async () => ({ data: [] }), Page)).toBe('None yet')
    expect(await shown(async () => ({ data: ['a', 'b'] }), Page)).toBe('a, b')
  })
})
